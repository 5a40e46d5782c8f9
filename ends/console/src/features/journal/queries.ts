import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Line = Reply<typeof sdk.journal.get>;
export type LineQuery = Omit<Parameters<typeof sdk.journal.list>[0]['query'], 'limit' | 'cursor'>;
export type Verification = Reply<typeof sdk.journal.verification>;
export type Report = NonNullable<Verification['report']>;

const all = ['journal'];

export const useLines = (filter: LineQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.journal.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useLine = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.journal.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** The last runs of the verifier; asked again while one is under way, so that its progress is seen. */
export const useVerifications = () =>
  useQuery({
    queryKey: [...all, 'verifications'],
    queryFn: () => sdk.journal.verifications(),
    refetchInterval: ({ state }) => (state.data?.items.some((run) => run.state === 'running') ? 700 : false),
  });

export function useVerify() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sdk.journal.verify(),
    onSuccess: () => client.invalidateQueries({ queryKey: [...all, 'verifications'] }),
  });
}

export const useRetention = () =>
  useQuery({ queryKey: [...all, 'retention'], queryFn: () => sdk.journal.retention(), staleTime: 60_000 });

export function useKeepFor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (days: number) => sdk.journal.keepFor({ body: { days } }),
    onSettled: () => client.invalidateQueries({ queryKey: [...all, 'retention'] }),
  });
}
