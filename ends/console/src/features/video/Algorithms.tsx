import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Camera, useResults } from './queries.ts';

/** Whether results of each algorithm come from this camera; what they say stands among its events. */
export function Algorithms({ camera }: { camera: Camera }) {
  const t = useT();
  const { data, error, isPending } = useResults(camera.id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table
      size="small"
      rowKey="slot"
      loading={isPending}
      dataSource={data ?? []}
      pagination={false}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('video.noResults')} /> }}
      columns={[
        { title: t('video.slot'), render: (_, row) => t(`video.slots.${row.slot}`) },
        { title: t('video.results'), align: 'right', render: (_, row) => row.results },
        { title: t('video.lastAt'), render: (_, row) => dateTime(row.lastAt) },
      ]}
    />
  );
}
