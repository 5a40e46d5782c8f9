import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Status = Reply<typeof sdk.system.status>;
export type Probe = Status['probes'][number];
export type Process = Status['processes'][number];
export type Job = Reply<typeof sdk.system.jobs>['items'][number];
export type Backup = Reply<typeof sdk.system.backups>['items'][number];
export type Delivery = Reply<typeof sdk.system.deliveries>['items'][number];
export type Limits = Reply<typeof sdk.system.thresholds>;
export type Limit = Limits['limits'][string];

const all = ['system'];
/** Probes are read every five seconds; the page looks as often. */
const often = 5_000;

export const useStatus = () =>
  useQuery({ queryKey: [...all, 'status'], queryFn: () => sdk.system.status(), refetchInterval: often });

export const useJobs = () =>
  useQuery({ queryKey: [...all, 'jobs'], queryFn: () => sdk.system.jobs(), refetchInterval: often });

export const useBackups = () => useQuery({ queryKey: [...all, 'backups'], queryFn: () => sdk.system.backups() });

export const useDeliveries = (givenUp: boolean) =>
  useInfiniteQuery({
    queryKey: [...all, 'deliveries', givenUp],
    queryFn: ({ pageParam }) =>
      sdk.system.deliveries({
        query: { limit: 50, ...(givenUp ? { givenUp } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useRetry = () =>
  useChange(({ event, subscription }: Pick<Delivery, 'event' | 'subscription'>) =>
    sdk.system.retryDelivery({ params: { event, subscription } }),
  );

export const useLimits = (enabled: boolean) =>
  useQuery({ queryKey: [...all, 'limits'], queryFn: () => sdk.system.thresholds(), enabled });

/** Changes the limits of one probe; `null` brings back the usual ones. */
export const useSetLimit = () =>
  useChange(({ source, limit, version }: { source: string; limit: Limit | null; version: number }) =>
    sdk.system.changeThresholds({ body: { limits: { [source]: limit } } }, { ifMatch: version }),
  );
