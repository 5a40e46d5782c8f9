import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Empty, Flex, InputNumber, Skeleton, Switch, Table, Tag } from 'antd';
import { useState } from 'react';
import { PlaceChoice, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Site, useSetSite, useSite } from './queries.ts';

type Slot = Site['slots'][number];

function Profile({ site }: { site: Site }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const set = useSetSite();
  const [households, setHouseholds] = useState<number | null>(site.said ? site.households : null);
  const manage = may('video:manage');
  const save = (slots: Record<string, boolean>) =>
    set.mutate(
      { place: site.placeId, households, slots },
      {
        onSuccess: () => void message.success(t('video.saved')),
        onError: (cause) => void message.error(said(cause)),
      },
    );
  const now = Object.fromEntries(site.slots.map(({ slot, on }) => [slot, on]));
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center" wrap>
        <span>{t('video.households')}</span>
        <InputNumber
          min={0}
          max={1_000_000}
          aria-label={t('video.households')}
          placeholder={String(site.households)}
          value={households}
          disabled={!manage}
          onChange={setHouseholds}
        />
        <span>{t(site.said ? 'video.said' : 'video.counted', { households: site.households })}</span>
        {manage ? (
          <Button loading={set.isPending} onClick={() => save({})}>
            {t('video.bySize')}
          </Button>
        ) : null}
      </Flex>
      <Table<Slot>
        size="small"
        rowKey="slot"
        dataSource={site.slots}
        pagination={false}
        columns={[
          { title: t('video.slot'), render: (_, { slot }) => t(`video.slots.${slot}`) },
          { title: t('video.standing'), render: (_, { standing }) => t(`video.standings.${standing}`) },
          {
            title: t('video.switched'),
            render: (_, { slot, on }) => (
              <Switch
                checked={on}
                disabled={!manage}
                aria-label={t(`video.slots.${slot}`)}
                onChange={(chosen) => save({ ...now, [slot]: chosen })}
              />
            ),
          },
          {
            title: t('video.missing'),
            render: (_, { gap }) => (gap ? <Tag color="warning">{t(`video.slotGaps.${gap}`)}</Tag> : null),
          },
          { title: t('video.lastAt'), render: (_, { lastAt }) => dateTime(lastAt ?? null) },
        ]}
      />
    </Flex>
  );
}

/** Algorithms a community has, by how many households it has. */
export function SitePanel() {
  const t = useT();
  const { get, put } = useAddress();
  const place = get('site');
  const site = useSite(place);
  return (
    <Flex vertical gap={16}>
      <PlaceChoice value={place} onChange={(id) => put({ site: id })} style={{ maxWidth: 320 }} />
      {site.error ? <Alert type="error" showIcon title={said(site.error)} /> : null}
      {place === undefined ? <Empty description={t('video.chooseSite')} /> : null}
      {place !== undefined && site.isPending ? <Skeleton active /> : null}
      {site.data ? <Profile key={`${site.data.placeId} ${site.data.version}`} site={site.data} /> : null}
    </Flex>
  );
}
