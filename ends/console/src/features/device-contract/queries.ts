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

interface NewPaper {
  paper: Omit<Paper, 'record'>;
  /** Its scan; kept in the records for as long as they must be, also when the paper is taken off again. */
  file: File | undefined;
  others: readonly Paper[];
}

const storeLevel = 2;
const retentionYears = 10;

/** Adds a paper to those a thing has, with its scan when there is one. */
export function useAddPaper(thing: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ paper, file, others }: NewPaper) => {
      const record = file === undefined ? null : await keepScan(thing, file);
      return sdk.things.putEvidence({ params: { id: thing }, body: [...others, { ...paper, record }] });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
  });
}

async function keepScan(thing: string, file: File): Promise<string> {
  const { placeId } = await sdk.things.get({ params: { id: thing } });
  const { id } = await sdk.records.put({
    query: {
      name: file.name,
      mediaType: file.type || 'application/octet-stream',
      subject: `thing:${thing}`,
      storeLevel,
      retentionYears,
      ...(placeId ? { place: placeId } : {}),
    },
    body: file,
  });
  return id;
}
