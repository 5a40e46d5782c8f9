import { SafetyCertificateOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Empty, Flex, Progress, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useVerifications, useVerify, type Verification } from './queries.ts';
import { Retention } from './Retention.tsx';
import { VerificationReport } from './VerificationReport.tsx';

function stateOf({ state, report }: Verification): 'running' | 'broken' | 'sound' | 'damaged' {
  if (state === 'running') return 'running';
  if (!report) return 'broken';
  return report.ok ? 'sound' : 'damaged';
}

const colours = { running: 'processing', broken: 'warning', sound: 'success', damaged: 'error' };

interface VerificationDrawerProps {
  open: boolean;
  /** Why the run could not begin. */
  refused: Error | null;
  onClose(): void;
}

/** 校验哈希链: shows the progress of the verifier over the whole journal, what it found, and earlier runs. */
export function VerificationDrawer({ open, refused, onClose }: VerificationDrawerProps) {
  const t = useT();
  return (
    <Drawer open={open} onClose={onClose} size={720} title={t('journal.verification')} destroyOnHidden>
      <Flex vertical gap={24}>
        <Runs refused={refused} />
        <Retention />
      </Flex>
    </Drawer>
  );
}

function Runs({ refused }: { refused: Error | null }) {
  const t = useT();
  const runs = useVerifications();
  const verify = useVerify();
  const [chosen, setChosen] = useState<string>();
  const items = runs.data?.items ?? [];
  const running = items.find((run) => run.state === 'running');
  const shown = items.find(({ id }) => id === chosen) ?? items[0];
  const problem = runs.error ?? verify.error ?? refused;

  return (
    <Flex vertical gap={16}>
      <Typography.Text type="secondary">{t('journal.verifyWhy')}</Typography.Text>
      {problem ? <Alert type="error" showIcon title={said(problem)} /> : null}
      <Button
        type="primary"
        icon={<SafetyCertificateOutlined />}
        loading={verify.isPending || running !== undefined}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => verify.mutate(undefined, { onSuccess: ({ id }) => setChosen(id) })}
      >
        {t('journal.verifyNow')}
      </Button>
      {shown?.state === 'running' ? (
        <div aria-live="polite">
          <Progress percent={shown.total > 0 ? Math.floor((shown.done / shown.total) * 100) : 0} status="active" />
          <Typography.Text type="secondary">
            {t('journal.progress', {
              done: shown.done.toLocaleString('en-US'),
              total: shown.total.toLocaleString('en-US'),
            })}
          </Typography.Text>
        </div>
      ) : null}
      {shown && shown.state !== 'running' ? (
        shown.report ? (
          <VerificationReport report={shown.report} at={shown.startedAt} />
        ) : (
          <Alert type="warning" showIcon title={t('journal.couldNot')} description={t('journal.couldNotHint')} />
        )
      ) : null}
      <Typography.Title level={5} style={{ margin: 0 }}>
        {t('journal.runs')}
      </Typography.Title>
      <Table<Verification>
        size="small"
        rowKey={(run) => run.id}
        loading={runs.isPending && !runs.error}
        dataSource={items}
        pagination={{ pageSize: 5, hideOnSinglePage: true }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('journal.noRuns')} /> }}
        columns={[
          { title: t('journal.startedAt'), width: 170, render: (_, run) => dateTime(run.startedAt) },
          {
            title: t('journal.result'),
            render: (_, run) => <Tag color={colours[stateOf(run)]}>{t(`journal.results.${stateOf(run)}`)}</Tag>,
          },
          {
            title: t('journal.lines'),
            align: 'right',
            render: (_, run) => (run.report?.lines ?? run.done).toLocaleString('en-US'),
          },
          {
            title: '',
            width: 80,
            render: (_, run) => (
              <Button size="small" type="text" disabled={run.id === shown?.id} onClick={() => setChosen(run.id)}>
                {t('journal.look')}
              </Button>
            ),
          },
        ]}
      />
    </Flex>
  );
}
