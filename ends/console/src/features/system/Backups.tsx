import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Backup, useBackups } from './queries.ts';
import { bytes } from './words.ts';

/** Backups at hand and the moments they can bring back. */
export function Backups() {
  const t = useT();
  const { data, error, isPending } = useBackups();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Backup>
      size="middle"
      rowKey={(row) => row.id}
      loading={isPending}
      dataSource={data?.items}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('system.noBackups')} /> }}
      columns={[
        { title: t('system.madeAt'), width: 170, render: (_, row) => dateTime(row.madeAt) },
        {
          title: t('system.restorable'),
          render: (_, row) => t('system.fromTo', { from: dateTime(row.from), to: dateTime(row.to) }),
        },
        { title: t('system.size'), align: 'right', render: (_, row) => bytes(row.storedBytes) },
        { title: t('system.objects'), align: 'right', render: (_, row) => row.objects.toLocaleString('en-US') },
      ]}
    />
  );
}
