import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Notice = Reply<typeof sdk.notices.list>['items'][number];
export type Delivery = Reply<typeof sdk.notices.deliveries>[number];
export type NoticeBody = Parameters<typeof sdk.notices.draft>[0]['body'];
export type Audience = NoticeBody['audience'];

export const noticeKinds = ['service', 'policy', 'bill'] as const;
export const leaseStates = ['signed', 'effective', 'expiring', 'holdover'] as const;
export const feeStates = ['any', 'nothing-due', 'owing', 'late'] as const;
export const deliveryStates = ['queued', 'sent', 'failed'] as const;

const all = ['notices'];
const page = 50;
/** While a notice goes out, how far it has got is looked at this often. */
const lookEvery = 3_000; // ms

const underWay = (notice: Notice | undefined): boolean =>
  notice?.state === 'published' && (notice.told ?? 0) > notice.sent + notice.failed;

export const useNotices = (kind: (typeof noticeKinds)[number] | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', kind],
    queryFn: ({ pageParam }) =>
      sdk.notices.list({ query: { limit: page, ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(underWay)) ? lookEvery : false),
  });
export const useNotice = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.notices.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (underWay(state.data) ? lookEvery : false),
  });
export const useAudience = (place: string | undefined, { states, fees }: Audience) =>
  useQuery({
    queryKey: [...all, 'audience', place, states, fees],
    queryFn: () => sdk.notices.preview({ query: { states: states.join(','), fees, ...(place ? { place } : {}) } }),
    enabled: states.length > 0,
    placeholderData: keepPreviousData,
  });
export const useDeliveries = (id: string, state: Delivery['state'] | undefined) =>
  useInfiniteQuery({
    queryKey: [...all, 'deliveries', id, state],
    queryFn: ({ pageParam }) =>
      sdk.notices.deliveries({
        params: { id },
        query: {
          limit: page,
          ...(state ? { state: state as (typeof deliveryStates)[number] } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length === page ? last.at(-1)?.id : undefined),
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

/** Keeps a notice as a draft; answers its id. */
export const useSaveNotice = () =>
  useChange(async ({ notice, body }: { notice: Notice | undefined; body: NoticeBody }): Promise<string> => {
    if (!notice) return (await sdk.notices.draft({ body })).id;
    await sdk.notices.change({ params: { id: notice.id }, body }, { ifMatch: notice.version });
    return notice.id;
  });
export const usePublish = () => useChange((id: string) => sdk.notices.publish({ params: { id } }));
