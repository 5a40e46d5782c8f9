import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Review = Reply<typeof sdk.eligibility.list>['items'][number];
export type Step = Reply<typeof sdk.eligibility.get>['steps'][number];
export type BoardLine = Reply<typeof sdk.eligibility.board>[number];

/** In the order in which a review passes them. */
export const states: readonly Review['state'][] = [
  'draft',
  'submitted',
  'supplement',
  'checking',
  'first-review',
  'second-review',
  'final-review',
  'publicity',
  'objected',
  'appeal',
  'approved',
  'refused',
  'withdrawn',
];

const all = ['eligibility'];

export const useBoard = () => useQuery({ queryKey: [...all, 'board'], queryFn: () => sdk.eligibility.board() });

export const useReviews = (filter: { state?: Review['state']; overdue?: boolean }) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.eligibility.list({ query: { limit: 50, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useReview = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.eligibility.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useStep = () =>
  useChange(({ id, step, reason }: { id: string; step: Step; reason: string }) =>
    sdk.eligibility.step({ params: { id }, body: { step, ...(reason ? { reason } : {}) } }),
  );
