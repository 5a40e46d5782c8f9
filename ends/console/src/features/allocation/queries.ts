import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { inOrder, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Entry = Reply<typeof sdk.allocation.waiting>[number];
export type Plan = Reply<typeof sdk.allocation.plans>[number];
export type PlanFile = Reply<typeof sdk.allocation.plan>;
export type Intent = PlanFile['intents'][number];
export type EntryQuery = Pick<Partial<Entry>, 'state' | 'category'> & { text?: string };

export const entryStates = inOrder<Entry['state']>({
  ...{ waiting: 1, choosing: 2, allocated: 3, expired: 4, cancelled: 5 },
});
/** In the order in which a plan passes them. */
export const planStates = inOrder<Plan['state']>({ draft: 1, open: 2, committed: 3, choosing: 4, closed: 5 });
export const rankings = inOrder<Plan['ranking']>({ queue: 1, score: 2, lottery: 3 });

export const all = ['allocation'];
const page = 50;

/** Whatever stands on the page is asked again when a plan moves. */
export function useFreshPlans(): void {
  const again = useSoon(all);
  useLive('allocation.changed', again);
  useLive('move-in.changed', again);
}

export const useWaiting = (query: EntryQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'waiting', query],
    queryFn: ({ pageParam }) =>
      sdk.allocation.waiting({ query: { ...query, limit: page, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (rows) => (rows.length === page ? rows.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
  });

export const useWaitingCounts = () =>
  useQuery({ queryKey: [...all, 'counts'], queryFn: () => sdk.allocation.waitingCounts({}) });

export const usePlans = (state: Plan['state'] | undefined) =>
  useQuery({
    queryKey: [...all, 'plans', state],
    queryFn: () => sdk.allocation.plans({ query: { limit: 200, ...(state ? { state } : {}) } }),
    placeholderData: keepPreviousData,
  });

export const usePlan = (id: string) =>
  useQuery({ queryKey: [...all, 'plan', id], queryFn: () => sdk.allocation.plan({ params: { id } }) });

/** Houses below a place that can be given out. */
export const useFreeHouses = (under: string | undefined) =>
  useQuery({
    queryKey: [...all, 'free-houses', under],
    queryFn: () => sdk.houses.list({ query: { state: 'allocatable', under: under ?? '', limit: 200 } }),
    enabled: under !== undefined,
  });

export function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
