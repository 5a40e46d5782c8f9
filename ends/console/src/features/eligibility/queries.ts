import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Review = Reply<typeof sdk.eligibility.list>['items'][number];
export type ReviewFile = Reply<typeof sdk.eligibility.get>;
export type Check = ReviewFile['inquiries'][number];
export type Step = ReviewFile['steps'][number];
export type BoardLine = Reply<typeof sdk.eligibility.board>[number];
export type Outcome = Reply<typeof sdk.eligibility.stepMany>[number];

export const reviewColours: Partial<Record<Review['state'], string>> = {
  approved: 'success',
  refused: 'error',
  objected: 'warning',
  appeal: 'warning',
  withdrawn: 'default',
};

export const eligibilityKey = ['eligibility'];
const all = eligibilityKey;

/** Kinds, states in their order, and which steps decide or need words: as the platform has them, for as long as the page is open. */
export function useCourse() {
  const { data } = useQuery({
    queryKey: [...all, 'course'],
    queryFn: () => sdk.eligibility.course(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const of = (step: Step) => data?.steps.find((each) => each.step === step);
  return {
    kinds: data?.kinds ?? [],
    states: data?.states ?? [],
    // Unknown yet: nothing that might decide on somebody's home is offered.
    isDeciding: (step: Step): boolean => of(step)?.decides ?? true,
    needsReason: (step: Step): boolean => of(step)?.reasoned ?? true,
  };
}

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
