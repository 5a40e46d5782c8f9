import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Card, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { seconds } from './figures.ts';
import { type Delay, useDelays } from './queries.ts';

const spans = [1, 7, 31] as const;

/** How long words of devices with a limit took to come here, and how many broke it (时延报告). */
export function DelayCard({ place }: { place: string | undefined }) {
  const t = useT();
  const { language } = useTexts();
  const [days, setDays] = useState<number>(1);
  const { data, error, isPending } = useDelays(days, place);
  const right = { align: 'right' as const, width: 110 };
  return (
    <Card
      size="small"
      title={t('links.delays')}
      extra={
        <Segmented
          size="small"
          value={days}
          onChange={setDays}
          options={spans.map((value) => ({ value, label: t('links.days', { days: value }) }))}
        />
      }
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {data?.cut ? <Alert type="info" showIcon title={t('links.delaysCut')} style={{ marginBottom: 8 }} /> : null}
      <Table<Delay>
        size="small"
        loading={isPending}
        dataSource={data?.items ?? []}
        rowKey={(row) => row.family}
        pagination={false}
        scroll={{ x: 860 }}
        locale={{ emptyText: t('links.noDelays') }}
        columns={[
          { title: t('links.family'), width: 180, render: (_, { name }) => (language === 'en' ? name.en : name.zh) },
          { title: t('links.total'), dataIndex: 'things', ...right },
          { title: t('links.words'), dataIndex: 'count', ...right },
          { title: 'P50', ...right, render: (_, row) => seconds(row.p50) },
          { title: 'P99', ...right, render: (_, row) => seconds(row.p99) },
          { title: t('links.longest'), ...right, render: (_, row) => seconds(row.max) },
          { title: t('links.limit'), ...right, render: (_, row) => seconds(row.limit) },
          {
            title: t('links.breaches'),
            ...right,
            render: (_, { breaches }) => (breaches > 0 ? <Tag color="error">{breaches}</Tag> : 0),
          },
        ]}
      />
    </Card>
  );
}
