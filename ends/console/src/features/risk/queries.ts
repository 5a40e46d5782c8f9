import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Warning = Reply<typeof sdk.risk.list>['items'][number];
export type WarningKind = Warning['kind'];
export type Feedback = NonNullable<Warning['feedback']>;
export const warningStates = ['open', 'closed'] as const;
export const homeKinds = ['idle', 'sublet', 'crowding', 'vacant-use', 'lock-anomaly'] as const;
export const warningKinds = [...homeKinds, 'arrears', 'expiry'] as const;
export type RiskRules = Reply<typeof sdk.risk.rules>['rules'];
export const feedbacks: readonly Feedback[] = ['confirmed', 'unfounded', 'unclear'];

const all = ['risk'];

export const useWarnings = (state: (typeof warningStates)[number], kind: WarningKind | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', state, kind],
    queryFn: ({ pageParam }) =>
      sdk.risk.list({
        query: { limit: 50, state, ...(kind && { kind }), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useWarning = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.risk.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

export const useRules = () => useQuery({ queryKey: [...all, 'rules'], queryFn: () => sdk.risk.rules() });

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
export const useOwn = () => useChange((id: string) => sdk.risk.own({ params: { id } }));
/** Asked for each time: what is shown leaves a line in the journal. */
export const useReveal = (id: string) =>
  useMutation({ mutationFn: (reason: string) => sdk.risk.reveal({ params: { id }, body: { reason } }) });
