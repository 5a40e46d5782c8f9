import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Table, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { AdoptDialog } from './AdoptDialog.tsx';
import { type CandidateRow, candidatesOf } from './candidates.ts';
import { useAttributes } from './queries.ts';

/** Devices that speak on the agent's lines and are not configured: what they are, and how to take them in. */
export function CandidateTable({ id }: { id: string }) {
  const { t, has } = useTexts();
  const { may } = useSession();
  const { data, error, isPending } = useAttributes(id);
  const [adopting, setAdopting] = useState<CandidateRow>();
  const factText = ({ key, value }: CandidateRow['about'][number]) =>
    `${has(`fleet.about.${key}`) ? t(`fleet.about.${key}`) : key} ${value}`;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('fleet.candidatesNote')}</Typography.Text>
      <Table<CandidateRow>
        size="small"
        rowKey={(row) => `${row.channel} ${JSON.stringify(row.at)}`}
        loading={isPending}
        dataSource={candidatesOf(data ?? [])}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('fleet.noCandidates')} />,
        }}
        columns={[
          { title: t('fleet.channel'), width: 150, render: (_, row) => row.channel },
          { title: t('fleet.candidate'), width: 240, render: (_, row) => row.title },
          { title: t('fleet.candidateAbout'), render: (_, row) => row.about.map(factText).join(' · ') },
          {
            title: t('fleet.candidateEntry'),
            render: (_, row) => (
              <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
                {JSON.stringify(row.at)}
              </Typography.Text>
            ),
          },
          ...(may('fleet:manage')
            ? [
                {
                  title: '',
                  width: 90,
                  render: (_: unknown, row: CandidateRow) => (
                    <Button type="link" size="small" onClick={() => setAdopting(row)}>
                      {t('fleet.adopt.do')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {adopting ? <AdoptDialog agent={id} candidate={adopting} onClose={() => setAdopting(undefined)} /> : null}
    </Flex>
  );
}
