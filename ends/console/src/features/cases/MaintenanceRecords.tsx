import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty, Flex, Skeleton, Tag, Typography } from 'antd';
import { RecordPhoto } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import type { CaseFile } from './queries.ts';

/** Signed records of a maintenance: what was done, found and decided, and whether they are as they were signed. */
export function MaintenanceRecords({ file }: { file: CaseFile }) {
  const t = useT();
  const { data, error } = useQuery({
    queryKey: ['cases', 'maintenance', file.id, file.version],
    queryFn: () => sdk.maintenance.list({ query: { case: file.id } }),
  });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  if (data.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.maintenance.none')} />;
  return (
    <Flex vertical gap={12}>
      {data.map((record) => (
        <Card
          key={record.id}
          size="small"
          title={dateTime(record.at)}
          extra={
            <Tag color={record.holds ? 'success' : 'error'}>
              {t(record.holds ? 'cases.maintenance.holds' : 'cases.maintenance.changed')}
            </Tag>
          }
        >
          <KeyValue
            facts={[
              { key: 'content', label: t('cases.maintenance.content'), value: record.content },
              { key: 'problems', label: t('cases.maintenance.problems'), value: record.problems },
              { key: 'actions', label: t('cases.maintenance.actions'), value: record.actions },
              {
                key: 'by',
                label: t('cases.maintenance.by'),
                value: `${record.actorName} · ${dateTime(record.recordedAt)}`,
              },
              {
                key: 'signature',
                label: t('cases.maintenance.signature'),
                value: (
                  <RecordPhoto record={record.signature} purpose={file.code} alt={t('cases.maintenance.signature')} />
                ),
              },
              {
                key: 'hash',
                label: t('cases.maintenance.hash'),
                value: <Typography.Text code>{record.signatureHash.slice(0, 24)}</Typography.Text>,
              },
            ]}
          />
        </Card>
      ))}
    </Flex>
  );
}
