import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Descriptions, Flex, Skeleton, Slider, Table, Tag } from 'antd';
import { useState } from 'react';
import { useNow } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { typedValue } from './fields.ts';
import { stateColours, useAsOf, useHistory } from './queries.ts';

/** All states with who, when and why; the slider shows what the house was at any moment (as of). */
export function HistoryTab({ id }: { id: string }) {
  const t = useT();
  const now = useNow();
  const { data, error } = useHistory(id);
  const [chosen, setChosen] = useState<number>();
  const asOf = useAsOf(id, chosen === undefined ? undefined : new Date(chosen).toISOString());
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const first = Date.parse(data.items[0]?.at ?? '') || Number(now);
  const { status, edition } = asOf.data ?? { status: null, edition: null };
  return (
    <Flex vertical gap={16}>
      <Card size="small" title={t('stock.asOf')}>
        <Slider
          aria-label={t('stock.asOf')}
          min={first}
          max={Number(now)}
          step={3_600_000}
          value={chosen ?? Number(now)}
          onChange={setChosen}
          tooltip={{ formatter: (at) => (at === undefined ? '' : dateTime(new Date(at).toISOString())) }}
        />
        {status ? (
          <Descriptions
            size="small"
            column={1}
            items={[
              {
                key: 'state',
                label: t('stock.stateLabel'),
                children: <Tag color={stateColours[status.to]}>{t(`stock.state.${status.to}`)}</Tag>,
              },
              { key: 'since', label: t('stock.since'), children: `${dateTime(status.at)} · ${status.actorName}` },
              {
                key: 'rent',
                label: t('stock.field.rentStandard'),
                children: typedValue('rentStandard', edition?.dossier.lease?.rentStandard) || '—',
              },
              { key: 'edition', label: t('stock.edition'), children: edition ? String(edition.number) : '—' },
            ]}
          />
        ) : null}
      </Card>
      <Table
        size="small"
        rowKey={(line) => line.number}
        dataSource={[...data.items].reverse()}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('stock.when'), render: (_, line) => dateTime(line.at) },
          { title: t('stock.stateLabel'), render: (_, line) => t(`stock.state.${line.to}`) },
          { title: t('stock.who'), render: (_, line) => line.actorName },
          { title: t('stock.reason'), render: (_, line) => line.reason ?? '—' },
        ]}
      />
    </Flex>
  );
}
