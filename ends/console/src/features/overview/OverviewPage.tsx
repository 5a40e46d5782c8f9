import { useT } from '@keystead/ui/i18n';
import { Card, Col, Flex, Row, Skeleton, Typography } from 'antd';
import { useSession } from '../../shell/session.tsx';
import { Figures } from './Figures.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { LatestAlarms } from './LatestAlarms.tsx';
import { LatestCases } from './LatestCases.tsx';
import { ProjectRates } from './ProjectRates.tsx';
import { useHomes, useOnline } from './queries.ts';

/** The state of everything on one page; each figure leads to the rows it counts. */
export default function OverviewPage() {
  const t = useT();
  const { may, session } = useSession();
  const online = useOnline(may('thing:read'));
  const homes = useHomes(may('place:read'));
  const nothing = online.data?.total === 0 && homes.data?.count === 0;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="baseline" wrap gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('overview.title')}
        </Typography.Title>
        <Typography.Text type="secondary">{session?.organisation.name}</Typography.Text>
      </Flex>
      {online.isLoading || homes.isLoading ? (
        <Card>
          <Skeleton active />
        </Card>
      ) : nothing ? (
        <FirstSteps />
      ) : (
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
      )}
    </Flex>
  );
}
