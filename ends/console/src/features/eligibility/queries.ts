import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Review = Reply<typeof sdk.eligibility.list>['items'][number];
export type ReviewFile = Reply<typeof sdk.eligibility.get>;
export type Check = ReviewFile['inquiries'][number];
export type Step = ReviewFile['steps'][number];
export type BoardLine = Reply<typeof sdk.eligibility.board>[number];
export type Outcome = Reply<typeof sdk.eligibility.stepMany>[number];

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
export const kinds: readonly Review['kind'][] = ['initial', 'pre-allocation', 'annual', 'renewal', 'change', 'spot'];

/** Steps that decide on somebody's home: they ask for the right to decide. */
const clerical: readonly Step[] = ['submit', 'ask-supplement', 'accept', 'object', 'appeal', 'withdraw'];
export const isDeciding = (step: Step): boolean => !clerical.includes(step);
/** Steps that ask for a reason in words. */
const reasoned: readonly Step[] = [
  'ask-supplement',
  'refuse',
  'object',
  'dismiss-objection',
  'uphold-objection',
  'appeal',
  'grant-appeal',
  'refuse-appeal',
];
export const needsReason = (step: Step): boolean => reasoned.includes(step);

export const reviewColours: Partial<Record<Review['state'], string>> = {
  approved: 'success',
  refused: 'error',
  objected: 'warning',
  appeal: 'warning',
  withdrawn: 'default',
};

export const eligibilityKey = ['eligibility'];
const all = eligibilityKey;

export const useBoard = () => useQuery({ queryKey: [...all, 'board'], queryFn: () => sdk.eligibility.board() });

export const useReviews = (filter: { state?: Review['state']; kind?: Review['kind']; overdue?: boolean }) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.eligibility.list({ query: { limit: 50, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useReview = (id: string) =>
  useQuery({ queryKey: [...all, 'one', id], queryFn: () => sdk.eligibility.get({ params: { id } }) });

export const useStanding = (household: string | undefined) =>
  useQuery({
    queryKey: [...all, 'standing', household],
    queryFn: () => sdk.eligibility.standing({ params: { id: household ?? '' } }),
    enabled: household !== undefined,
  });

/** Papers of the household the review is about. */
export const usePapers = (household: string | undefined, allowed: boolean) =>
  useQuery({
    queryKey: ['households', 'papers', household],
    queryFn: () => sdk.records.list({ query: { subject: `household:${household}`, limit: 100 } }),
    enabled: household !== undefined && allowed,
  });

export const useYearlyAhead = (before: string) =>
  useQuery({
    queryKey: [...all, 'yearly', before],
    queryFn: () => sdk.eligibility.yearlyAhead({ query: { before } }),
    enabled: /^\d{4}-\d{2}-\d{2}$/.test(before),
  });

export const useSources = () => useQuery({ queryKey: [...all, 'sources'], queryFn: () => sdk.eligibility.sources() });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useStepMany = () =>
  useChange(({ reviews, step, reason, dry }: { reviews: string[]; step: Step; reason: string; dry: boolean }) =>
    sdk.eligibility.stepMany({ body: { reviews, step, dry, ...(reason ? { reason } : {}) } }),
  );
export const useOpenYearly = () => useChange((before: string) => sdk.eligibility.openYearly({ body: { before } }));
