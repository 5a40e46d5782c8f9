import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { Alert, Card, Descriptions, Flex, Skeleton, Tabs, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { CandidateTable } from './CandidateTable.tsx';
import { ChannelTable } from './ChannelTable.tsx';
import { ConfigurationEditor } from './ConfigurationEditor.tsx';
import { ConfigurationTag } from './ConfigurationTag.tsx';
import { FaultList } from './FaultList.tsx';
import { GapCheck } from './GapCheck.tsx';
import { LineEvents } from './LineEvents.tsx';
import { type Agent, useAgent, useConfiguration } from './queries.ts';
import { VersionTable } from './VersionTable.tsx';

function Facts({ agent }: { agent: Agent }) {
  const t = useT();
  const { status } = agent;
  const load = status?.load;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 3 }}
      items={[
        { key: 'online', label: t('fleet.online'), children: <OnlineBadge state={agent.online} /> },
        { key: 'heard', label: t('fleet.lastHeard'), children: dateTime(agent.lastHeard) },
        { key: 'place', label: t('fleet.place'), children: agent.placeName ?? '—' },
        { key: 'configuration', label: t('fleet.configuration'), children: <ConfigurationTag agent={agent} /> },
        { key: 'version', label: t('fleet.version'), children: status?.version ?? '—' },
        { key: 'said', label: t('fleet.statusAt'), children: dateTime(agent.statusAt ?? null) },
        {
          key: 'load',
          label: t('fleet.load'),
          children: load
            ? t('fleet.loadText', {
                cpu: Math.round(load.cpu),
                memory: Math.round(load.memory),
                disk: Math.round(load.disk),
              })
            : '—',
        },
        {
          key: 'backlog',
          label: t('fleet.backlogLevels'),
          children: load ? <span style={{ whiteSpace: 'nowrap' }}>{load.backlog.join(' / ')}</span> : '—',
        },
        { key: 'started', label: t('fleet.started'), children: dateTime(status?.started ?? null) },
        {
          key: 'kinds',
          label: t('fleet.kinds'),
          span: { xs: 1, md: 3 },
          children: status?.kinds.join(', ') ?? '—',
        },
      ]}
    />
  );
}

/** One edge agent: how it is, what it should do, what of its records is here. */
export default function AgentPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { get, put } = useAddress();
  const { data: agent, error } = useAgent(id);
  const configuration = useConfiguration(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!agent) return <Skeleton active />;
  const refused = agent.configuration === 'refused' ? agent.status?.configuration.errors : undefined;
  return (
    <Flex vertical gap={16}>
      <Flex align="baseline" gap={12}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {agent.name}
        </Typography.Title>
        <Link to={`/things/${agent.id}`}>{agent.code}</Link>
      </Flex>
      <Card size="small">
        <Facts agent={agent} />
      </Card>
      {refused ? <FaultList title={t('fleet.refusedByAgent')} faults={refused} /> : null}
      <Tabs
        activeKey={get('tab') ?? 'channels'}
        onChange={(tab) => put({ tab })}
        items={[
          {
            key: 'channels',
            label: t('fleet.channels'),
            children: <ChannelTable document={configuration.data?.document} />,
          },
          { key: 'candidates', label: t('fleet.candidates'), children: <CandidateTable id={id} /> },
          {
            key: 'configuration',
            label: t('fleet.configuration'),
            children: configuration.isPending ? (
              <Skeleton active />
            ) : (
              <ConfigurationEditor
                key={configuration.data?.version ?? 0}
                id={id}
                current={configuration.data ?? null}
              />
            ),
          },
          { key: 'versions', label: t('fleet.versions'), children: <VersionTable id={id} wanted={agent.wanted} /> },
          { key: 'lines', label: t('fleet.lineEvents'), children: <LineEvents id={id} /> },
          { key: 'gaps', label: t('fleet.gaps'), children: <GapCheck id={id} /> },
        ]}
      />
    </Flex>
  );
}
