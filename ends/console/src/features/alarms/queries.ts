import type { Reply } from '@keystead/sdk';
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
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

/** What the live topic tells of an alarm. */
export interface AlarmNews {
  id: string;
  change: string;
  severity: number;
  condition: string;
  handling: string;
  rule: string;
  title: { zh: string; en: string };
  transferLevel: number;
  suppressed: boolean;
  subject: Alarm['subject'];
  eventTime?: number;
}

/** A new alarm as the desk shows it until its row has been fetched: without steps, for nothing may be done to it yet. */
function rowOf(news: AlarmNews): Alarm {
  const at = new Date((news.eventTime ?? Date.now() * 1000) / 1000).toISOString();
  const { id, rule, title, subject, transferLevel, suppressed, condition, handling, severity } = news;
  return {
    ...{ id, rule, title, subject, transferLevel, suppressed, condition, handling, severity },
    ...{
      place: '',
      worstSeverity: severity,
      escalated: false,
      falsePositive: false,
      occurrences: 1,
      readings: {},
      steps: [],
    },
    ...{ firstEventTime: at, lastEventTime: at, raisedAt: at, acknowledgedAt: null, handlingAt: null, clearedAt: null },
    ...{ resolvedAt: null, reviewedAt: null, closedAt: null, handler: null, version: 0 },
  };
}

const refetchPause = 600; // ms: many changes at once are fetched once; new alarms are shown before

/** Marks queries as stale a moment after the first of many calls, once. */
function useSoon(key: readonly unknown[]): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: key });
    }, refetchPause);
  };
}

/** Alarms of a filter, newest first. A new one is shown the moment it is told, the rest is fetched soon after. */
export function useAlarms(filter: DeskFilter) {
  const client = useQueryClient();
  const key = [...all, 'list', filter];
  const refetch = useSoon(all);
  useLive<AlarmNews>('alarm.changed', (news) => {
    const narrowed =
      filter.text || filter.place || filter.subject || (filter.severity && filter.severity !== news.severity);
    if (news.change === 'raised' && !narrowed) {
      client.setQueryData<InfiniteData<AlarmPageReply>>(key, (before) => {
        const [first, ...rest] = before?.pages ?? [];
        if (!before || !first || first.items.some((item) => item.id === news.id)) return before;
        return { ...before, pages: [{ ...first, items: [rowOf(news), ...first.items] }, ...rest] };
      });
    }
    refetch();
  });
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      sdk.alarms.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useAlarmCounts() {
  useLive('alarm.changed', useSoon([...all, 'counts']));
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
