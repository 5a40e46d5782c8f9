import type { Reply } from '@keystead/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type LeaseRow = Reply<typeof sdk.leases.list>[number];
export type Lease = Reply<typeof sdk.leases.get>;
export type BillRow = Reply<typeof sdk.bills.list>[number];
export type Bill = Reply<typeof sdk.bills.get>;
export type Run = Reply<typeof sdk.bills.runs>[number];
export type Subject = Reply<typeof sdk.fees.subjects>[number];
export type Tariff = Reply<typeof sdk.fees.tariffs>[number];
export type Payment = Reply<typeof sdk.payments.list>[number];
export type DayOfChannel = Reply<typeof sdk.payments.days>[number];
export type Difference = Reply<typeof sdk.payments.differences>[number];
export type Channel = Reply<typeof sdk.payments.channels>[number];
export type ChannelRefund = Reply<typeof sdk.payments.channelRefunds>[number];
export type Collection = Reply<typeof sdk.bills.reports>[number];
export type CollectionLine = Collection['figures']['lines'][number];
export type PaymentPlan = Reply<typeof sdk.paymentPlans.list>[number];
export type Notice = Reply<typeof sdk.dunning.list>[number];

export const rentKey = ['rent'];
const all = rentKey;
const page = 50;
/** While a run is under way its progress is looked at this often. */
const lookEvery = 2_000; // ms

const nextAfter = (rows: readonly { id: string }[]): string | undefined =>
  rows.length === page ? rows.at(-1)?.id : undefined;

export const useLeases = (filter: { text?: string; state?: string }) =>
  useInfiniteQuery({
    queryKey: [...all, 'leases', filter],
    queryFn: ({ pageParam }) =>
      sdk.leases.list({ query: { limit: page, ...filter, ...(pageParam && { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: nextAfter,
  });

export const useLease = (id: string) =>
  useQuery({ queryKey: [...all, 'lease', id], queryFn: () => sdk.leases.get({ params: { id } }), enabled: id !== '' });
export const useChannels = () => useQuery({ queryKey: [...all, 'channels'], queryFn: () => sdk.payments.channels({}) });
export const useChannelRefunds = () =>
  useQuery({ queryKey: [...all, 'refunds'], queryFn: () => sdk.payments.channelRefunds({ query: { limit: 200 } }) });
export const useCollection = () => useQuery({ queryKey: [...all, 'collection'], queryFn: () => sdk.bills.reports({}) });
export const usePaymentPlans = (agreement: string | undefined) =>
  useQuery({
    queryKey: [...all, 'plans', agreement],
    queryFn: () => sdk.paymentPlans.list({ query: { limit: 200, ...(agreement && { agreement }) } }),
  });
export const useLeaseVersions = (id: string) =>
  useQuery({ queryKey: [...all, 'versions', id], queryFn: () => sdk.leases.versions({ params: { id } }) });
export const useFeeChanges = (id: string) =>
  useQuery({ queryKey: [...all, 'fee-changes', id], queryFn: () => sdk.leases.feeChanges({ params: { id } }) });
export const useSignatures = (id: string) =>
  useQuery({ queryKey: [...all, 'signatures', id], queryFn: () => sdk.leases.signatures({ params: { id } }) });

/** Undefined data while there is none: it is made soon after the last signature. */
export const useContract = (id: string) =>
  useQuery({ queryKey: [...all, 'contract', id], queryFn: () => sdk.contracts.get({ params: { id } }), retry: false });
export const useContractProof = (id: string) =>
  useQuery({ queryKey: [...all, 'contract-proof', id], queryFn: () => sdk.contracts.prove({ params: { id } }) });

export type BillState = 'open' | 'late' | 'paid' | 'reversed';
export const useBills = (filter: { period?: string; state?: BillState; place?: string; agreement?: string }) =>
  useInfiniteQuery({
    queryKey: [...all, 'bills', filter],
    queryFn: ({ pageParam }) =>
      sdk.bills.list({ query: { limit: page, ...filter, ...(pageParam && { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: nextAfter,
  });
export const useBill = (id: string) =>
  useQuery({ queryKey: [...all, 'bill', id], queryFn: () => sdk.bills.get({ params: { id } }) });
export const useFigures = (period: string) =>
  useQuery({ queryKey: [...all, 'figures', period], queryFn: () => sdk.bills.figures({ query: { period } }) });
export const useRuns = () =>
  useQuery({
    queryKey: [...all, 'runs'],
    queryFn: () => sdk.bills.runs({}),
    refetchInterval: ({ state }) => (state.data?.some((run) => run.state === 'running') ? lookEvery : false),
  });

export const useSubjects = () => useQuery({ queryKey: [...all, 'subjects'], queryFn: () => sdk.fees.subjects({}) });
export const useTariffs = () => useQuery({ queryKey: [...all, 'tariffs'], queryFn: () => sdk.fees.tariffs({}) });
export const useBillRules = () => useQuery({ queryKey: [...all, 'rules'], queryFn: () => sdk.fees.rules({}) });

export const usePayments = () =>
  useQuery({ queryKey: [...all, 'payments'], queryFn: () => sdk.payments.list({ query: { limit: 200 } }) });
export const useDays = () => useQuery({ queryKey: [...all, 'days'], queryFn: () => sdk.payments.days({}) });
export const useDifferences = (id: string) =>
  useQuery({ queryKey: [...all, 'differences', id], queryFn: () => sdk.payments.differences({ params: { id } }) });

export const useVouchers = (filter: { period?: string; party?: string }) =>
  useQuery({
    queryKey: [...all, 'vouchers', filter],
    queryFn: () => sdk.ledger.vouchers({ query: { limit: 200, ...filter } }),
  });
export const useClosings = () => useQuery({ queryKey: [...all, 'closings'], queryFn: () => sdk.ledger.closings({}) });

export type NoticeState = 'queued' | 'sent' | 'delivered' | 'failed' | 'skipped';
export const useNotices = (state: NoticeState | undefined) =>
  useQuery({
    queryKey: [...all, 'notices', state],
    queryFn: () => sdk.dunning.list({ query: { limit: 200, ...(state && { state }) } }),
  });

/** A change of anything here; what is shown is asked anew after it. */
export function useRentChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
