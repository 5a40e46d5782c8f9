import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { inOrder, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Line = Reply<typeof sdk.exits.list>[number];
export type Exit = Reply<typeof sdk.exits.get>;
export type Inspection = NonNullable<Exit['inspection']>;

export const kinds = inOrder<Line['kind']>({
  ...{ voluntary: 1, expiry: 2, transfer: 3, ineligible: 4, acquired: 5 },
  ...{ relocation: 6, death: 7, arrears: 8, violation: 9, fraud: 10 },
});
export const grounds = inOrder<NonNullable<Line['ground']>>({
  ...{ sublet: 1, lend: 2, swap: 3, misuse: 4, damage: 5, unlawful: 6, idle: 7 },
});
export const stateColours: Record<Line['state'], string> = {
  initiated: 'default',
  accepted: 'processing',
  inspected: 'processing',
  settled: 'purple',
  'handed-over': 'cyan',
  reported: 'success',
  cancelled: 'default',
};
/** In the order in which an exit passes them. */
export const states = inOrder(stateColours);

export const all = ['exits'];
const page = 50;

/** Everything here is asked again when an exit took a step. */
export function useFreshExits(): void {
  useLive('exit.changed', useSoon(all));
}

export interface ExitQuery {
  state?: Line['state'];
  kind?: Line['kind'];
  late?: boolean;
  text?: string;
  house?: string;
  /** Who is to be out that day. */
  on?: string;
}

export const useExits = (query: ExitQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query],
    queryFn: ({ pageParam }) =>
      sdk.exits.list({ query: { ...query, limit: page, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (rows) => (rows.length === page ? rows.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
  });

export const useCounts = () => useQuery({ queryKey: [...all, 'counts'], queryFn: () => sdk.exits.counts({}) });

const lookEvery = 5_000; // ms

/** The report goes upward by itself: while it is awaited it is looked at now and then. */
export const useExit = (id: string) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.exits.get({ params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === 'handed-over' ? lookEvery : false),
  });

/** Keys of the household for the house, ended ones too. */
export const useKeys = (of: { house: string; household: string } | undefined) =>
  useQuery({
    queryKey: [...all, 'keys', of],
    queryFn: () => sdk.doorKeys.list({ query: { ...of, limit: 200 } }),
    enabled: of !== undefined,
    refetchInterval: lookEvery,
  });

export const useSupervision = (allowed: boolean) =>
  useQuery({ queryKey: [...all, 'supervision'], queryFn: () => sdk.exits.supervision({}), enabled: allowed });

/** Leases that run, by code, name or tenant. */
export const useRunningLeases = (text: string) =>
  useQuery({
    queryKey: [...all, 'leases', text],
    queryFn: () =>
      sdk.leases.list({ query: { state: 'effective,expiring,holdover', limit: 30, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });

export const useLease = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'lease', id],
    queryFn: () => sdk.leases.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** What the meters of the home tell by themselves, up to a last day. Asked once: what is typed beside it is not to be taken away. */
export const useMeters = (id: string, lastDay: string | undefined) =>
  useQuery({
    queryKey: ['exit-meters', id, lastDay],
    queryFn: () => sdk.exits.meters({ params: { id }, query: { lastDay: lastDay ?? '' } }),
    enabled: lastDay !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Kinds of fees, for their names. */
export const useSubjects = (allowed: boolean) =>
  useQuery({ queryKey: ['rent', 'subjects'], queryFn: () => sdk.fees.subjects({}), enabled: allowed });
