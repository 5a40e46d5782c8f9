import { useT } from '@keystead/ui/i18n';
import { Alert, Badge, Button, Card, Flex, Tabs, Typography } from 'antd';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { Backups } from './Backups.tsx';
import { Deliveries } from './Deliveries.tsx';
import { Figures } from './Figures.tsx';
import { Jobs } from './Jobs.tsx';
import { Probes } from './Probes.tsx';
import { Processes } from './Processes.tsx';
import { useJobs, useStatus } from './queries.ts';

const tabs = ['probes', 'jobs', 'deliveries', 'processes', 'backups'] as const;

/** How the platform itself is: probes, background jobs, events, processes, backups. */
export default function SystemPage() {
  const t = useT();
  const { get, put } = useAddress();
  const status = useStatus();
  const jobs = useJobs();
  const counts = {
    probes: status.data?.probes.filter((probe) => probe.state === 'troubled' || probe.stale).length ?? 0,
    jobs: jobs.data?.items.filter((job) => job.trouble !== null).length ?? 0,
    deliveries: status.data?.deliveriesGivenUp ?? 0,
    processes: 0,
    backups: 0,
  };
  const bodies = {
    probes: <Probes probes={status.data?.probes} />,
    jobs: <Jobs />,
    deliveries: <Deliveries />,
    processes: <Processes processes={status.data?.processes} />,
    backups: <Backups />,
  };
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('system.title')}
      </Typography.Title>
      {status.error ? (
        <Alert
          type="error"
          showIcon
          title={said(status.error)}
          action={<Button onClick={() => void status.refetch()}>{t('system.again')}</Button>}
        />
      ) : null}
      <Figures status={status.data} />
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={oneOf(tabs, get('tab')) ?? 'probes'}
          onChange={(tab) => put({ tab: tab === 'probes' ? undefined : tab })}
          items={tabs.map((tab) => ({
            key: tab,
            label: (
              <span>
                {t(`system.tab.${tab}`)} <Badge count={counts[tab]} size="small" color="#64748b" />
              </span>
            ),
            children: bodies[tab],
          }))}
        />
      </Card>
    </Flex>
  );
}
