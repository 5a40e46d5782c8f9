import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { inOrder, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Swap = Reply<typeof sdk.swaps.list>[number];
export type Side = Swap['sides'][number];
export type MeterTold = Reply<typeof sdk.swaps.meters>[number];

/** In the order in which a change of houses passes them; then the ways it comes to nothing. */
export const stateColours: Record<Swap['state'], string> = {
  proposed: 'default',
  requested: 'warning',
  approved: 'processing',
  scheduled: 'purple',
  changing: 'processing',
  done: 'success',
  declined: 'default',
  refused: 'error',
  withdrawn: 'default',
  cancelled: 'default',
  lapsed: 'error',
};
export const states = inOrder(stateColours);
export const works = inOrder<Swap['worked'][number]>({ contracts: 1, bills: 2, deposits: 3, houses: 4 });

export const all = ['swaps'];
const lookEvery = 10_000; // ms

/** Everything here is asked again when a change of houses took a step. */
export function useFreshSwaps(): void {
  useLive('swap.changed', useSoon(all));
}

export const useSwaps = (state: Swap['state'] | undefined) =>
  useQuery({
    queryKey: [...all, 'list', state],
    queryFn: () => sdk.swaps.list({ query: { limit: 200, ...(state ? { state } : {}) } }),
    placeholderData: keepPreviousData,
  });

export const useCounts = () => useQuery({ queryKey: [...all, 'counts'], queryFn: () => sdk.swaps.counts({}) });

export const useSwap = (id: string) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.swaps.get({ params: { id } }),
    refetchInterval: ({ state }) => (state.data?.swap.state === 'changing' ? lookEvery : false),
  });

export const useFreeHouses = (text: string) =>
  useQuery({
    queryKey: [...all, 'houses', text],
    queryFn: () => sdk.houses.list({ query: { state: 'allocatable', limit: 30, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });

/** What the meters of the houses told by themselves. */
export const useMeters = (id: string) =>
  useQuery({
    queryKey: ['swap-meters', id],
    queryFn: () => sdk.swaps.meters({ params: { id } }),
    // Asked once: what is typed beside it is not to be taken away.
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  });
