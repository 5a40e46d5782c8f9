import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Request = Reply<typeof sdk.privacy.requests>['items'][number];
export type RequestFile = Reply<typeof sdk.privacy.get>;
export type Look = Reply<typeof sdk.parties.looks>[number];
export type Consent = Reply<typeof sdk.parties.consents>[number];
export type Party = Reply<typeof sdk.parties.get>;
export type Field = Party['fields'][number]['field'];
export type Purpose = Reply<typeof sdk.parties.purposes>[number];

export const requestStates = ['open', 'granted', 'refused'] as const;

const all = ['privacy'];

export const useRequests = (filter: { state?: Request['state']; overdue?: boolean }) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.privacy.requests({ query: { limit: 50, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useRequest = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.privacy.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

export const useParty = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'party', id],
    queryFn: () => sdk.parties.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });
export const useLooks = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'looks', id],
    queryFn: () => sdk.parties.looks({ params: { id: id ?? '' }, query: { limit: 200 } }),
    enabled: id !== undefined,
  });
export const useConsents = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'consents', id],
    queryFn: () => sdk.parties.consents({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });
export const usePurposes = () => useQuery({ queryKey: [...all, 'purposes'], queryFn: () => sdk.parties.purposes() });

/** Values in plain: kept by what asked, never by the cache. Who looked is asked anew after it. */
export function useReveal(party: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: ({ fields, reason }: { fields: Field[]; reason: string }) =>
      sdk.parties.reveal({ params: { id: party }, body: { fields, reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: [...all, 'looks', party] }),
  });
}

export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, granted, answer }: { request: RequestFile; granted: boolean; answer: string }) =>
      sdk.privacy.decide({ params: { id: request.id }, body: { granted, answer } }, { ifMatch: request.version }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}
