import { quantity } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { QualityMark } from '@keystead/ui/quality';
import { SeverityMark } from '@keystead/ui/severity';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Drawer, Empty, Flex, Skeleton, Space, Typography } from 'antd';
import { Link } from 'react-router';
import { HouseLiving } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import type { HouseState } from './building-state.ts';

interface HouseDrawerProps {
  house: { id: string; code: string; name: string } | undefined;
  state: HouseState | undefined;
  onClose(): void;
}

/** A look into one house: its open alarms, its things and what they said last. */
export function HouseDrawer({ house, state, onClose }: HouseDrawerProps) {
  const { t } = useTexts();
  const { may } = useSession();
  return (
    <Drawer
      open={house !== undefined}
      onClose={onClose}
      size={480}
      title={house ? `${house.name} · ${house.code}` : null}
      extra={
        house ? (
          <Space>
            {may('house:read') ? (
              <Link to={`/houses/${house.id}`}>
                <Button size="small">{t('places.openDossier')}</Button>
              </Link>
            ) : null}
            <Link to={`/places/${house.id}`}>
              <Button size="small">{t('places.openPage')}</Button>
            </Link>
          </Space>
        ) : null
      }
    >
      {house ? <HouseLiving id={house.id} columns={1} /> : null}
      {state ? <HouseBody state={state} /> : null}
    </Drawer>
  );
}

const shown = (value: unknown, unit: string | undefined, yes: string, no: string): string =>
  typeof value === 'number'
    ? quantity(value, unit)
    : typeof value === 'boolean'
      ? value
        ? yes
        : no
      : String(value ?? '—');

function HouseBody({ state }: { state: HouseState }) {
  const { t, language } = useTexts();
  const ids = state.things.map((thing) => thing.id);
  const latest = useQuery({
    queryKey: ['telemetry', 'latest-of', ids],
    queryFn: () => sdk.telemetry.latestOf({ body: { things: ids } }),
    enabled: ids.length > 0,
    refetchInterval: 10_000,
  });
  const models = useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });
  const nameOf = (property: { name: { zh: string; en: string } } | undefined) =>
    language === 'en' ? property?.name.en : property?.name.zh;
  const propertyOf = (family: string, id: string) =>
    models.data?.find((each) => each.family === family)?.properties.find((each) => each.id === id);
  return (
    <Flex vertical gap={16} style={{ marginTop: 16 }}>
      {state.alarms.map((alarm) => (
        <Link key={alarm.id} to={`/alarms/${alarm.id}`}>
          <Flex gap={12}>
            <SeverityMark severity={alarm.severity} />
            {language === 'en' ? alarm.title.en : alarm.title.zh}
          </Flex>
        </Link>
      ))}
      {state.things.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.emptyThings')} />
      ) : null}
      {latest.error ? <Alert type="error" showIcon title={said(latest.error)} /> : null}
      {latest.isPending && ids.length > 0 ? <Skeleton active /> : null}
      {state.things.map((thing) => {
        const values = latest.data?.find((each) => each.thing === thing.id)?.values ?? {};
        return (
          <Card
            key={thing.id}
            size="small"
            title={<Link to={`/things/${thing.id}`}>{thing.name}</Link>}
            extra={<OnlineBadge state={thing.online} />}
          >
            {Object.entries(values).map(([id, point]) => (
              <Flex key={id} justify="space-between" gap={12} style={{ paddingBlock: 2 }}>
                <Typography.Text type="secondary">{nameOf(propertyOf(thing.family, id)) ?? id}</Typography.Text>
                <span>
                  {shown(point.value, propertyOf(thing.family, id)?.unit, t('places.yes'), t('places.no'))}{' '}
                  <QualityMark quality={point.quality} reason={point.reason} />
                </span>
              </Flex>
            ))}
            {Object.keys(values).length === 0 ? (
              <Typography.Text type="secondary">{t('places.noValues')}</Typography.Text>
            ) : null}
          </Card>
        );
      })}
    </Flex>
  );
}
