import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Swap = Reply<typeof sdk.swaps.list>[number];
export type Side = Swap['sides'][number];

/** In the order in which a change of houses passes them; then the ways it comes to nothing. */
export const states: readonly Swap['state'][] = [
  ...(['proposed', 'requested', 'approved', 'scheduled', 'changing', 'done'] as const),
  ...(['declined', 'refused', 'withdrawn', 'cancelled', 'lapsed'] as const),
];
export const works = ['contracts', 'bills', 'deposits', 'houses'] as const;

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
