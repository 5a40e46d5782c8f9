import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Report = Reply<typeof sdk.things.contractReport>;
export type ShortThing = Report['items'][number];
export type Gap = ShortThing['gaps'][number];
export type ReportQuery = Parameters<typeof sdk.things.contractReport>[0]['query'];
export type ReportFilter = Omit<ReportQuery, 'limit' | 'cursor'>;

export type Paper = Reply<typeof sdk.things.evidence>[number];

const all = ['device-contract'];

export const useReport = (filter: ReportFilter) =>
  useInfiniteQuery({
    queryKey: [...all, 'report', filter],
    queryFn: ({ pageParam }) =>
      sdk.things.contractReport({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useCoverage = () =>
  useQuery({ queryKey: [...all, 'coverage'], queryFn: () => sdk.things.sounderCoverage({ query: {} }) });

const papersOf = (thing: string) => [...all, 'papers', thing];

export const usePapers = (thing: string) =>
  useQuery({ queryKey: papersOf(thing), queryFn: () => sdk.things.evidence({ params: { id: thing } }) });

/** Replaces all papers of a thing; the report is asked again. */
export function useSavePapers(thing: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Paper[]) => sdk.things.putEvidence({ params: { id: thing }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
  });
}
