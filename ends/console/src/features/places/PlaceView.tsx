import { useT } from '@keystead/ui/i18n';
import { Alert, Breadcrumb, Card, Flex, Skeleton, Space, Statistic, Tabs, Tag, Typography } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ChildTable } from './ChildTable.tsx';
import { useCounts } from './counts.ts';
import { HouseGrid } from './HouseGrid.tsx';
import { kindIcons } from './kinds.tsx';
import { PlaceActions } from './PlaceActions.tsx';
import { PlaceFacts } from './PlaceFacts.tsx';
import { PlaceThings } from './PlaceThings.tsx';
import { type Place, useLineage } from './queries.ts';

/** One place: what it is, where it stands, what is in it. */
export function PlaceView({ id }: { id: string }) {
  const t = useT();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const lineage = useLineage(id);
  if (lineage.error) return <Alert type="error" showIcon title={said(lineage.error)} />;
  const place = lineage.data?.at(-1);
  if (!lineage.data || !place) {
    return (
      <Card>
        <Skeleton active />
      </Card>
    );
  }
  const tabs = [
    ...(place.kind === 'building'
      ? [{ key: 'grid', label: t('places.tab.grid'), children: <HouseGrid building={place} /> }]
      : []),
    { key: 'children', label: t('places.tab.children'), children: <ChildTable place={place} /> },
    ...(may('thing:read')
      ? [{ key: 'things', label: t('places.tab.things'), children: <PlaceThings place={place} /> }]
      : []),
    { key: 'facts', label: t('places.tab.facts'), children: <PlaceFacts place={place} /> },
  ];
  const wanted = search.get('tab');
  const tab = tabs.find(({ key }) => key === wanted)?.key ?? tabs[0]?.key;
  return (
    <Card styles={{ body: { paddingTop: 16 } }}>
      <Flex vertical gap={8}>
        <Breadcrumb
          items={lineage.data.map((each, at, line) => ({
            key: each.id,
            title: at === line.length - 1 ? each.name : <Link to={`/places/${each.id}`}>{each.name}</Link>,
          }))}
        />
        <Flex justify="space-between" align="start" wrap gap={12}>
          <Space size={12} align="center" wrap>
            <Typography.Title level={4} style={{ margin: 0 }}>
              {place.name}
            </Typography.Title>
            <Typography.Text code>{place.code}</Typography.Text>
            <Tag icon={kindIcons[place.kind]}>{t(`places.kind.${place.kind}`)}</Tag>
            {place.retired ? <Tag>{t('places.retired')}</Tag> : null}
            {place.tags.map((tag) => (
              <Tag key={tag} variant="outlined">
                {tag}
              </Tag>
            ))}
          </Space>
          <PlaceActions place={place} />
        </Flex>
        <Figures place={place} />
        <Tabs
          activeKey={tab}
          items={tabs}
          destroyOnHidden
          onChange={(key) => setSearch({ tab: key }, { replace: true })}
        />
      </Flex>
    </Card>
  );
}

/** Key figures of the subtree; each leads to the rows it counts. */
function Figures({ place }: { place: Place }) {
  const t = useT();
  const { may } = useSession();
  const counts = useCounts(place.path, { things: may('thing:read'), alarms: may('alarm:read') });
  const { things, offline, alarms } = counts.data ?? {};
  const figure = (label: string, value: number | string | undefined, to: string) => (
    <Link key={label} to={to}>
      <Statistic
        title={label}
        value={value ?? '—'}
        styles={{ content: { fontSize: 20, fontVariantNumeric: 'tabular-nums' } }}
      />
    </Link>
  );
  const under = `place=${place.id}`;
  return (
    <Flex gap={40} wrap>
      {may('thing:read')
        ? [
            figure(t('places.things'), things, `/things?${under}`),
            figure(t('places.offline'), offline, `/things?${under}&online=offline`),
          ]
        : null}
      {may('alarm:read') ? figure(t('places.alarms'), alarms, `/alarms?place=${encodeURIComponent(place.path)}`) : null}
    </Flex>
  );
}
