import type { Reply } from '@keystead/sdk';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Place = Reply<typeof sdk.places.get>;
export type PlaceDraft = Parameters<typeof sdk.places.create>[0]['body'];
export type PlaceChange = Parameters<typeof sdk.places.update>[0]['body'];
export type PlaceNode = Reply<typeof sdk.places.tree>[number];

const all = ['places'];

/** Everything about places is asked again when somebody changes the tree. */
export function useFreshPlaces(): void {
  const again = useSoon(all);
  useLive('place.changed', again);
  useLive('place.imported', again);
}

/** Branches of the tree that are open; `undefined` = the top. */
export function useBranches(open: readonly (string | undefined)[]) {
  return useQueries({
    queries: open.map((root) => ({
      queryKey: [...all, 'branch', root ?? ''],
      queryFn: async (): Promise<PlaceNode[]> => {
        if (root === undefined) return sdk.places.tree({ query: { depth: 1 } });
        const [node] = await sdk.places.tree({ query: { root, depth: 2 } });
        return (node?.children ?? []) as PlaceNode[];
      },
      staleTime: 60_000,
    })),
  });
}

export const usePlace = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.places.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** The place and what it stands in, from the top down. */
export function useLineage(id: string | undefined) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...all, 'lineage', id],
    enabled: id !== undefined,
    queryFn: async () => {
      const line: Place[] = [];
      for (let next: string | null = id ?? null; next !== null; ) {
        const at: string = next;
        const place: Place = await client.fetchQuery({
          queryKey: [...all, 'one', at],
          queryFn: () => sdk.places.get({ params: { id: at } }),
          staleTime: 60_000,
        });
        line.unshift(place);
        next = place.parent;
      }
      return line;
    },
  });
}

export const useChildren = (id: string) =>
  useQuery({ queryKey: [...all, 'children', id], queryFn: () => sdk.places.children({ params: { id } }) });

export const useFound = (text: string) =>
  useQuery({
    queryKey: [...all, 'found', text],
    queryFn: () => sdk.places.list({ query: { text, limit: 50 } }),
    enabled: text !== '',
  });

export const useGrid = (id: string) =>
  useQuery({ queryKey: [...all, 'grid', id], queryFn: () => sdk.places.grid({ params: { id } }) });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useCreatePlace = () => useChange((body: PlaceDraft) => sdk.places.create({ body }));

export const useUpdatePlace = () =>
  useChange(({ place, change }: { place: Place; change: PlaceChange }) =>
    sdk.places.update({ params: { id: place.id }, body: change }, { ifMatch: place.version }),
  );

export const useMovePlace = () =>
  useChange(({ place, parent }: { place: Place; parent: string | null }) =>
    sdk.places.move({ params: { id: place.id }, body: { parent } }, { ifMatch: place.version }),
  );

/** Everything is asked again but what was shown of the place itself: there is nothing left to ask. */
export function useRemovePlace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sdk.places.remove({ params: { id } }),
    onSettled: (_done, _cause, id) =>
      void client.invalidateQueries({ queryKey: all, predicate: ({ queryKey }) => !queryKey.includes(id) }),
  });
}
