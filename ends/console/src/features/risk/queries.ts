import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Warning = Reply<typeof sdk.risk.list>['items'][number];
export type WarningKind = Warning['kind'];
export type Feedback = NonNullable<Warning['feedback']>;
export const warningStates = ['open', 'closed'] as const;
export const feedbacks: readonly Feedback[] = ['confirmed', 'unfounded', 'unclear'];

const all = ['risk'];

export const useWarnings = (state: (typeof warningStates)[number]) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', state],
    queryFn: ({ pageParam }) =>
      sdk.risk.list({ query: { limit: 50, state, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useOpenAges = () => useQuery({ queryKey: [...all, 'ages'], queryFn: () => sdk.risk.openAges() });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export interface Closing {
  readonly id: string;
  readonly action: string;
  readonly person: string;
  readonly result: string;
  readonly feedback: Feedback;
}
export const useClose = () => useChange(({ id, ...body }: Closing) => sdk.risk.close({ params: { id }, body }));
export const useCase = () =>
  useChange(({ id, note }: { id: string; note: string }) => sdk.risk.openCase({ params: { id }, body: { note } }));
