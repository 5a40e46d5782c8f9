import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type GapStatement, useGaps } from './queries.ts';

type Gap = GapStatement['gaps'][number];
const hours = [1, 24, 168] as const;
const colours: Record<Gap['kind'], string> = { missing: 'error', dropped: 'warning', pending: 'processing' };
const hoursAgo = (count: number) => {
  const to = Date.now();
  return { count, from: new Date(to - count * 3_600_000).toISOString(), to: new Date(to).toISOString() };
};

/** Whether everything this agent recorded in the last hours is here; what is not, by number and time. */
export function GapCheck({ id }: { id: string }) {
  const t = useT();
  const [span, setSpan] = useState(() => hoursAgo(24));
  const { data, error } = useGaps(id, span.from, span.to);
  return (
    <Flex vertical gap={12}>
      <Segmented
        aria-label={t('fleet.span')}
        style={{ alignSelf: 'start' }}
        value={span.count}
        onChange={(count) => setSpan(hoursAgo(count))}
        options={hours.map((count) => ({ value: count, label: t('fleet.lastHours', { count }) }))}
      />
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {data && data.gaps.length === 0 ? (
        <Alert
          type={data.provenUntil ? 'success' : 'info'}
          showIcon
          title={
            data.provenUntil
              ? t('fleet.noGap', { from: dateTime(data.from), to: dateTime(data.provenUntil) })
              : t('fleet.notProven')
          }
        />
      ) : null}
      {data && data.gaps.length > 0 ? (
        <Table<Gap>
          size="small"
          rowKey={(row) => `${row.log} ${row.level} ${row.kind} ${row.from}`}
          dataSource={data.gaps}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            {
              title: t('fleet.gapKind'),
              width: 110,
              render: (_, row) => <Tag color={colours[row.kind]}>{t(`fleet.kindsOfGap.${row.kind}`)}</Tag>,
            },
            { title: t('fleet.level'), width: 80, render: (_, row) => row.level },
            { title: t('fleet.numbers'), render: (_, row) => `${row.from} – ${row.to}` },
            { title: t('fleet.count'), width: 100, align: 'right', render: (_, row) => row.to - row.from + 1 },
            { title: t('fleet.after'), width: 180, render: (_, row) => dateTime(row.after) },
            { title: t('fleet.before'), width: 180, render: (_, row) => dateTime(row.before) },
            { title: t('fleet.log'), width: 150, render: (_, row) => row.log },
          ]}
        />
      ) : null}
    </Flex>
  );
}
