import { dateTime, quantity } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Card, Descriptions, Flex, Select, Skeleton, Table, Tag, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { ExportButton, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { CampaignSteps } from './CampaignSteps.tsx';
import {
  type Campaign,
  type Target,
  type TargetState,
  targetStates,
  useCampaign,
  useFreshFirmware,
  useTargets,
} from './queries.ts';
import { StateTag } from './StateTag.tsx';
import { WaveProgress } from './WaveProgress.tsx';

function Facts({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const { window, parallel, failures, soak } = campaign.plan;
  const clock = window ? `${window.from}–${window.until} (${window.zone})` : t('firmware.anyTime');
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 3 }}
      items={[
        { key: 'state', label: t('firmware.stateHead'), children: <StateTag state={campaign.state} /> },
        {
          key: 'package',
          label: t('firmware.package'),
          children: `${campaign.packageTitle} ${campaign.packageVersion}`,
        },
        { key: 'by', label: t('firmware.by'), children: `${campaign.requesterName} ${dateTime(campaign.createdAt)}` },
        { key: 'window', label: t('firmware.window'), children: clock },
        { key: 'parallel', label: t('firmware.parallel'), children: parallel },
        { key: 'failures', label: t('firmware.failuresMost'), children: `${Math.round(failures * 100)} %` },
        { key: 'soak', label: t('firmware.soak'), children: soak },
        { key: 'approver', label: t('firmware.approver'), children: campaign.approverName ?? '—' },
        { key: 'reason', label: t('firmware.reason'), children: campaign.reason || '—' },
      ]}
    />
  );
}

function Targets({ id, size }: { id: string; size: number }) {
  const t = useT();
  const { has } = useTexts();
  const { get, put } = useAddress();
  const state = targetStates.find((each) => each === get('state'));
  const reason = get('reason');
  const list = useTargets(id, { ...(state && { state }), ...(reason && { reason }) });
  const word = (text: string) => (has(`firmware.reasons.${text}`) ? t(`firmware.reasons.${text}`) : text);
  return (
    <Card
      size="small"
      title={t('firmware.devices')}
      extra={
        <Flex gap={8}>
          {reason ? (
            <Tag closable onClose={() => put({ reason: undefined })}>
              {word(reason)}
            </Tag>
          ) : null}
          <Select<TargetState>
            allowClear
            placeholder={t('firmware.stateHead')}
            aria-label={t('firmware.stateHead')}
            style={{ width: 140 }}
            {...(state && { value: state })}
            onChange={(chosen) => put({ state: chosen })}
            options={targetStates.map((each) => ({ value: each, label: t(`firmware.states.${each}`) }))}
          />
          <ExportButton
            name={t('firmware.title')}
            ask={(format) => sdk.firmware.export({ params: { id }, query: { format } })}
          />
        </Flex>
      }
    >
      {list.error ? <Alert type="error" showIcon title={said(list.error)} /> : null}
      <Table<Target>
        size="small"
        rowKey={(row) => row.thingId}
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap((page) => page.items) ?? []}
        pagination={false}
        columns={[
          {
            title: t('firmware.code'),
            width: 160,
            render: (_, row) => <Link to={`/things/${row.thingId}`}>{row.thingCode}</Link>,
          },
          { title: t('firmware.name'), render: (_, row) => row.thingName },
          { title: t('firmware.wave'), width: 70, render: (_, row) => row.wave },
          { title: t('firmware.versionBefore'), width: 110, render: (_, row) => row.fromVersion ?? '—' },
          { title: t('firmware.stateHead'), width: 110, render: (_, row) => <StateTag state={row.state} /> },
          {
            title: t('firmware.received'),
            width: 110,
            align: 'right',
            render: (_, row) => quantity(size === 0 ? 0 : (row.received / size) * 100, '%', 0),
          },
          {
            title: t('firmware.why'),
            render: (_, row) => (row.reason ? `${word(row.reason)} ${row.detail ?? ''}` : ''),
          },
          { title: t('firmware.movedAt'), width: 170, render: (_, row) => dateTime(row.movedAt) },
        ]}
      />
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()}>{t('firmware.more')}</Button> : null}
    </Card>
  );
}

/** One campaign: its waves, how far each device is, what failed and why, and what people can do about it. */
export default function CampaignPage() {
  const t = useT();
  const { has } = useTexts();
  const { id = '' } = useParams();
  const { put } = useAddress();
  const { data: campaign, error } = useCampaign(id);
  useFreshFirmware();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!campaign) return <Skeleton active />;
  const waves = Array.from({ length: campaign.waves }, (_, at) => at + 1);
  const word = (text: string) => (has(`firmware.reasons.${text}`) ? t(`firmware.reasons.${text}`) : text);
  return (
    <Flex vertical gap={16}>
      <Flex justify="space-between" align="center" wrap gap={12}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {campaign.name}
        </Typography.Title>
        <CampaignSteps campaign={campaign} />
      </Flex>
      {campaign.state === 'paused' ? (
        <Alert
          type="warning"
          showIcon
          title={t('firmware.pausedBecause', { reason: word(campaign.pauseReason ?? '') })}
        />
      ) : null}
      <Card size="small">
        <Facts campaign={campaign} />
      </Card>
      <Card size="small" title={t('firmware.wavesHead')}>
        {waves.map((wave) => (
          <Flex key={wave} gap={16} align="center">
            <span style={{ width: 90 }}>{t('firmware.waveNumber', { wave })}</span>
            <div style={{ flex: 1 }}>
              <WaveProgress campaign={campaign} wave={wave} />
            </div>
          </Flex>
        ))}
      </Card>
      {campaign.failures.length > 0 ? (
        <Card size="small" title={t('firmware.failuresHead')}>
          <Flex wrap gap={8}>
            {campaign.failures.map(({ reason, state, count }) => (
              <Button key={`${reason} ${state}`} size="small" onClick={() => put({ reason, state })}>
                {word(reason)}: {count}
              </Button>
            ))}
          </Flex>
        </Card>
      ) : null}
      <Targets id={id} size={campaign.packageSize} />
    </Flex>
  );
}
