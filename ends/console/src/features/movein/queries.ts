import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { inOrder, useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Line = Reply<typeof sdk.moveIns.list>[number];
export type File = Reply<typeof sdk.moveIns.get>;
export type Handover = NonNullable<File['handover']>;

export const stateColours: Record<Line['state'], string> = {
  allocated: 'processing',
  contract: 'purple',
  'checked-in': 'success',
  cancelled: 'default',
};
export const states = inOrder(stateColours);

export const all = ['move-ins'];
const page = 50;

/** Everything here is asked again when a household took a step. */
export function useFreshMoveIns(): void {
  useLive('move-in.changed', useSoon(all));
}

export const useMoveIns = (query: { state?: Line['state']; text?: string; house?: string; on?: string }) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query],
    queryFn: ({ pageParam }) =>
      sdk.moveIns.list({ query: { ...query, limit: page, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (rows) => (rows.length === page ? rows.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
  });

export const useCounts = () => useQuery({ queryKey: [...all, 'counts'], queryFn: () => sdk.moveIns.counts({}) });

export const useLessor = () => useQuery({ queryKey: [...all, 'lessor'], queryFn: () => sdk.moveIns.lessor({}) });

const lookEvery = 5_000; // ms

/** Signing happens at the lease and is not told here: while it is awaited it is looked at now and then. */
export const useMoveIn = (id: string) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.moveIns.get({ params: { id } }),
    refetchInterval: ({ state }) => (state.data?.process.state === 'contract' ? lookEvery : false),
  });

/** What the way in has to do with elsewhere: the lease's fees and signatures, the deposit, the keys. Each for those who may read it. */
export const useLease = (id: string | null | undefined, allowed: boolean) =>
  useQuery({
    queryKey: [...all, 'lease', id],
    queryFn: async () => {
      const params = { id: id ?? '' };
      return { lease: await sdk.leases.get({ params }), signatures: await sdk.leases.signatures({ params }) };
    },
    enabled: Boolean(id) && allowed,
    refetchInterval: ({ state }) => (state.data?.lease.state.startsWith('pending') ? lookEvery : false),
  });

export const useStanding = (lease: string | null | undefined, allowed: boolean) =>
  useQuery({
    queryKey: [...all, 'standing', lease],
    queryFn: () => sdk.ledger.standing({ params: { id: lease ?? '' } }),
    enabled: Boolean(lease) && allowed,
  });

export const useKeys = (of: { house: string; household: string }, allowed: boolean) =>
  useQuery({
    queryKey: [...all, 'keys', of],
    queryFn: () => sdk.doorKeys.list({ query: { ...of, limit: 200 } }),
    enabled: allowed,
  });

export const useFreeHouses = (text: string) =>
  useQuery({
    queryKey: [...all, 'free-houses', text],
    queryFn: () => sdk.houses.list({ query: { state: 'allocatable', limit: 50, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });
