import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Segmented, Table } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type Use, useUses } from './queries.ts';

const sides = ['all', 'in', 'out'] as const;

/** What the locks wrote down: openings from outside and inside told apart, refusals with their reason. */
export function UseTable({ house }: { house: string | undefined }) {
  const t = useT();
  const [side, setSide] = useState<(typeof sides)[number]>('all');
  const { data, error, isPending } = useUses({
    ...(house ? { house } : {}),
    ...(side === 'all' ? {} : { direction: side }),
  });
  return (
    <Flex vertical gap={12}>
      <Segmented
        value={side}
        onChange={setSide}
        options={sides.map((value) => ({ value, label: t(`doorkeys.sides.${value}`) }))}
      />
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table<Use>
        size="small"
        loading={isPending}
        dataSource={data ?? []}
        rowKey={(row) => `${row.thing} ${row.seq}`}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: 780 }}
        locale={{ emptyText: t('doorkeys.noUses') }}
        columns={[
          { title: t('doorkeys.at'), width: 170, render: (_, row) => dateTime(row.at) },
          { title: t('doorkeys.lock'), width: 120, dataIndex: 'thingCode' },
          {
            title: t('doorkeys.event'),
            width: 130,
            render: (_, row) => t(`doorkeys.events.${row.event}`),
          },
          {
            title: t('doorkeys.side'),
            width: 100,
            render: (_, row) => (row.direction ? t(`doorkeys.sides.${row.direction}`) : ''),
          },
          {
            title: t('doorkeys.kind'),
            width: 100,
            render: (_, row) => (row.means ? t(`doorkeys.kinds.${row.means}`) : ''),
          },
          { title: t('doorkeys.holder'), width: 140, render: (_, row) => row.holderName ?? row.reason ?? '' },
        ]}
      />
    </Flex>
  );
}
