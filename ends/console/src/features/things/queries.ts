import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Thing = Reply<typeof sdk.things.get>;
export type ThingQuery = Parameters<typeof sdk.things.list>[0]['query'];
export type ThingFilter = Omit<ThingQuery, 'limit' | 'cursor' | 'count'>;
export type ThingDraft = Parameters<typeof sdk.things.create>[0]['body'];
export type ThingChange = Parameters<typeof sdk.things.update>[0]['body'];
export type ThingModel = Reply<typeof sdk.models.list>[number];
export type Property = ThingModel['properties'][number];

const all = ['things'];

/** What changes in the ledger of things makes it be asked again, gathered so that a storm does not become one of requests. */
export function useFreshThings(): void {
  const again = useSoon(all);
  useLive('thing.changed', again);
  useLive('thing.imported', again);
  useLive('thing.online', again);
}

export const useThings = (filter: ThingFilter, enabled = true) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', filter],
    enabled,
    queryFn: ({ pageParam }) =>
      sdk.things.list({
        query: { ...filter, limit: 50, count: pageParam === '', ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useThing = (id: string) =>
  useQuery({ queryKey: [...all, 'one', id], queryFn: () => sdk.things.get({ params: { id } }) });

/** The newest version of each model; kept by every page, for names of families and properties. */
export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });

/** All versions of a family, the newest first. */
export const useModelVersions = (family: string | undefined) =>
  useQuery({
    queryKey: ['models', family],
    queryFn: () => sdk.models.get({ params: { family: family ?? '' } }),
    enabled: family !== undefined,
    staleTime: 60_000,
  });

/** What is measured before devices go into service, by family. */
export const useCommissioning = (enabled: boolean) =>
  useQuery({ queryKey: ['commissioning'], queryFn: () => sdk.models.commissioning(), enabled });

/** The model version a thing speaks. */
export function useModelOf(thing: Pick<Thing, 'family' | 'modelVersion'> | undefined): ThingModel | undefined {
  const { data } = useModelVersions(thing?.family);
  return data?.find((model) => model.version === thing?.modelVersion) ?? data?.[0];
}

/** A place by its id, for its path and name. */
export const usePlaceById = (id: string | undefined) =>
  useQuery({
    queryKey: ['places', 'one', id],
    queryFn: () => sdk.places.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
    staleTime: 60_000,
  });

/** Asking something about one thing: `what` names it in the cache, so that changes ask it again. */
export const useOf = <Data>(id: string, what: string, ask: () => Promise<Data>) =>
  useQuery({ queryKey: [...all, what, id], queryFn: ask });

/** A change of a thing; everything shown of things is asked again afterwards. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
