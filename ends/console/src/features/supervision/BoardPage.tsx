import { FundProjectionScreenOutlined } from '@ant-design/icons';
import { dateTime, siteDate } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Breadcrumb, Button, Card, Col, Flex, Input, Row, Segmented, Typography } from 'antd';
import { Link } from 'react-router';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { Bars, TrendCard } from './Charts.tsx';
import { Compare } from './Compare.tsx';
import { DomainCards } from './DomainCards.tsx';
import { PartsTable } from './PartsTable.tsx';
import { useBoard, useMeasures, useWay } from './queries.ts';
import { RowsTable } from './RowsTable.tsx';

const deviceStates = ['online', 'offline', 'unknown'] as const;

/** The supervisor's board: five domains of figures, drilled from the city to the house's rows, and how things are spread. */
export default function BoardPage() {
  const t = useT();
  const { language } = useTexts();
  const { get, put } = useAddress();
  const place = get('place');
  const day = get('day');
  const { data, error, isPending } = useBoard(place);
  const { data: measures = [] } = useMeasures();
  const { data: way = [] } = useWay(place);
  const chosen = measures.find(({ id }) => id === (get('measure') ?? 'vacancy'));
  const byRows = get('view') === 'rows';
  const own = language === 'en' ? 'en' : 'zh';
  const stateName = (state: string): string => t(`supervision.states.${oneOf(deviceStates, state) ?? 'unknown'}`);
  const figures = data?.figures ?? [];
  const steps = [{ id: '', name: t('supervision.everything') }, ...(place ? way : [])];
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} wrap align="center">
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('supervision.title')}
        </Typography.Title>
        <Breadcrumb
          style={{ marginRight: 'auto' }}
          items={steps.map(({ id, name }, depth) => ({
            key: id,
            title: (
              <Button
                type="text"
                size="small"
                disabled={depth === steps.length - 1}
                onClick={() => put({ place: id || undefined })}
              >
                {name}
              </Button>
            ),
          }))}
        />
        <Typography.Text type="secondary">{data ? dateTime(data.at) : ''}</Typography.Text>
        <Input
          type="date"
          aria-label={t('supervision.compareDay')}
          prefix={t('supervision.compare')}
          style={{ width: 220 }}
          max={siteDate(-1)}
          value={day ?? ''}
          onChange={(event) => put({ day: event.target.value || undefined })}
        />
        <Link to={`/board/screen${place ? `?place=${place}` : ''}`}>
          <Button icon={<FundProjectionScreenOutlined />}>{t('supervision.bigScreen')}</Button>
        </Link>
      </Flex>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <DomainCards
        measures={measures}
        figures={figures}
        chosen={chosen?.id}
        loading={isPending}
        onChoose={(measure) => put({ measure })}
      />
      {day ? <Compare measures={measures} now={figures} place={place} day={day} /> : null}
      {chosen ? (
        <Row gutter={[12, 12]}>
          <Col xs={24} xl={12}>
            <TrendCard measure={chosen} name={chosen.name[own]} place={place} />
          </Col>
          <Col xs={24} xl={12}>
            <Card
              size="small"
              title={chosen.name[own]}
              style={{ height: '100%' }}
              extra={
                <Segmented
                  size="small"
                  value={byRows ? 'rows' : 'places'}
                  onChange={(view) => put({ view: view === 'rows' ? 'rows' : undefined })}
                  options={[
                    { value: 'places', label: t('supervision.byPlace') },
                    { value: 'rows', label: t('supervision.byRow') },
                  ]}
                />
              }
            >
              {byRows ? (
                <RowsTable measure={chosen} place={place} />
              ) : (
                <PartsTable measure={chosen} place={place} onEnter={(id) => put({ place: id })} />
              )}
            </Card>
          </Col>
        </Row>
      ) : null}
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={8}>
          <Bars
            title={t('supervision.violations')}
            bars={(data?.violations ?? []).map(({ name, count }) => ({
              name: name || t('supervision.itself'),
              count,
            }))}
          />
        </Col>
        <Col xs={24} lg={8}>
          <Bars
            title={t('supervision.devices')}
            bars={(data?.devices ?? []).map(({ state, count }) => ({ name: stateName(state), count }))}
          />
        </Col>
        <Col xs={24} lg={8}>
          <Bars
            title={t('supervision.warnings')}
            bars={(data?.warnings ?? []).map(({ severity, count }) => ({
              name: t('supervision.severity', { severity }),
              count,
            }))}
          />
        </Col>
      </Row>
    </Flex>
  );
}
