import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type HouseholdRow = Reply<typeof sdk.households.list>['items'][number];
export type Dossier = Reply<typeof sdk.households.get>;
export type MaskedField = Dossier['party']['fields'][number];
export type ChangeRow = Reply<typeof sdk.households.changes>['items'][number];

const all = ['households'];

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

export const useChanges = (household: string) =>
  useQuery({
    queryKey: [...all, 'changes', household],
    queryFn: () => sdk.households.changes({ query: { household, limit: 50 } }),
  });

/** Values in plain: kept by the dialog that asked, never by the cache. */
export const useReveal = (party: string) =>
  useMutation({
    gcTime: 0,
    mutationFn: ({ fields, reason }: { fields: MaskedField['field'][]; reason: string }) =>
      sdk.parties.reveal({ params: { id: party }, body: { fields, reason } }),
  });

export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, approved, reason }: { id: string; approved: boolean; reason: string }) =>
      sdk.households.decideChange({ params: { id }, body: { approved, reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}
