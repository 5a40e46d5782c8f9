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
export type Refund = Reply<typeof sdk.payments.refunds>[number];
export type Voucher = Reply<typeof sdk.ledger.vouchers>[number];
export type Collection = Reply<typeof sdk.bills.reports>[number];
export type CollectionLine = Collection['figures']['lines'][number];
export type PaymentPlan = Reply<typeof sdk.paymentPlans.list>[number];
export type Notice = Reply<typeof sdk.dunning.list>[number];
export type Pause = Reply<typeof sdk.dunning.pauses>[number];

export const rentKey = ['rent'];
const all = rentKey;
const page = 50;
/** While a run is under way its progress is looked at this often. */
const lookEvery = 2_000; // ms

/** A list page by page; the next one is asked for by the id of the last row. */
const usePaged = <Row extends { id: string }>(
  key: readonly unknown[],
  ask: (query: { limit: number; after?: string }) => Promise<Row[]>,
) =>
  useInfiniteQuery({
    queryKey: [...all, ...key],
    queryFn: ({ pageParam }) => ask({ limit: page, ...(pageParam && { after: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (rows) => (rows.length === page ? rows.at(-1)?.id : undefined),
  });

export const useLeases = (filter: { text?: string; state?: string }) =>
  usePaged(['leases', filter], (query) => sdk.leases.list({ query: { ...filter, ...query } }));

export const useLease = (id: string) =>
  useQuery({ queryKey: [...all, 'lease', id], queryFn: () => sdk.leases.get({ params: { id } }), enabled: id !== '' });
export const useChannels = () => useQuery({ queryKey: [...all, 'channels'], queryFn: () => sdk.payments.channels({}) });
export type RefundFilter = { state?: Refund['state']; place?: string };
export const useRefunds = (filter: RefundFilter) =>
  usePaged(['refunds', filter], (query) => sdk.payments.refunds({ query: { ...filter, ...query } }));
export const useCollection = () => useQuery({ queryKey: [...all, 'collection'], queryFn: () => sdk.bills.reports({}) });
export type PlanFilter = { agreement?: string; state?: PaymentPlan['state']; place?: string };
export const usePaymentPlans = (filter: PlanFilter) =>
  usePaged(['plans', filter], (query) => sdk.paymentPlans.list({ query: { ...filter, ...query } }));
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
  usePaged(['bills', filter], (query) => sdk.bills.list({ query: { ...filter, ...query } }));
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

export type PaymentFilter = { channel?: string; place?: string };
export const usePayments = (filter: PaymentFilter) =>
  usePaged(['payments', filter], (query) => sdk.payments.list({ query: { ...filter, ...query } }));
export const useDays = () => useQuery({ queryKey: [...all, 'days'], queryFn: () => sdk.payments.days({}) });
export const useDifferences = (id: string) =>
  useQuery({ queryKey: [...all, 'differences', id], queryFn: () => sdk.payments.differences({ params: { id } }) });

export type VoucherFilter = { period?: string; party?: string; kind?: string };
export const useVouchers = (filter: VoucherFilter) =>
  useInfiniteQuery({
    queryKey: [...all, 'vouchers', filter],
    queryFn: ({ pageParam }) =>
      sdk.ledger.vouchers({ query: { limit: page, ...filter, ...(pageParam && { before: pageParam }) } }),
    initialPageParam: 0,
    getNextPageParam: (rows) => (rows.length === page ? rows.at(-1)?.number : undefined),
  });
export const useClosings = () => useQuery({ queryKey: [...all, 'closings'], queryFn: () => sdk.ledger.closings({}) });

export type NoticeFilter = {
  agreement?: string;
  state?: Notice['state'];
  channel?: 'text' | 'call' | 'letter' | 'talk';
  place?: string;
};
export const useNotices = (filter: NoticeFilter) =>
  usePaged(['notices', filter], (query) => sdk.dunning.list({ query: { ...filter, ...query } }));
/** What holds reminders of a lease back, and what did before. */
export const usePauses = (agreement: string) =>
  useQuery({
    queryKey: [...all, 'pauses', agreement],
    queryFn: () => sdk.dunning.pauses({ query: { agreement, all: true } }),
  });

/** A change of anything here; what is shown is asked anew after it. */
export function useRentChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
