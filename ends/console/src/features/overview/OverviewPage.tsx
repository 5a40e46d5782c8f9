import { useT } from '@keystead/ui/i18n';
import { Card, Col, Flex, Row, Skeleton, Typography } from 'antd';
import { useSession } from '../../shell/session.tsx';
import { Figures } from './Figures.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { LatestAlarms } from './LatestAlarms.tsx';
import { LatestCases } from './LatestCases.tsx';
import { ProjectRates } from './ProjectRates.tsx';
import { useOnline, usePlaceCounts } from './queries.ts';

/** The state of everything on one page; each figure leads to the rows it counts. */
export default function OverviewPage() {
  const t = useT();
  const { may, session } = useSession();
  const online = useOnline(may('thing:read'));
  const places = usePlaceCounts(may('place:read'));
  const { total = 0, online: here = 0, offline = 0 } = online.data ?? {};
  const unheard = online.data !== undefined && here + offline === 0;
  const placed = (places.data?.size ?? 0) > 0;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="baseline" wrap gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('overview.title')}
        </Typography.Title>
        <Typography.Text type="secondary">{session?.organisation.name}</Typography.Text>
      </Flex>
      {online.isLoading || places.isLoading ? (
        <Card>
          <Skeleton active />
        </Card>
      ) : (
        <>
          {unheard ? <FirstSteps taken={total > 0 ? 2 : placed ? 1 : 0} /> : null}
          {unheard && total === 0 ? null : <Rows />}
        </>
      )}
    </Flex>
  );
}

/** Figures and the newest rows behind them, as far as the reader may see them. */
function Rows() {
  const { may } = useSession();
  return (
    <>
      <Figures />
      <Row gutter={[12, 12]}>
        {may('alarm:read') ? (
          <Col xs={24} xl={9}>
            <LatestAlarms />
          </Col>
        ) : null}
        {may('case:read') ? (
          <Col xs={24} xl={9}>
            <LatestCases />
          </Col>
        ) : null}
        {may('thing:read') && may('place:read') ? (
          <Col xs={24} xl={6}>
            <ProjectRates />
          </Col>
        ) : null}
      </Row>
    </>
  );
}
