import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Button, Empty, Flex, Table, Typography } from 'antd';
import { useState } from 'react';
import { useSession } from '../../shell/session.tsx';
import { LimitEditor } from './LimitEditor.tsx';
import type { Probe } from './queries.ts';
import { WellTag } from './WellTag.tsx';
import { remarkOf, signOf, useSystemWords } from './words.ts';

/** What the platform watches of itself, trouble first, and from when on something is trouble. */
export function Probes({ probes }: { probes: Probe[] | undefined }) {
  const { t, language } = useTexts();
  const { may } = useSession();
  const words = useSystemWords();
  const [edited, setEdited] = useState<Probe>();
  return (
    <>
      <Table<Probe>
        size="middle"
        rowKey={(probe) => probe.source}
        loading={probes === undefined}
        dataSource={probes}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('system.noProbes')} /> }}
        columns={[
          {
            title: t('system.probeLabel'),
            render: (_, probe) => (
              <Flex vertical>
                <Typography.Text strong>{words.probe(probe.source)}</Typography.Text>
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {probe.source}
                </Typography.Text>
              </Flex>
            ),
          },
          {
            title: t('system.stateLabel'),
            width: 110,
            render: (_, probe) => <WellTag state={probe.stale ? 'stale' : probe.state} />,
          },
          {
            title: t('system.value'),
            align: 'right',
            render: (_, probe) => (
              <Typography.Text strong={probe.state === 'troubled'}>
                {probe.value === null
                  ? '—'
                  : `${probe.value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${words.unit(probe.unit)}`}
              </Typography.Text>
            ),
          },
          {
            title: t('system.limit'),
            align: 'right',
            render: (_, probe) =>
              `${signOf(probe.detail)} ${probe.troubledAt.toLocaleString('en-US')} ${words.unit(probe.unit)}`,
          },
          {
            title: t('system.severity'),
            width: 90,
            render: (_, probe) => (probe.state === 'troubled' ? <SeverityMark severity={probe.severity} /> : '—'),
          },
          {
            title: t('system.since'),
            width: 140,
            render: (_, probe) => <span title={dateTime(probe.since)}>{ago(probe.since, language)}</span>,
          },
          {
            title: t('system.detail'),
            render: (_, probe) => (
              <Typography.Text
                type="secondary"
                ellipsis={{ tooltip: remarkOf(probe.detail) }}
                style={{ maxWidth: 320 }}
              >
                {remarkOf(probe.detail)}
              </Typography.Text>
            ),
          },
          {
            title: '',
            width: 110,
            render: (_, probe) =>
              may('system:write') ? (
                <Button size="small" onClick={() => setEdited(probe)}>
                  {t('system.setLimit')}
                </Button>
              ) : null,
          },
        ]}
      />
      {edited ? <LimitEditor probe={edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}
