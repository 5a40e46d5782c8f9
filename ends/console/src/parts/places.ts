import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../shell/sdk.ts';

const patient = { staleTime: 300_000 };
const oneOf = (id: string) => ({
  queryKey: ['places', 'one', id],
  queryFn: () => sdk.places.get({ params: { id } }),
  ...patient,
  retry: false,
});

export const usePlace = (id: string | undefined) => useQuery({ ...oneOf(id ?? ''), enabled: id !== undefined });

export const usePlaces = (ids: readonly string[]) => useQueries({ queries: ids.map(oneOf) });

const treeBelow = async (root: string | undefined) => {
  if (root === undefined) return sdk.places.tree({ query: { depth: 1 } });
  const [node] = await sdk.places.tree({ query: { root, depth: 2 } });
  return (node?.children ?? []) as Awaited<ReturnType<typeof sdk.places.tree>>;
};

/** The branch right below a place, or the top of the tree. */
export const branchOf = (root: string | undefined) => ({
  queryKey: ['places', 'branch', root ?? ''],
  queryFn: () => treeBelow(root),
  staleTime: 60_000,
});

export interface NamedPlace {
  id: string;
  name: string;
  code: string;
  path: string;
}

/** The place of a path, found by walking down the tree. */
export function usePlaceByPath(path: string | undefined) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['places', 'by-path', path],
    enabled: path !== undefined && path !== '',
    ...patient,
    queryFn: async (): Promise<NamedPlace | null> => {
      let root: string | undefined;
      for (;;) {
        const below: NamedPlace[] = await client.fetchQuery(branchOf(root));
        const next = below.find((each) => path?.startsWith(each.path));
        if (!next || next.path === path) return next ?? null;
        root = next.id;
      }
    },
  });
}

export const usePlaceHits = (text: string) =>
  useQuery({
    queryKey: ['places', 'found', text],
    queryFn: () => sdk.places.list({ query: { text, limit: 30 } }),
    enabled: text !== '',
    staleTime: 10_000,
  });
