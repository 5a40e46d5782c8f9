import { ago, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Empty, Table, Typography } from 'antd';
import type { Process } from './queries.ts';
import { bytes, useSystemWords } from './words.ts';

/** Processes of the platform that give a sign of life. */
export function Processes({ processes }: { processes: Process[] | undefined }) {
  const { t, language } = useTexts();
  const words = useSystemWords();
  return (
    <Table<Process>
      size="middle"
      rowKey={(row) => row.process}
      loading={processes === undefined}
      dataSource={processes}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('system.noProcesses')} /> }}
      columns={[
        {
          title: t('system.process'),
          render: (_, row) => <Typography.Text strong>{words.role(row.role)}</Typography.Text>,
        },
        { title: t('system.processName'), render: (_, row) => row.process },
        { title: t('system.pid'), align: 'right', render: (_, row) => row.pid },
        { title: t('system.uptime'), render: (_, row) => duration(row.uptimeSeconds, language) },
        { title: t('system.lag'), align: 'right', render: (_, row) => `${row.lagMs.toFixed(1)} ms` },
        { title: t('system.memory'), align: 'right', render: (_, row) => bytes(row.memoryBytes) },
        { title: t('system.beat'), render: (_, row) => ago(row.at, language) },
      ]}
    />
  );
}
