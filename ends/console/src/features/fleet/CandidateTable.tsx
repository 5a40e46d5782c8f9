import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Table, Typography } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type CandidateRow, candidatesOf } from './candidates.ts';
import { useAttributes } from './queries.ts';

/** Devices that speak on the agent's lines and are not configured: what they are, and the entry to admit them by. */
export function CandidateTable({ id }: { id: string }) {
  const t = useT();
  const { data, error, isPending } = useAttributes(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('fleet.candidatesNote')}</Typography.Text>
      <Table<CandidateRow>
        size="small"
        rowKey={(row) => `${row.channel} ${row.entry}`}
        loading={isPending}
        dataSource={candidatesOf(data ?? [])}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: t('fleet.noCandidates') }}
        columns={[
          { title: t('fleet.channel'), width: 160, render: (_, row) => row.channel },
          { title: t('fleet.candidate'), width: 240, render: (_, row) => row.title },
          { title: t('fleet.candidateAbout'), render: (_, row) => row.about },
          {
            title: t('fleet.candidateEntry'),
            render: (_, row) => (
              <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
                {row.entry}
              </Typography.Text>
            ),
          },
        ]}
      />
    </Flex>
  );
}
