import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Key = Reply<typeof sdk.doorKeys.list>['items'][number];
export type Use = Reply<typeof sdk.doorKeys.uses>[number];
export type Ladder = Reply<typeof sdk.doorKeys.ladder>;
export type Wish = Parameters<typeof sdk.doorKeys.issue>[0]['body'];

const all = ['door-keys'];

export const useKeys = (house: string | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', house],
    queryFn: ({ pageParam }) =>
      sdk.doorKeys.list({
        query: { limit: 50, ...(house ? { house } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useUses = (asked: { house?: string; direction?: 'in' | 'out' }) =>
  useQuery({
    queryKey: [...all, 'uses', asked],
    queryFn: () => sdk.doorKeys.uses({ query: { limit: 200, ...asked } }),
    placeholderData: keepPreviousData,
  });

export const useLadder = (household: string) =>
  useQuery({
    queryKey: [...all, 'ladder', household],
    queryFn: () => sdk.doorKeys.ladder({ params: { household } }),
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useIssue = () => useChange((body: Wish) => sdk.doorKeys.issue({ body }));

export const verbs = ['freeze', 'unfreeze', 'revoke'] as const;
export type Verb = (typeof verbs)[number];

export const useStep = () =>
  useChange(({ id, verb, reason }: { id: string; verb: Verb; reason: string }) =>
    sdk.doorKeys[verb]({ params: { id }, body: { reason } }),
  );
