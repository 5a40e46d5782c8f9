import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type HouseholdRow = Reply<typeof sdk.households.list>['items'][number];
export type Dossier = Reply<typeof sdk.households.get>;
export type MaskedField = Dossier['party']['fields'][number];
export type ChangeRow = Reply<typeof sdk.households.changes>['items'][number];
export type Sanction = Reply<typeof sdk.eligibility.sanctions>[number];
export type SanctionBody = Parameters<typeof sdk.eligibility.impose>[0]['body'];
export type ChangeBody = Parameters<typeof sdk.households.submitChange>[0]['body'];

export const householdsKey = ['households'];
const all = householdsKey;

export const useHouseholds = (text: string | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', text],
    queryFn: ({ pageParam }) =>
      sdk.households.list({
        query: { limit: 50, ...(text ? { text } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useDossier = (id: string) =>
  useQuery({ queryKey: [...all, 'one', id], queryFn: () => sdk.households.get({ params: { id } }) });

/** What it is entitled to now, and what was decided about it. */
export function useEntitlement(household: string) {
  const params = { id: household };
  const standing = useQuery({
    queryKey: [...all, 'standing', household],
    queryFn: () => sdk.eligibility.standing({ params }),
  });
  const sanctions = useQuery({
    queryKey: [...all, 'sanctions', household],
    queryFn: () => sdk.eligibility.sanctions({ params }),
  });
  return { standing, sanctions };
}

/** Violation cases a decision can be made after. */
export const useHearings = () =>
  useQuery({
    queryKey: [...all, 'hearings'],
    queryFn: () => sdk.cases.list({ query: { kind: ['violation'], limit: 100 } }),
  });

export const useChanges = (filter: { household?: string; state?: ChangeRow['state'] }) =>
  useInfiniteQuery({
    queryKey: [...all, 'changes', filter],
    queryFn: ({ pageParam }) =>
      sdk.households.changes({ query: { limit: 50, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useChangeFile = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'change', id],
    queryFn: () => sdk.households.change({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** Values in plain: kept by the dialog that asked, never by the cache. */
export const useReveal = (party: string) =>
  useMutation({
    gcTime: 0,
    mutationFn: ({ fields, reason }: { fields: MaskedField['field'][]; reason: string }) =>
      sdk.parties.reveal({ params: { id: party }, body: { fields, reason } }),
  });

export const useRevealChange = (id: string) =>
  useMutation({
    gcTime: 0,
    mutationFn: (reason: string) => sdk.households.revealChange({ params: { id }, body: { reason } }),
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useDecide = () =>
  useChange(({ change, approved, reason }: { change: ChangeRow; approved: boolean; reason: string }) =>
    sdk.households.decideChange({ params: { id: change.id }, body: { approved, reason } }, { ifMatch: change.version }),
  );
export const useTags = (id: string) =>
  useChange((tags: string[]) => sdk.households.tag({ params: { id }, body: { tags } }));
