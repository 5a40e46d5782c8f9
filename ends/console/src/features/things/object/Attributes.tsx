import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Table, Typography } from 'antd';
import { said, sdk } from '../../../shell/sdk.ts';
import { type Thing, useOf } from '../queries.ts';

/** What a device says of itself (version, address) and what it is told. */
export function Attributes({ thing }: { thing: Thing }) {
  const t = useT();
  const { data, error, isPending } = useOf(thing.id, 'attributes', () =>
    sdk.things.attributes({ params: { id: thing.id } }),
  );
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table
      size="small"
      rowKey={(row) => `${row.side} ${row.key}`}
      loading={isPending}
      dataSource={data}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t('things.noAttributes') }}
      columns={[
        { title: t('things.attribute'), render: (_, row) => <Typography.Text code>{row.key}</Typography.Text> },
        { title: t('things.value'), render: (_, row) => JSON.stringify(row.value) },
        { title: t('things.side'), render: (_, row) => t(`things.sides.${row.side}`) },
        { title: t('things.time'), render: (_, row) => dateTime(row.at) },
      ]}
    />
  );
}
