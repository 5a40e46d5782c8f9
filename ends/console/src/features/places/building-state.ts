import type { Reply } from '@keystead/sdk';
import { useQuery } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Thing = Reply<typeof sdk.things.list>['items'][number];
export type Alarm = Reply<typeof sdk.alarms.list>['items'][number];

/** Rows asked for at most, so that a wrong click on a whole city does not fetch it. */
const mostThings = 4000;

async function thingsUnder(under: string): Promise<Thing[]> {
  const found: Thing[] = [];
  for (let cursor: string | null | undefined; found.length < mostThings; ) {
    const page: Reply<typeof sdk.things.list> = await sdk.things.list({
      query: { under, count: false, limit: 200, ...(cursor ? { cursor } : {}) },
    });
    found.push(...page.items);
    cursor = page.next;
    if (cursor === null) break;
  }
  return found;
}

/** Things of a subtree with their online state, kept fresh by what comes online and goes silent. */
export function useThingsUnder(under: string | undefined) {
  const again = useSoon(['things', 'under', under]);
  useLive('thing.online', again);
  useLive('thing.changed', again);
  useLive('thing.imported', again);
  return useQuery({
    queryKey: ['things', 'under', under],
    queryFn: () => thingsUnder(under ?? ''),
    enabled: under !== undefined,
  });
}

/** Open alarms of a subtree, for marks on its houses. */
export function useAlarmsUnder(place: string | undefined, asked: boolean) {
  useLive(asked ? 'alarm.changed' : undefined, useSoon(['alarms', 'under']));
  return useQuery({
    queryKey: ['alarms', 'under', place],
    queryFn: async () => (await sdk.alarms.list({ query: { place: place ?? '', state: 'open', limit: 200 } })).items,
    enabled: asked && place !== undefined,
  });
}

export type Letting = Reply<typeof sdk.houses.states>['items'][number];

/** How the houses of a building are let 房态, by id; fresh as they change. */
export function useLettings(building: string | undefined) {
  const again = useSoon(['houses', 'states']);
  useLive(building ? 'house.changed' : undefined, again);
  useLive(building ? 'house.imported' : undefined, again);
  return useQuery({
    queryKey: ['houses', 'states', building],
    queryFn: async () => {
      const { items } = await sdk.houses.states({ params: { id: building ?? '' } });
      return new Map(items.map((each) => [each.id, each]));
    },
    enabled: building !== undefined,
  });
}

/** Colour of the edge of a let house; the word beside it says the same. */
export const lettingColours: Record<Letting['state'], string> = {
  undelivered: '#8c8c8c',
  vacant: '#d4b106',
  allocatable: '#08979c',
  reserved: '#722ed1',
  'pending-move-in': '#2f54eb',
  occupied: '#1677ff',
  'moving-out': '#d46b08',
  maintenance: '#d4380d',
  disabled: '#595959',
};

export type HouseStatus = 'normal' | 'partly' | 'silent' | 'bare' | 'retired';

export interface HouseState {
  status: HouseStatus;
  things: Thing[];
  offline: number;
  alarms: Alarm[];
  /** Most severe open alarm, 1–4. */
  worst: 1 | 2 | 3 | 4 | undefined;
}

/** What a house looks like in the grid, from its things and alarms. Both lie in the house when their path begins with its. */
export function houseState(
  house: { path: string; retired: boolean },
  things: readonly Thing[],
  alarms: readonly Alarm[],
): HouseState {
  const mine = things.filter((thing) => thing.place.startsWith(house.path));
  const ringing = alarms.filter((alarm) => alarm.place.startsWith(house.path));
  const offline = mine.filter((thing) => thing.online === 'offline').length;
  const heard = mine.filter((thing) => thing.online === 'online').length;
  const status: HouseStatus = house.retired
    ? 'retired'
    : mine.length === 0
      ? 'bare'
      : heard === mine.length
        ? 'normal'
        : heard > 0
          ? 'partly'
          : 'silent';
  const severities = ringing.map((alarm) => alarm.severity);
  const worst = severities.length > 0 ? (Math.min(...severities) as 1 | 2 | 3 | 4) : undefined;
  return { status, things: mine, offline, alarms: ringing, worst };
}
