import { rangeOf } from '@keystead/ui/time';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { sdk } from '../../../shell/sdk.ts';
import type { Property, Thing, ThingModel } from '../queries.ts';

export interface PastProps {
  thing: Pick<Thing, 'id'>;
  model: ThingModel;
  property: Property;
  /** As it stands in the address. */
  range: string;
}

const key = (thing: string, ...rest: unknown[]) => ['telemetry', 'past', thing, ...rest];
/** Spans that end now move on by themselves. */
const refetchInterval = (range: string) => (range.includes('~') ? false : 60_000);
const spanOf = (range: string) => {
  const { from, to } = rangeOf(range, new Date());
  return { from: from.toISOString(), to: to.toISOString() };
};

/** A curve as many points wide as there are pixels; 0 = not known yet. */
export const useCurve = ({ thing, property, range }: PastProps, pixels: number) =>
  useQuery({
    queryKey: key(thing.id, property.id, 'curve', range, pixels),
    queryFn: () =>
      sdk.telemetry.history({
        params: { thing: thing.id, property: property.id },
        query: { ...spanOf(range), points: pixels },
      }),
    enabled: pixels > 0,
    refetchInterval: refetchInterval(range),
    placeholderData: (before) => (before?.property === property.id ? before : undefined),
  });

export const useTimeline = ({ thing, property, range }: PastProps) =>
  useQuery({
    queryKey: key(thing.id, property.id, 'timeline', range),
    queryFn: () => sdk.telemetry.timeline({ params: { thing: thing.id, property: property.id }, query: spanOf(range) }),
    refetchInterval: refetchInterval(range),
  });

/** Readings of a span one by one. */
export const useReadings = (thing: string, property: string, range: string, order: 'asc' | 'desc', enabled = true) =>
  useInfiniteQuery({
    queryKey: key(thing, property, 'readings', range, order),
    enabled,
    queryFn: ({ pageParam }) =>
      sdk.telemetry.raw({
        params: { thing, property },
        query: { ...spanOf(range), limit: 100, order, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** Events of a span, the newest first. */
export const useEvents = (thing: string, range: string) =>
  useInfiniteQuery({
    queryKey: key(thing, 'events', range),
    queryFn: ({ pageParam }) =>
      sdk.telemetry.events({
        params: { thing },
        query: { ...spanOf(range), limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: refetchInterval(range),
    placeholderData: keepPreviousData,
  });
