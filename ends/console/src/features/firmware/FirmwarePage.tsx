import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Table, Tabs, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { Ago, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PackageTable } from './PackageTable.tsx';
import { type CampaignLine, type Installed, useCampaigns, useFreshFirmware, useVersions } from './queries.ts';
import { SignerTable } from './SignerTable.tsx';
import { StateTag } from './StateTag.tsx';
import { WaveProgress } from './WaveProgress.tsx';

function CampaignTable() {
  const t = useT();
  const list = useCampaigns();
  if (list.error) return <Alert type="error" showIcon title={said(list.error)} />;
  return (
    <Flex vertical gap={12}>
      <Table<CampaignLine>
        size="small"
        rowKey={(row) => row.id}
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap((page) => page.items) ?? []}
        pagination={false}
        columns={[
          { title: t('firmware.name'), render: (_, row) => <Link to={`/firmware/${row.id}`}>{row.name}</Link> },
          { title: t('firmware.package'), render: (_, row) => `${row.packageTitle} ${row.packageVersion}` },
          { title: t('firmware.stateHead'), width: 130, render: (_, row) => <StateTag state={row.state} /> },
          { title: t('firmware.wave'), width: 90, render: (_, row) => `${row.wave} / ${row.waves}` },
          { title: t('firmware.progressHead'), width: 260, render: (_, row) => <WaveProgress campaign={row} /> },
          { title: t('firmware.by'), width: 120, render: (_, row) => row.requesterName },
          { title: t('firmware.createdAt'), width: 130, render: (_, row) => <Ago at={row.createdAt} /> },
        ]}
      />
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()}>{t('firmware.more')}</Button> : null}
    </Flex>
  );
}

function VersionReport() {
  const t = useT();
  const { data, error, isPending } = useVersions();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Installed>
      size="small"
      rowKey={(row) => `${row.family} ${row.title} ${row.version}`}
      loading={isPending}
      dataSource={data ?? []}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      columns={[
        { title: t('firmware.model'), render: (_, row) => row.family },
        { title: t('firmware.packageTitle'), render: (_, row) => row.title ?? '—' },
        { title: t('firmware.version'), render: (_, row) => row.version ?? <Tag>{t('firmware.neverTold')}</Tag> },
        { title: t('firmware.devices'), width: 120, align: 'right', render: (_, row) => row.count },
      ]}
    />
  );
}

/** Updates: campaigns, packages, what runs where, and whose signature is trusted. */
export default function FirmwarePage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  useFreshFirmware();
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center">
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('firmware.title')}
        </Typography.Title>
        {may('firmware:manage') ? (
          <Link to="/firmware/new">
            <Button type="primary">{t('firmware.newCampaign')}</Button>
          </Link>
        ) : null}
      </Flex>
      <Tabs
        activeKey={get('tab') ?? 'campaigns'}
        onChange={(tab) => put({ tab })}
        items={[
          { key: 'campaigns', label: t('firmware.campaigns'), children: <CampaignTable /> },
          { key: 'packages', label: t('firmware.packages'), children: <PackageTable /> },
          { key: 'versions', label: t('firmware.versions'), children: <VersionReport /> },
          { key: 'signers', label: t('firmware.signers'), children: <SignerTable /> },
        ]}
      />
    </Flex>
  );
}
