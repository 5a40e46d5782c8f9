import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Summary = Reply<typeof sdk.links.summary>[number];
export type Line = Reply<typeof sdk.links.lines>[number];
export type Delay = Reply<typeof sdk.telemetry.delays>['items'][number];
export type HistoryPoint = Reply<typeof sdk.links.history>[number];

type SummaryQuery = NonNullable<NonNullable<Parameters<typeof sdk.links.summary>[0]>['query']>;
export type Grouping = NonNullable<SummaryQuery['by']>;
export type Bearer = NonNullable<SummaryQuery['bearer']>;
type LinesQuery = NonNullable<NonNullable<Parameters<typeof sdk.links.lines>[0]>['query']>;
export type Flaw = NonNullable<LinesQuery['only']>;

/** What the page is about: a place with all below it, one bearer. */
export interface Choice {
  place?: string | undefined;
  bearer?: Bearer | undefined;
}

const all = ['links'];
/** The survey looks each half minute; who comes and goes is told at once. */
const every = 15_000;

const asked = ({ place, bearer }: Choice) => ({
  ...(place === undefined ? {} : { place }),
  ...(bearer === undefined ? {} : { bearer }),
});

export function useSummary(by: Grouping, choice: Choice) {
  useLive('thing.online', useSoon([...all, 'summary']));
  return useQuery({
    queryKey: [...all, 'summary', by, choice],
    queryFn: () => sdk.links.summary({ query: { by, ...asked(choice) } }),
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
}

export const useSignal = (choice: Choice) =>
  useQuery({
    queryKey: [...all, 'signal', choice],
    queryFn: () => sdk.links.signal({ query: asked(choice) }),
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });

export const useLines = (only: Flaw | undefined, choice: Choice) =>
  useQuery({
    queryKey: [...all, 'lines', only, choice],
    queryFn: () => sdk.links.lines({ query: { limit: 200, ...(only ? { only } : {}), ...asked(choice) } }),
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });

export const useDelays = (days: number, place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'delays', days, place],
    queryFn: () => {
      const to = new Date();
      const from = new Date(to.getTime() - days * 86_400_000);
      const under = place === undefined ? {} : { under: place };
      return sdk.telemetry.delays({ query: { from: from.toISOString(), to: to.toISOString(), ...under } });
    },
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

export const useHistory = (hours: number, choice: Choice) =>
  useQuery({
    queryKey: [...all, 'history', hours, choice],
    queryFn: () => sdk.links.history({ query: { hours, ...asked(choice) } }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
