import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

const all = ['overview'];

/** Asked again soon after an event says so, once for many. */
function useAgainOn(topic: string | undefined, ...key: string[]): void {
  useLive(topic, useSoon([...all, ...key]));
}

/** How many places of each kind there are. */
export function usePlaceCounts(asked: boolean) {
  useAgainOn(asked ? 'place.changed' : undefined, 'places');
  useAgainOn(asked ? 'place.imported' : undefined, 'places');
  return useQuery({
    queryKey: [...all, 'places'],
    enabled: asked,
    staleTime: 300_000,
    queryFn: async () => {
      const { items } = await sdk.places.counts({ query: { retired: false } });
      return new Map(items.map(({ kind, count }) => [kind as string, count]));
    },
  });
}

/** Ports at which devices are heard. */
export const useListeners = () =>
  useQuery({ queryKey: [...all, 'listeners'], queryFn: () => sdk.system.listeners(), staleTime: 300_000 });

/** Who of the things is there, in all. */
export function useOnline(asked: boolean) {
  useAgainOn(asked ? 'thing.online' : undefined, 'online');
  useAgainOn(asked ? 'thing.imported' : undefined, 'online');
  return useQuery({
    queryKey: [...all, 'online'],
    enabled: asked,
    refetchInterval: 30_000,
    queryFn: async () => (await sdk.things.onlineRate({ query: {} }))[0],
  });
}

export interface ProjectRate {
  id: string;
  name: string;
  online: number;
  total: number;
  rate: number | null;
}

/** Projects and sites with their online rate; one question for all that stand side by side. */
export function useProjects(asked: boolean) {
  return useQuery({
    queryKey: [...all, 'projects'],
    enabled: asked,
    refetchInterval: 60_000,
    queryFn: async (): Promise<ProjectRate[]> => {
      const [projects, sites] = await Promise.all([
        sdk.places.list({ query: { kind: 'project', limit: 50 } }),
        sdk.places.list({ query: { kind: 'site', limit: 50 } }),
      ]);
      const places = [...projects.items, ...sites.items];
      const above = (path: string) => path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
      const parents = [...new Set(places.map((place) => above(place.path)))];
      const groups = await Promise.all(
        parents.map((under) => sdk.things.onlineRate({ query: { ...(under ? { under } : {}), by: 'place' } })),
      );
      const rates = new Map(groups.flat().map((group) => [group.key, group]));
      return places.map(({ id, name, path }) => {
        const { online = 0, total = 0, rate = null } = rates.get(path) ?? {};
        return { id, name, online, total, rate };
      });
    },
  });
}

export function useAlarmCounts(asked: boolean) {
  useAgainOn(asked ? 'alarm.changed' : undefined, 'alarm-counts');
  return useQuery({ queryKey: [...all, 'alarm-counts'], enabled: asked, queryFn: () => sdk.alarms.counts({}) });
}

export function useLatestAlarms(asked: boolean) {
  useAgainOn(asked ? 'alarm.changed' : undefined, 'alarms');
  return useQuery({
    queryKey: [...all, 'alarms'],
    enabled: asked,
    queryFn: async () => (await sdk.alarms.list({ query: { state: 'open', limit: 8 } })).items,
  });
}

/** The newest open orders and how many there are. */
export function useLatestCases(asked: boolean) {
  useAgainOn(asked ? 'case.changed' : undefined, 'cases');
  return useQuery({
    queryKey: [...all, 'cases'],
    enabled: asked,
    queryFn: () => sdk.cases.list({ query: { open: true, limit: 8 } }),
  });
}

/** Points a second now and over the last minutes this page was open. */
export function useIntake(asked: boolean) {
  const client = useQueryClient();
  const queryKey = [...all, 'intake'];
  return useQuery({
    queryKey,
    enabled: asked,
    refetchInterval: 5_000,
    queryFn: async () => {
      const { pointsPerSecond, messagesPerSecond } = await sdk.telemetry.figures({});
      const before = client.getQueryData<{ trail: number[] }>(queryKey)?.trail ?? [];
      return { pointsPerSecond, messagesPerSecond, trail: [...before, pointsPerSecond].slice(-60) };
    },
  });
}
