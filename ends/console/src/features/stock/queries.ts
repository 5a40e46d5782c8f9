import type { Reply } from '@keystead/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { oneOf, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type HouseLine = Reply<typeof sdk.houses.list>['items'][number];
export type House = Reply<typeof sdk.houses.get>;
export type HouseState = House['state'];
export type Step = House['steps'][number]['step'];
export type Project = Reply<typeof sdk.houses.projects>['items'][number];
export type TimelineLine = Reply<typeof sdk.houses.timeline>['items'][number];
export type HouseQuery = NonNullable<NonNullable<Parameters<typeof sdk.houses.counts>[0]>['query']>;

export const houseStates: readonly HouseState[] = [
  'undelivered',
  'vacant',
  'allocatable',
  'reserved',
  'pending-move-in',
  'occupied',
  'moving-out',
  'maintenance',
  'disabled',
];

/** Tag colour of a state; the word says the same. */
export const stateColours: Record<HouseState, string> = {
  undelivered: 'default',
  vacant: 'gold',
  allocatable: 'cyan',
  reserved: 'purple',
  'pending-move-in': 'geekblue',
  occupied: 'blue',
  'moving-out': 'orange',
  maintenance: 'volcano',
  disabled: 'default',
};

const all = ['houses'];

/** Soon enough that a state is shown half a second after it changed (H-9.1.1-b-2), once for what comes together, ms. */
const freshPause = 80;

interface Moved {
  id: string;
  to: string;
  repairing: boolean;
}

/** A house with the state that was just told; what follows from it is asked again. */
export function withState(house: House | undefined, { to, repairing }: Moved): House | undefined {
  const state = oneOf(houseStates, to);
  return house && state ? { ...house, state, repairing } : house;
}

/**
 * A state is shown the moment it is told, however long the rest of the page takes; everything about houses is asked again
 * when one changes or something happens at it.
 */
export function useFreshHouses(): void {
  const client = useQueryClient();
  const again = useSoon(all, freshPause);
  useLive<Moved>('house.changed', (moved) => {
    client.setQueryData<House>([...all, 'one', moved.id], (house) => withState(house, moved));
    again();
  });
  useLive('house.happened', again);
  useLive('house.imported', again);
}

export const useHouses = (query: HouseQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query],
    queryFn: ({ pageParam }) =>
      sdk.houses.list({ query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useCounts = (query: HouseQuery) =>
  useQuery({ queryKey: [...all, 'counts', query], queryFn: () => sdk.houses.counts({ query: { ...query } }) });

export const useHouse = (id: string) =>
  useQuery({ queryKey: [...all, 'one', id], queryFn: () => sdk.houses.get({ params: { id } }) });

export const useHistory = (id: string) =>
  useQuery({ queryKey: [...all, 'history', id], queryFn: () => sdk.houses.history({ params: { id } }) });

export const useAsOf = (id: string, at: string | undefined) =>
  useQuery({
    queryKey: [...all, 'as-of', id, at],
    queryFn: () => sdk.houses.asOf({ params: { id }, query: { at: at ?? '' } }),
    enabled: at !== undefined,
  });

export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: [...all, 'timeline', id],
    queryFn: ({ pageParam }) =>
      sdk.houses.timeline({ params: { id }, query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useProjects = () => useQuery({ queryKey: [...all, 'projects'], queryFn: () => sdk.houses.projects({}) });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useStep = (house: House) =>
  useChange(({ step, reason }: { step: Step; reason?: string }) =>
    sdk.houses.step(
      { params: { id: house.id }, body: { step, ...(reason ? { reason } : {}) } },
      { ifMatch: house.version },
    ),
  );

type Change = Parameters<typeof sdk.houses.change>[0]['body'];
export const useChangeHouse = (house: House) =>
  useChange((body: Change) => sdk.houses.change({ params: { id: house.id }, body }, { ifMatch: house.version }));

type Draft = Parameters<typeof sdk.houses.create>[0]['body'];
export const useCreateHouse = () => useChange((body: Draft) => sdk.houses.create({ body }));
