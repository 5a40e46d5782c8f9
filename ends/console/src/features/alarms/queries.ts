import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type AlarmPageReply = Reply<typeof sdk.alarms.list>;
export type Alarm = AlarmPageReply['items'][number];
export type AlarmDetail = Reply<typeof sdk.alarms.get>;
export type Step = Parameters<typeof sdk.alarms.step>[0]['body']['step'];

export interface DeskFilter {
  state: 'open' | 'active' | 'all';
  severity?: number;
  text?: string;
  /** Path of a place: alarms of its subtree. */
  place?: string;
  /** Id of what the alarms are about. */
  subject?: string;
}

const all = ['alarms'];

/** Alarms of a filter, newest first, kept fresh by the live topic. */
export function useAlarms(filter: DeskFilter) {
  const client = useQueryClient();
  useLive('alarm.changed', () => void client.invalidateQueries({ queryKey: all }));
  return useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.alarms.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useAlarmCounts() {
  const client = useQueryClient();
  useLive('alarm.changed', () => void client.invalidateQueries({ queryKey: [...all, 'counts'] }));
  return useQuery({ queryKey: [...all, 'counts'], queryFn: () => sdk.alarms.counts({}), refetchInterval: 60_000 });
}

export function useAlarm(id: string | undefined) {
  return useQuery({
    queryKey: [...all, 'one', id],
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
