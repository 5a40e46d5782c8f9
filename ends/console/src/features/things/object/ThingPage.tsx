import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { Alert, Card, Flex, Result, Skeleton, Space, Tabs, Tag, Typography } from 'antd';
import { Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { definedFeatures } from '../../../shell/feature.ts';
import { isProblem, said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useFreshThings, useModelOf, useThing } from '../queries.ts';
import { named } from '../words.ts';
import { AccessTab } from './AccessTab.tsx';
import { AlarmsTab } from './AlarmsTab.tsx';
import { CasesTab } from './CasesTab.tsx';
import { DossierTab } from './DossierTab.tsx';
import { EventsTab } from './EventsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { LifeTab } from './LifeTab.tsx';
import { LiveTab } from './LiveTab.tsx';
import { RelationsTab } from './RelationsTab.tsx';
import type { ThingTabProps } from './tab-props.ts';

const tabs = [
  { key: 'live', permission: 'telemetry:read', Tab: LiveTab },
  { key: 'history', permission: 'telemetry:read', Tab: HistoryTab },
  { key: 'events', permission: 'telemetry:read', Tab: EventsTab },
  { key: 'alarms', permission: 'alarm:read', Tab: AlarmsTab },
  { key: 'cases', permission: 'case:read', Tab: CasesTab },
  { key: 'relations', permission: 'thing:read', Tab: RelationsTab },
  { key: 'dossier', permission: 'thing:read', Tab: DossierTab },
  { key: 'access', permission: 'thing:credential', Tab: AccessTab },
  { key: 'life', permission: 'thing:read', Tab: LifeTab },
];

/** One thing: what it is and where, and everything known of it by tab. */
export default function ThingPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const thing = useThing(id);
  const model = useModelOf(thing.data);
  useFreshThings();

  if (isProblem(thing.error, 'thing-missing')) {
    return <Result status="404" title={said(thing.error)} extra={<Link to="/things">{t('things.title')}</Link>} />;
  }
  if (thing.error) return <Alert type="error" showIcon title={said(thing.error)} />;
  if (!thing.data) {
    return (
      <Card>
        <Skeleton active />
      </Card>
    );
  }
  const { data } = thing;
  const added = definedFeatures().flatMap(({ thingTabs }) => thingTabs ?? []);
  const own = tabs.map(({ key, permission, Tab }) => ({
    key,
    permission,
    label: `things.tab.${key}`,
    content: <Tab thing={data} model={model} />,
  }));
  const fitting = added.filter(({ fits }) => !fits || (model && fits(model)));
  const others = fitting.map(({ key, permission, label, Tab }) => ({
    key,
    permission,
    label,
    content: (
      <Suspense fallback={<Skeleton active />}>
        <Tab thing={data.id} family={data.family} modelVersion={data.modelVersion} />
      </Suspense>
    ),
  }));
  const open = [...own.slice(0, 1), ...others, ...own.slice(1)].filter((tab) => may(tab.permission));
  const active = open.find((tab) => tab.key === search.get('tab'))?.key ?? open[0]?.key;
  return (
    <Card styles={{ body: { paddingTop: 16 } }}>
      <Flex vertical gap={8}>
        <Header thing={data} model={model} />
        <Tabs
          activeKey={active}
          destroyOnHidden
          onChange={(key) => setSearch({ tab: key }, { replace: true })}
          items={open.map(({ key, label, content }) => ({ key, label: t(label), children: content }))}
        />
      </Flex>
    </Card>
  );
}

function Header({ thing, model }: ThingTabProps) {
  const { t, language } = useTexts();
  return (
    <>
      <Space size={12} align="center" wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {thing.name}
        </Typography.Title>
        <Typography.Text code copyable>
          {thing.code}
        </Typography.Text>
        <OnlineBadge state={thing.online} />
        <Tag>{t(`things.states.${thing.state}`)}</Tag>
        {thing.whitelist === 'admitted' ? null : (
          <Tag variant="solid" color="default">
            {t(`things.whitelists.${thing.whitelist}`)}
          </Tag>
        )}
      </Space>
      <Space size={24} wrap>
        <span>
          <Typography.Text type="secondary">{t('things.family')}</Typography.Text>{' '}
          <Link to={`/models?family=${thing.family}`}>
            {model ? named(model.name, language) : thing.family} v{thing.modelVersion}
          </Link>
        </span>
        <span>
          <Typography.Text type="secondary">{t('things.place')}</Typography.Text>{' '}
          {thing.placeId ? <Link to={`/places/${thing.placeId}`}>{thing.placeName}</Link> : t('things.nowhere')}
        </span>
        <span>
          <Typography.Text type="secondary">{t('things.lastHeard')}</Typography.Text> {dateTime(thing.lastHeard)}
        </span>
      </Space>
    </>
  );
}
