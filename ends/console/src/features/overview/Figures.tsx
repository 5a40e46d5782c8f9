import { FigureCard, Sparkline } from '@keystead/ui/figure';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { SeverityMark } from '@keystead/ui/severity';
import { Col, Flex, Row } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useAlarmCounts, useIntake, useLatestCases, useOnline, usePlaceCounts } from './queries.ts';

const whole = (value: number | undefined) => (value === undefined ? '—' : value.toLocaleString('en-US'));
const percent = (rate: number | null | undefined) =>
  rate === null || rate === undefined ? '—' : `${(rate * 100).toFixed(1)}%`;
const told = (error: unknown) => (error ? said(error) : undefined);

function Cell({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Col xs={24} sm={12} lg={8} xxl={4}>
      <Link to={to} style={{ display: 'block', height: '100%', color: 'inherit' }}>
        {children}
      </Link>
    </Col>
  );
}

/** The key figures of the day. */
export function Figures() {
  const t = useT();
  const { may } = useSession();
  const places = usePlaceCounts(may('place:read'));
  const online = useOnline(may('thing:read'));
  const cases = useLatestCases(may('case:read'));
  const intake = useIntake(may('system:read'));
  return (
    <Row gutter={[12, 12]}>
      {may('place:read') ? (
        <Cell to="/places">
          <FigureCard
            label={t('overview.homes')}
            value={places.data ? whole(places.data.get('house') ?? 0) : '—'}
            loading={places.isLoading}
            error={told(places.error)}
          />
        </Cell>
      ) : null}
      {may('thing:read') ? (
        <>
          <Cell to="/things">
            <FigureCard
              label={t('overview.things')}
              value={whole(online.data?.total)}
              note={t('overview.admitted')}
              loading={online.isLoading}
              error={told(online.error)}
            />
          </Cell>
          <OnlineCell />
        </>
      ) : null}
      {may('alarm:read') ? <AlarmCell /> : null}
      {may('case:read') ? (
        <Cell to="/cases">
          <FigureCard
            label={t('overview.openCases')}
            value={whole(cases.data?.total)}
            loading={cases.isLoading}
            error={told(cases.error)}
          />
        </Cell>
      ) : null}
      {may('system:read') ? (
        <Cell to="/system">
          <FigureCard
            label={t('overview.intake')}
            value={intake.data ? Math.round(intake.data.pointsPerSecond).toLocaleString('en-US') : '—'}
            note={t('overview.messages', { count: whole(Math.round(intake.data?.messagesPerSecond ?? 0)) })}
            side={<Sparkline values={intake.data?.trail ?? []} label={t('overview.intakeTrail')} />}
            loading={intake.isLoading}
            error={told(intake.error)}
          />
        </Cell>
      ) : null}
    </Row>
  );
}

/** Online rate with the three counts behind it, each leading to its things. */
function OnlineCell() {
  const t = useT();
  const { data, error, isLoading } = useOnline(true);
  const counts = [
    ['online', data?.online],
    ['offline', data?.offline],
    ['unknown', data?.unknown],
  ] as const;
  return (
    <Col xs={24} sm={12} lg={8} xxl={4}>
      <FigureCard
        label={t('overview.onlineRate')}
        value={
          <Link to="/things?online=online" style={{ color: 'inherit' }}>
            {percent(data?.rate)}
          </Link>
        }
        loading={isLoading}
        error={told(error)}
        note={
          <Flex gap={12} wrap>
            {counts.map(([state, count]) => (
              <Link key={state} to={`/things?online=${state}`}>
                <Flex gap={4} align="center">
                  <OnlineBadge state={state} /> {whole(count)}
                </Flex>
              </Link>
            ))}
          </Flex>
        }
      />
    </Col>
  );
}

/** Open alarms by grade, each leading to the desk filtered so. */
function AlarmCell() {
  const t = useT();
  const { data, error, isLoading } = useAlarmCounts(true);
  const total = data && Object.values(data.open).reduce((sum, count) => sum + count, 0);
  return (
    <Col xs={24} sm={12} lg={8} xxl={4}>
      <FigureCard
        label={t('overview.openAlarms')}
        value={
          <Link to="/alarms" style={{ color: 'inherit' }}>
            {whole(total)}
          </Link>
        }
        loading={isLoading}
        error={told(error)}
        note={
          <Flex gap={12} wrap>
            {[1, 2, 3, 4].map((severity) => (
              <Link key={severity} to={`/alarms?severity=${severity}`}>
                <Flex gap={4} align="center">
                  <SeverityMark severity={severity} /> {whole(data?.open[String(severity)] ?? 0)}
                </Flex>
              </Link>
            ))}
          </Flex>
        }
      />
    </Col>
  );
}
