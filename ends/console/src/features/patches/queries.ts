import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Task = Reply<typeof sdk.patches.tasks>['items'][number];
export type AdvisoryFile = Reply<typeof sdk.patches.advisory>;
export type Finding = AdvisoryFile['findings'][number];
export type TaskState = Task['state'];
export const taskStates: readonly TaskState[] = ['open', 'verified', 'waived'];

const all = ['patches'];

export const useTasks = (state: TaskState | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'tasks', state],
    queryFn: ({ pageParam }) =>
      sdk.patches.tasks({
        query: { limit: 50, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useAdvisory = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'advisory', id],
    queryFn: () => sdk.patches.advisory({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useCheck = () => useChange((_: undefined) => sdk.patches.check());

/** A file of advisories: its format is told by what it holds. */
export const useImport = () =>
  useChange((text: string) => {
    const read: unknown = JSON.parse(text);
    const documents = Array.isArray(read) ? read : [read];
    const csaf = documents.some((each) => each !== null && typeof each === 'object' && 'document' in each);
    return sdk.patches.importAdvisories({ body: { format: csaf ? 'csaf' : 'osv', documents } });
  });
