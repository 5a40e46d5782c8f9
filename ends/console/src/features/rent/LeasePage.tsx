import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Flex, Skeleton, Table, Tabs, Tag, Typography } from 'antd';
import { useParams } from 'react-router';
import { NameText, PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { BillTable } from './BillTable.tsx';
import { LeaseActions } from './LeaseActions.tsx';
import { LeaseContract } from './LeaseContract.tsx';
import { LeaseFees } from './LeaseFees.tsx';
import { NoticeList } from './NoticeList.tsx';
import { Plans } from './Plans.tsx';
import { useLease, useLeaseVersions, useSignatures } from './queries.ts';

function Versions({ id }: { id: string }) {
  const t = useT();
  const versions = useLeaseVersions(id);
  return (
    <Table
      size="small"
      pagination={false}
      loading={versions.isPending}
      dataSource={versions.data}
      rowKey={(row) => row.number}
      columns={[
        { title: t('rent.version'), width: 80, render: (_, row) => row.number },
        { title: t('rent.at'), render: (_, row) => dateTime(row.at) },
        { title: t('rent.who'), render: (_, row) => row.actorName },
        { title: t('rent.step'), render: (_, row) => t(`rent.steps.${row.step}`) },
        { title: t('rent.state'), render: (_, row) => t(`rent.states.${row.state}`) },
        { title: t('rent.until'), render: (_, row) => row.endsOn },
        { title: t('rent.reason'), render: (_, row) => row.reason || '—' },
      ]}
    />
  );
}

function Signatures({ id }: { id: string }) {
  const t = useT();
  const { data, isPending } = useSignatures(id);
  return (
    <Table
      size="small"
      pagination={false}
      loading={isPending}
      dataSource={data}
      rowKey={(row) => row.id}
      columns={[
        { title: t('rent.role'), render: (_, row) => t(row.role === 'tenant' ? 'rent.tenant' : 'rent.lessor') },
        { title: t('rent.at'), render: (_, row) => dateTime(row.at) },
        {
          title: t('rent.digest'),
          render: (_, row) => <Typography.Text code>{row.digest.slice(0, 16)}</Typography.Text>,
        },
        {
          title: t('rent.holds'),
          render: (_, row) => (
            <Tag color={row.holds ? 'success' : 'error'}>{t(row.holds ? 'rent.intact' : 'rent.broken')}</Tag>
          ),
        },
      ]}
    />
  );
}

/** One lease: what was agreed, what is paid, its bills, its signatures, and every version it ever had. */
export default function LeasePage() {
  const t = useT();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { data: lease, error } = useLease(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!lease) return <Skeleton active />;
  const party = (role: string) => lease.parties.find((each) => each.role === role);
  const filing = lease.lease.filedOn ? `${lease.lease.filedOn} · ${lease.lease.filingNumber}` : lease.lease.filingDueOn;
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {lease.code}
        </Typography.Title>
        <Tag>{t(`rent.states.${lease.state}`)}</Tag>
        <LeaseActions lease={lease} />
      </Flex>
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            {
              key: 'tenant',
              label: t('rent.tenant'),
              value: <NameText party={party('tenant')?.party} name={party('tenant')?.name ?? ''} />,
            },
            { key: 'lessor', label: t('rent.lessor'), value: party('lessor')?.name },
            { key: 'house', label: t('rent.house'), value: <PlaceName id={lease.house} /> },
            { key: 'kind', label: t('rent.kind'), value: t(`rent.leaseKinds.${lease.lease.kind}`) },
            { key: 'term', label: t('rent.term'), value: `${lease.startsOn} – ${lease.endsOn}` },
            { key: 'filing', label: t(lease.lease.filedOn ? 'rent.filed' : 'rent.filingDue'), value: filing },
          ]}
        />
      </Card>
      <Tabs
        activeKey={get('tab') ?? 'fees'}
        onChange={(tab) => put({ tab })}
        items={[
          { key: 'fees', label: t('rent.fees'), children: <LeaseFees lease={lease} /> },
          ...(may('bill:read')
            ? [{ key: 'bills', label: t('rent.bills'), children: <BillTable agreement={id} /> }]
            : []),
          ...(may('dunning:read')
            ? [
                { key: 'notices', label: t('rent.notices'), children: <NoticeList agreement={id} /> },
                { key: 'plans', label: t('rent.plan.name'), children: <Plans agreement={id} /> },
              ]
            : []),
          { key: 'contract', label: t('rent.contract.name'), children: <LeaseContract lease={lease} /> },
          { key: 'signatures', label: t('rent.signatures'), children: <Signatures id={id} /> },
          { key: 'versions', label: t('rent.versions'), children: <Versions id={id} /> },
        ]}
      />
    </Flex>
  );
}
