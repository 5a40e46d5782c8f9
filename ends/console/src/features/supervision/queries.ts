import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Board = Reply<typeof sdk.supervision.board>;
export type Figure = Board['figures'][number];
export type Measure = Reply<typeof sdk.measures.list>[number];
export type Part = Reply<typeof sdk.measures.children>['children'][number];
export type CountedRow = Reply<typeof sdk.measures.rows>['items'][number];

const all = ['supervision'];
const placeOf = (place: string | undefined) => (place ? { place } : {});

interface Told {
  place: string;
  figures: Pick<Figure, 'measure' | 'num' | 'den' | 'rows' | 'value'>[];
}

/** The board with the figures that were told for its path. */
export function withTold(board: Board | undefined, { place, figures }: Told): Board | undefined {
  if (!board || board.path !== place || figures.length === 0) return board;
  const news = new Map(figures.map((figure) => [figure.measure, figure]));
  return { ...board, figures: board.figures.map((figure) => ({ ...figure, ...news.get(figure.measure) })) };
}

/**
 * The board of a place. The headlines are shown the moment they are told; the rest is asked anew soon after the platform says
 * that something moved.
 */
export function useBoard(place: string | undefined) {
  const client = useQueryClient();
  const queryKey = [...all, 'board', place ?? ''];
  const again = useSoon([...all, 'board'], 1000);
  const partsAgain = useSoon([...all, 'parts'], 3000);
  useLive<Told>('supervision.board', (told) => {
    client.setQueryData<Board>(queryKey, (board) => withTold(board, told));
    again();
    partsAgain();
  });
  return useQuery({
    queryKey,
    queryFn: () => sdk.supervision.board({ query: placeOf(place) }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** Every figure of a place at the end of a day, as it was told then where it was kept. */
export const useFiguresOf = (place: string | undefined, day: string | undefined) =>
  useQuery({
    queryKey: [...all, 'figures', place, day],
    queryFn: () => sdk.measures.figures({ query: { ...placeOf(place), ...(day ? { day } : {}) } }),
    enabled: day !== undefined,
    staleTime: 300_000,
  });

export const useMeasures = () =>
  useQuery({
    queryKey: [...all, 'measures'],
    queryFn: () => sdk.measures.list({}),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useParts = (measure: string, place: string | undefined, kind?: 'project' | 'building') =>
  useQuery({
    queryKey: [...all, 'parts', measure, place, kind],
    queryFn: () =>
      sdk.measures.children({ params: { measure }, query: { ...placeOf(place), ...(kind ? { kind } : {}) } }),
    placeholderData: keepPreviousData,
  });

export const useTrend = (measure: string, place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'trend', measure, place],
    queryFn: () => sdk.measures.trend({ params: { measure }, query: { months: 13, ...placeOf(place) } }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });

/** The rows a figure counts, page by page. */
export const useRows = (measure: string, place: string | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'parts', 'rows', measure, place],
    queryFn: ({ pageParam }) =>
      sdk.measures.rows({
        params: { measure },
        query: { limit: 200, ...placeOf(place), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** A place and those above it that the reader may see, the highest first. */
export const useWay = (place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'way', place],
    enabled: place !== undefined,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const way: { id: string; name: string; kind: string }[] = [];
      for (let id: string | null = place ?? null; id !== null; ) {
        const found: { id: string; name: string; kind: string; parent: string | null } | null = await sdk.places
          .get({ params: { id } })
          .catch(() => null);
        if (!found) break;
        way.unshift({ id: found.id, name: found.name, kind: found.kind });
        id = found.parent;
      }
      return way;
    },
  });

export function useChange<Wish>(key: string, run: (wish: Wish) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: [...all, key] }),
  });
}
