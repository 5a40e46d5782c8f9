import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { refreshSoon, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';
import type { Alarm, DeskFilter, Step } from './alarm.ts';
import { type AlarmNews, belongs, type DeskData, keepRows, withNew } from './desk.ts';

const all = ['alarms'];
const counts = [...all, 'counts'];
const pageSize = 100;
const refetchPause = 800; // ms for each page on show: many changes are fetched once; new alarms are shown before

/** Alarms of a filter, newest first. A new one is shown the moment it is told, the rest is fetched soon after. */
export function useAlarms(filter: DeskFilter) {
  const client = useQueryClient();
  const queryKey = [...all, 'list', filter];
  useLive<AlarmNews>('alarm.changed', (news) => {
    if (belongs(filter, news)) client.setQueryData<DeskData>(queryKey, (before) => withNew(before, news));
    const pages = client.getQueryData<DeskData>(queryKey)?.pages.length ?? 1;
    refreshSoon(client, queryKey, refetchPause * pages);
  });
  useLive('returned', () => refreshSoon(client, queryKey, 0));
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => {
      const { gathered, ...asked } = filter;
      const page = { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) };
      return sdk.alarms.list({ query: { ...asked, ...page, ...(gathered ? { lead: true } : {}) } });
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    structuralSharing: (before, after) => keepRows(before as DeskData | undefined, after as DeskData),
  });
}

const mostMembers = 200;

/** The other alarms of the incidents of some alarms, newest first. */
export function useMembers(leads: readonly string[]) {
  const client = useQueryClient();
  const keyOf = (lead: string) => [...all, 'members', lead];
  useLive<AlarmNews>(leads.length > 0 ? 'alarm.changed' : undefined, ({ group }) => {
    if (group && leads.includes(group.lead)) refreshSoon(client, keyOf(group.lead), refetchPause);
  });
  return useQueries({
    queries: leads.map((lead) => ({
      queryKey: keyOf(lead),
      queryFn: async () => (await sdk.alarms.members({ params: { id: lead }, query: { limit: mostMembers } })).items,
    })),
  });
}

/** Everything about alarms is asked again now. */
export function useReload(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries({ queryKey: all }), [client]);
}

/** Open alarms by severity; asked once for all who show them. */
export function useAlarmCounts() {
  const again = useSoon(counts, refetchPause);
  useLive('alarm.changed', again);
  useLive('returned', again);
  return useQuery({ queryKey: counts, queryFn: () => sdk.alarms.counts({}), refetchInterval: 60_000 });
}

/** One alarm, asked again when it changes. */
export function useAlarm(id: string | undefined) {
  const client = useQueryClient();
  const queryKey = [...all, 'one', id];
  useLive<AlarmNews>(id === undefined ? undefined : 'alarm.changed', (news) => {
    if (news.id === id) refreshSoon(client, queryKey);
  });
  return useQuery({
    queryKey,
    queryFn: () => sdk.alarms.get({ params: { id: id as string } }),
    enabled: id !== undefined,
  });
}

export function useStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      alarm,
      step,
      note,
      falsePositive,
    }: {
      alarm: Alarm;
      step: Step;
      note?: string;
      falsePositive?: boolean;
    }) =>
      step === 'acknowledge'
        ? sdk.alarms.acknowledge({ params: { id: alarm.id }, body: { note } })
        : sdk.alarms.step(
            { params: { id: alarm.id }, body: { step, note, falsePositive } },
            { ifMatch: alarm.version },
          ),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}
