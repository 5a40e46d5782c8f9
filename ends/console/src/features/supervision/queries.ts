import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Board = Reply<typeof sdk.supervision.board>;
export type Figure = Board['figures'][number];
export type Measure = Reply<typeof sdk.measures.list>[number];
export type Report = Reply<typeof sdk.supervision.reports>[number];

const all = ['supervision'];
const placeOf = (place: string | undefined) => (place ? { place } : {});

/** The board of a place; asked anew when the platform says that something moved. */
export function useBoard(place: string | undefined) {
  useLive('supervision.board', useSoon([...all, 'now']));
  return useQuery({
    queryKey: [...all, 'now', 'board', place],
    queryFn: () => sdk.supervision.board({ query: placeOf(place) }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}

export const useMeasures = () =>
  useQuery({
    queryKey: [...all, 'measures'],
    queryFn: () => sdk.measures.list({}),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useParts = (measure: string, place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'now', 'parts', measure, place],
    queryFn: () => sdk.measures.children({ params: { measure }, query: placeOf(place) }),
    placeholderData: keepPreviousData,
  });

export const useTrend = (measure: string, place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'trend', measure, place],
    queryFn: () => sdk.measures.trend({ params: { measure }, query: { months: 13, ...placeOf(place) } }),
    placeholderData: keepPreviousData,
  });

export const useRows = (measure: string, place: string | undefined, wanted: boolean) =>
  useQuery({
    queryKey: [...all, 'rows', measure, place],
    queryFn: () => sdk.measures.rows({ params: { measure }, query: { limit: 200, ...placeOf(place) } }),
    enabled: wanted,
  });

export const useReports = () => useQuery({ queryKey: [...all, 'reports'], queryFn: () => sdk.supervision.reports({}) });
export const useTemplates = () =>
  useQuery({ queryKey: [...all, 'templates'], queryFn: () => sdk.supervision.templates({}) });

export function useMakeReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { template: string; month: string }) => sdk.supervision.makeReport({ body }),
    onSettled: () => client.invalidateQueries({ queryKey: [...all, 'reports'] }),
  });
}
