import type { Reply } from '@keystead/sdk';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type CaseLine = Reply<typeof sdk.cases.list>['items'][number];
export type CaseFile = Reply<typeof sdk.cases.get>;
export type CaseKind = Reply<typeof sdk.cases.kinds>['items'][number];
export type CaseState = CaseLine['state'];
export type CaseStep = CaseFile['steps'][number];
export type CaseDraft = Parameters<typeof sdk.cases.open>[0]['body'];
export type CaseQuery = Omit<Parameters<typeof sdk.cases.list>[0]['query'], 'limit' | 'cursor'>;
export type StepBody = Parameters<typeof sdk.cases.assign>[0]['body'];

const all = ['cases'];

/** Everything shown of cases is asked again when one of them moves on or passes a deadline. */
export function useFreshCases(): void {
  const again = useSoon(all);
  useLive('case.changed', again);
  useLive('case.clock-passed', again);
  useLive('returned', again);
}

export const useKinds = () =>
  useQuery({ queryKey: ['case-kinds'], queryFn: () => sdk.cases.kinds(), staleTime: Number.POSITIVE_INFINITY });

export const useCases = (filter: CaseQuery, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    enabled,
    queryFn: ({ pageParam }) =>
      sdk.cases.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** How many cards a column of the board shows. */
export const columnLimit = 30;

export const useBoard = (filter: CaseQuery, enabled: boolean) =>
  useQuery({
    queryKey: [...all, 'board', filter],
    enabled,
    queryFn: () => sdk.cases.board({ query: filter }),
    placeholderData: keepPreviousData,
  });

/** The newest cases of each of some states. */
export const useColumns = (filter: CaseQuery, states: readonly CaseState[], enabled: boolean) =>
  useQueries({
    queries: states.map((state) => ({
      queryKey: [...all, 'column', state, filter],
      enabled,
      queryFn: () => sdk.cases.list({ query: { ...filter, state: [state], limit: columnLimit } }),
      placeholderData: keepPreviousData,
    })),
  });

export const useCase = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.cases.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

export const useTodos = () =>
  useQuery({ queryKey: [...all, 'todos'], queryFn: () => sdk.cases.todos(), refetchInterval: 120_000 });

/** A change of one case; every route answers with the whole file, which is shown at once. */
export function useChange<Input>(change: (input: Input) => Promise<CaseFile>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (file) => client.setQueryData([...all, 'one', file.id], file),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

/** Takes a step; it is refused when the case moved on in the meantime. */
export const useStep = () =>
  useChange(({ file, step, body }: { file: CaseFile; step: CaseStep; body: StepBody }) => {
    if (step === 'recover') throw new TypeError('recover is the platform’s own step');
    return sdk.cases[step]({ params: { id: file.id }, body }, { ifMatch: file.version });
  });

export const useRate = () =>
  useChange(({ id, rating, note }: { id: string; rating: number; note?: string }) =>
    sdk.cases.rate({ params: { id }, body: { rating, ...(note ? { note } : {}) } }),
  );

export const useOpenCase = () => useChange((body: CaseDraft) => sdk.cases.open({ body }));
