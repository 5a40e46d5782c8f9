import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';

export type Message = Reply<typeof sdk.messages.list>['items'][number];
export type Rule = Reply<typeof sdk.notifyRules.list>['items'][number];
export type RuleBody = Parameters<typeof sdk.notifyRules.add>[0]['body'];
export type Trigger = RuleBody['definition']['triggers'][number];
export type Channel = Reply<typeof sdk.notifyChannels.list>['items'][number];
export type ChannelBody = Parameters<typeof sdk.notifyChannels.add>[0]['body'];
export type Tried = Reply<typeof sdk.notifyChannels.try>;
export type Delivery = Reply<typeof sdk.notifyDeliveries.list>['items'][number];
export type DeliveryQuery = Omit<Parameters<typeof sdk.notifyDeliveries.list>[0]['query'], 'limit' | 'cursor'>;

export const triggers: readonly Trigger[] = [
  'alarm.raised',
  'alarm.escalated',
  'case.assigned',
  'case.warning',
  'case.overdue',
  'thing.offline',
  'device.fault',
  'maintenance.due',
  'refund.held',
  'job.troubled',
  'system.troubled',
];
export const channelKinds = ['in-app', 'mail', 'sms', 'webhook'] as const;
export const deliveryStates = ['queued', 'sent', 'failed', 'suppressed'] as const;

const messages = ['messages'];

/** One's messages are asked again when one of one's own arrives. */
export function useFreshMessages(): void {
  const { session } = useSession();
  const again = useSoon(messages);
  useLive<{ receiver: string }>('notify.message', ({ receiver }) => {
    if (receiver === session?.user.id) again();
  });
  useLive('returned', again);
}

export const useMessages = (unread: boolean) =>
  useInfiniteQuery({
    queryKey: [...messages, 'list', unread],
    queryFn: ({ pageParam }) =>
      sdk.messages.list({
        query: { limit: 50, ...(unread ? { unread } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useUnreadCount = () =>
  useQuery({ queryKey: [...messages, 'count'], queryFn: () => sdk.messages.unreadCount(), refetchInterval: 120_000 });

function useChange<Input, Result>(keys: readonly string[], change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: keys }) });
}

export const useMarkRead = () => useChange(messages, (id: string) => sdk.messages.markRead({ params: { id } }));
export const useMarkAllRead = () => useChange(messages, (_: undefined) => sdk.messages.markAllRead());

const rules = ['notify-rules'];
export const useRules = () => useQuery({ queryKey: rules, queryFn: () => sdk.notifyRules.list() });
export const useSaveRule = () =>
  useChange(rules, async ({ rule, body }: { rule?: Rule; body: RuleBody }) => {
    if (rule) await sdk.notifyRules.edit({ params: { id: rule.id }, body }, { ifMatch: rule.version });
    else await sdk.notifyRules.add({ body });
  });
export const useRemoveRule = () => useChange(rules, (id: string) => sdk.notifyRules.remove({ params: { id } }));
export const useTryRule = () =>
  useChange(['notify-deliveries'], (id: string) => sdk.notifyRules.try({ params: { id } }));
export const usePreview = () =>
  useMutation({
    mutationFn: (body: Parameters<typeof sdk.notifyRules.preview>[0]['body']) => sdk.notifyRules.preview({ body }),
  });

const channels = ['notify-channels'];
export const useChannels = () => useQuery({ queryKey: channels, queryFn: () => sdk.notifyChannels.list() });
export const useSaveChannel = () =>
  useChange(channels, async ({ channel, body }: { channel?: Channel; body: ChannelBody }) => {
    if (channel) await sdk.notifyChannels.edit({ params: { id: channel.id }, body }, { ifMatch: channel.version });
    else await sdk.notifyChannels.add({ body });
  });
export const useRemoveChannel = () =>
  useChange(channels, (id: string) => sdk.notifyChannels.remove({ params: { id } }));

export const useTryChannel = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: string; to?: string }) => sdk.notifyChannels.try({ params: { id }, body }),
  });

const targets = ['notify-targets'];
export const useTargets = (enabled: boolean) =>
  useQuery({ queryKey: targets, queryFn: () => sdk.notifyTargets.get(), enabled });
export const useSaveTargets = () =>
  useChange(targets, (list: string[]) => sdk.notifyTargets.set({ body: { targets: list } }));

const deliveries = ['notify-deliveries'];
export const useDeliveries = (filter: DeliveryQuery) =>
  useInfiniteQuery({
    queryKey: [...deliveries, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.notifyDeliveries.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
export const useResend = () => useChange(deliveries, (id: string) => sdk.notifyDeliveries.resend({ params: { id } }));
export const useSmsOutbox = (enabled: boolean) =>
  useQuery({
    queryKey: [...deliveries, 'sms'],
    queryFn: () => sdk.notifyDeliveries.smsOutbox({ query: { limit: 100 } }),
    enabled,
  });
