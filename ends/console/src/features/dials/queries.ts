import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Check = Reply<typeof sdk.dials.get>;
export type CheckState = Check['state'];
export type CheckQuery = { thing?: string; state?: CheckState };
export type Review = Parameters<typeof sdk.dials.review>[0]['body'];

/** In the order in which they ask for a look. */
export const states: readonly CheckState[] = ['waiting', 'agrees', 'confirmed', 'corrected', 'unreadable'];
export const verdicts: readonly Review['verdict'][] = ['confirmed', 'corrected', 'unreadable'];

export const all = ['dials'];

export const useChecks = (query: CheckQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query],
    queryFn: ({ pageParam }) =>
      sdk.dials.list({ query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useCheck = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.dials.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** A corrected register is seen wherever readings are shown, so those are asked again too. */
export function useReview(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Review) => sdk.dials.review({ params: { id }, body }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: all }), client.invalidateQueries({ queryKey: ['telemetry'] })]),
  });
}

export interface Kept {
  dial: string;
  takenAt: string;
  photo: File;
}

export const keepPhoto = (thing: string, { dial, takenAt, photo }: Kept) =>
  sdk.dials.keep({
    query: { thing, dial, takenAt, name: photo.name, mediaType: photo.type || 'image/jpeg' },
    body: photo,
  });
