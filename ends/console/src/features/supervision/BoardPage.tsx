import { FullscreenOutlined } from '@ant-design/icons';
import { FigureCard } from '@keystead/ui/figure';
import { dateTime } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Breadcrumb, Button, Card, Col, Flex, Row, Typography, theme } from 'antd';
import { useRef, useState } from 'react';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { Bars, TrendCard } from './Charts.tsx';
import { PartsTable } from './PartsTable.tsx';
import { useBoard, useMeasures } from './queries.ts';
import { shown } from './shown.ts';

interface Step {
  id: string;
  name: string;
}
const deviceStates = ['online', 'offline', 'unknown'] as const;

/** The supervisor's board: five domains of figures, drilled from the city to the house, and how things are spread. */
export default function BoardPage() {
  const t = useT();
  const { language } = useTexts();
  const { token } = theme.useToken();
  const { get, put } = useAddress();
  const [way, setWay] = useState<Step[]>([]);
  const whole = useRef<HTMLDivElement>(null);
  const place = way.at(-1)?.id;
  const { data, error, isPending } = useBoard(place);
  const { data: measures = [] } = useMeasures();
  const chosen = measures.find(({ id }) => id === (get('measure') ?? 'vacancy'));
  const own = language === 'en' ? 'en' : 'zh';
  const stateName = (state: string): string => t(`supervision.states.${oneOf(deviceStates, state) ?? 'unknown'}`);
  const cards = measures.map((measure) => ({
    measure,
    figure: data?.figures.find((each) => each.measure === measure.id),
  }));
  return (
    <div ref={whole} style={{ background: token.colorBgLayout, overflow: 'auto' }}>
      <Flex vertical gap={12}>
        <Flex gap={12} wrap align="center">
          <Typography.Title level={4} style={{ margin: 0 }}>
            {t('supervision.title')}
          </Typography.Title>
          <Breadcrumb
            style={{ marginRight: 'auto' }}
            items={[{ id: '', name: t('supervision.everything') }, ...way].map((step, depth) => ({
              key: step.id,
              title: (
                <Button type="text" size="small" onClick={() => setWay(way.slice(0, depth))}>
                  {step.name}
                </Button>
              ),
            }))}
          />
          <Typography.Text type="secondary">{data ? dateTime(data.at) : ''}</Typography.Text>
          <Button icon={<FullscreenOutlined />} onClick={() => void whole.current?.requestFullscreen()}>
            {t('supervision.bigScreen')}
          </Button>
        </Flex>
        {error ? <Alert type="error" showIcon title={said(error)} /> : null}
        <Row gutter={[12, 12]}>
          {cards.map(({ measure, figure }) => (
            <Col key={measure.id} flex="1 1 180px">
              <button
                type="button"
                aria-pressed={measure.id === chosen?.id}
                title={measure.formula[own]}
                onClick={() => put({ measure: measure.id })}
                style={{ all: 'unset', display: 'block', width: '100%', height: '100%', cursor: 'pointer' }}
              >
                <FigureCard
                  label={measure.name[own]}
                  value={shown(measure.unit, figure?.value ?? null)}
                  note={t(`supervision.units.${measure.unit}`)}
                  loading={isPending}
                />
              </button>
            </Col>
          ))}
        </Row>
        <Row gutter={[12, 12]}>
          <Col xs={24} xl={8}>
            <Bars
              title={t('supervision.violations')}
              bars={(data?.violations ?? []).map(({ name, count }) => ({
                name: name || t('supervision.itself'),
                count,
              }))}
            />
          </Col>
          <Col xs={24} xl={8}>
            <Bars
              title={t('supervision.devices')}
              bars={(data?.devices ?? []).map(({ state, count }) => ({ name: stateName(state), count }))}
            />
          </Col>
          <Col xs={24} xl={8}>
            <Bars
              title={t('supervision.warnings')}
              bars={(data?.warnings ?? []).map(({ severity, count }) => ({
                name: t('supervision.severity', { severity }),
                count,
              }))}
            />
          </Col>
        </Row>
        {chosen ? (
          <Row gutter={[12, 12]}>
            <Col xs={24} xl={12}>
              <TrendCard measure={chosen} name={chosen.name[own]} place={place} />
            </Col>
            <Col xs={24} xl={12}>
              <Card size="small" title={`${chosen.name[own]} · ${t('supervision.byPlace')}`} style={{ height: '100%' }}>
                <PartsTable measure={chosen} place={place} onEnter={(step) => setWay([...way, step])} />
              </Card>
            </Col>
          </Row>
        ) : null}
      </Flex>
    </div>
  );
}
