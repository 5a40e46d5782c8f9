import type { Reply } from '@keystead/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isProblem, sdk } from '../../shell/sdk.ts';

export type Agent = Reply<typeof sdk.fleet.list>['items'][number];
export type Version = Reply<typeof sdk.fleet.versions>[number];
export type LineEvent = Reply<typeof sdk.links.changes>[number];
export type Doors = Reply<typeof sdk.fleet.doors>;
export type JoinToken = Reply<typeof sdk.fleet.joinTokens>[number];
export type GapStatement = Reply<typeof sdk.fleet.gaps>;

export const fleetKey = ['fleet'];
const all = fleetKey;
/** Agents tell of themselves once a minute, and after each change of their configuration. */
const lookEvery = 5_000; // ms

export const useAgents = (text: string | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', text],
    queryFn: ({ pageParam }) =>
      sdk.fleet.list({ query: { limit: 50, ...(text ? { text } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: lookEvery,
  });

export const useAgent = (id: string) =>
  useQuery({
    queryKey: [...all, 'agent', id],
    queryFn: () => sdk.fleet.get({ params: { id } }),
    refetchInterval: lookEvery,
  });

/** The newest configuration; null = none was given yet. */
export const useConfiguration = (id: string) =>
  useQuery({
    queryKey: [...all, 'configuration', id],
    queryFn: async () => {
      try {
        return await sdk.fleet.configuration({ params: { id }, query: {} });
      } catch (cause) {
        if (isProblem(cause) && cause.status === 404) return null;
        throw cause;
      }
    },
  });

export const useVersions = (id: string) =>
  useQuery({
    queryKey: [...all, 'versions', id],
    queryFn: () => sdk.fleet.versions({ params: { id } }),
  });

export const useLineEvents = (id: string) =>
  useQuery({
    queryKey: [...all, 'line-events', id],
    queryFn: () => sdk.links.changes({ params: { id } }),
    refetchInterval: lookEvery,
  });

/** What an agent says of itself besides its status: the candidates on its lines. */
export const useAttributes = (id: string) =>
  useQuery({
    queryKey: [...all, 'attributes', id],
    queryFn: () => sdk.things.attributes({ params: { id } }),
    refetchInterval: lookEvery,
  });

export const useGaps = (id: string, from: string, to: string) =>
  useQuery({
    queryKey: [...all, 'gaps', id, from, to],
    queryFn: () => sdk.fleet.gaps({ params: { id }, query: { from, to } }),
  });

/** Where a new node finds the platform; asked for anew with each dialog, for a certificate may change. */
export const useDoors = () => useQuery({ queryKey: [...all, 'doors'], queryFn: () => sdk.fleet.doors({}) });

export const useJoinTokens = () =>
  useQuery({ queryKey: [...all, 'tokens'], queryFn: () => sdk.fleet.joinTokens({}), refetchInterval: lookEvery });

export function useFleetChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
