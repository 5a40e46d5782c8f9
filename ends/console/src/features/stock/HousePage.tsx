import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Col, Flex, Progress, Row, Skeleton, Tabs, Tag, Typography } from 'antd';
import { useParams } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { groupNames } from './fields.ts';
import { GroupCard } from './GroupCard.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { LinkedTab } from './LinkedTab.tsx';
import { type House, stateColours, useFreshHouses, useHouse } from './queries.ts';
import { StepButtons } from './StepButtons.tsx';
import { TimelineTab } from './TimelineTab.tsx';

function Facts({ house }: { house: House }) {
  return (
    <Row gutter={[16, 16]}>
      {groupNames.map((group) => (
        <Col key={group} xs={24} lg={12}>
          <GroupCard house={house} group={group} />
        </Col>
      ))}
    </Row>
  );
}

/** 一房一档: the file of one house, its five groups, what happened, what is linked, what it was on any date. */
export default function HousePage() {
  const t = useT();
  const { id = '' } = useParams();
  const { get, put } = useAddress();
  const { data: house, error } = useHouse(id);
  useFreshHouses();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!house) return <Skeleton active />;
  return (
    <Flex vertical gap={16}>
      <Card>
        <Flex wrap gap={16} align="center" justify="space-between">
          <div>
            <Typography.Title level={4} style={{ margin: 0 }}>
              {house.name}
            </Typography.Title>
            <Typography.Text type="secondary">{house.dossier.location?.address ?? house.code}</Typography.Text>
          </div>
          <Flex gap={8} align="center" wrap>
            <Tag color={stateColours[house.state]}>{t(`stock.state.${house.state}`)}</Tag>
            {house.repairing && house.state !== 'maintenance' ? (
              <Tag color="volcano">{t('stock.repairing')}</Tag>
            ) : null}
            <Typography.Text>
              {t('stock.since')} {dateTime(house.since)}
            </Typography.Text>
            <Progress type="circle" percent={house.completeness} size={48} aria-label={t('stock.completeness')} />
            <StepButtons house={house} />
          </Flex>
        </Flex>
      </Card>
      <Tabs
        activeKey={get('tab') ?? 'facts'}
        onChange={(tab) => put({ tab: tab === 'facts' ? undefined : tab })}
        items={[
          { key: 'facts', label: t('stock.tab.facts'), children: <Facts house={house} /> },
          { key: 'timeline', label: t('stock.tab.timeline'), children: <TimelineTab id={id} /> },
          { key: 'linked', label: t('stock.tab.linked'), children: <LinkedTab id={id} /> },
          { key: 'history', label: t('stock.tab.history'), children: <HistoryTab id={id} /> },
        ]}
      />
    </Flex>
  );
}
