import { FigureCard } from '@keystead/ui/figure';
import { duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Col, Row } from 'antd';
import { Link } from 'react-router';
import type { Status } from './queries.ts';
import { bytes } from './words.ts';

/** The figures one asks for first; each leads to its rows. */
export function Figures({ status }: { status: Status | undefined }) {
  const { t, language } = useTexts();
  const loading = status === undefined;
  const troubled = status?.probes.filter((probe) => probe.state === 'troubled').length ?? 0;
  const uptime = Math.max(0, ...(status?.processes.map(({ uptimeSeconds }) => uptimeSeconds) ?? []));
  const figures = [
    {
      to: '/system',
      label: t('system.health'),
      value: troubled === 0 ? t('system.allWell') : t('system.troubledCount', { count: troubled }),
      note: t('system.probeCount', { count: status?.probes.length ?? 0 }),
    },
    {
      to: '/system?tab=deliveries',
      label: t('system.waiting'),
      value: (status?.waitingEvents ?? 0).toLocaleString('en-US'),
      note: t('system.givenUp', { count: status?.deliveriesGivenUp ?? 0 }),
    },
    {
      to: '/system?tab=backups',
      label: t('system.database'),
      value: bytes(status?.database.bytes ?? 0),
      note: t('system.postgres', { version: status?.database.version ?? '' }),
    },
    {
      to: '/system?tab=processes',
      label: t('system.version'),
      value: status?.version ?? '',
      note: t('system.running', { node: status?.node ?? '', time: duration(uptime, language) }),
    },
  ];
  return (
    <Row gutter={[12, 12]}>
      {figures.map(({ to, ...figure }) => (
        <Col key={figure.label} xs={24} sm={12} xl={6}>
          <Link to={to}>
            <FigureCard loading={loading} {...figure} />
          </Link>
        </Col>
      ))}
    </Row>
  );
}
