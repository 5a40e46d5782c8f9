import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type PlanLine = Reply<typeof sdk.plans.list>['items'][number];
export type Plan = Reply<typeof sdk.plans.get>;
export type Task = Reply<typeof sdk.plans.occurrences>['items'][number];
export type Round = Reply<typeof sdk.plans.round>;
export type PlanDraft = Parameters<typeof sdk.plans.create>[0]['body'];
export type Definition = PlanDraft['definition'];
export type TimeTrigger = Extract<Definition['trigger'], { kind: 'time' }>;

export const systems = ['hvac', 'power', 'weak-current', 'fire', 'dwelling', 'other'] as const;
export const kinds = ['inspection', 'maintenance', 'review', 'drill', 'rotation', 'report'] as const;
export const cycles = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const freeDays = ['keep', 'skip', 'next', 'previous'] as const;

export const stateColours: Record<Task['state'], string> = {
  planned: 'default',
  open: 'processing',
  missed: 'error',
  done: 'success',
  cancelled: 'default',
};

const all = ['plans'];
const yearMs = 366 * 86_400_000;

export function useFreshPlans(): void {
  useLive('plan.occurred', useSoon(all));
}

export const usePlans = () => useQuery({ queryKey: [...all, 'list'], queryFn: () => sdk.plans.list({}) });
export const usePlan = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.plans.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });
export const useTree = () => useQuery({ queryKey: [...all, 'tree'], queryFn: () => sdk.plans.tree({}) });
export const useFigures = (from: string, to: string) =>
  useQuery({ queryKey: [...all, 'figures', from, to], queryFn: () => sdk.plans.figures({ query: { from, to } }) });
export const useCalendar = (from: string, to: string) =>
  useQuery({ queryKey: [...all, 'calendar', from, to], queryFn: () => sdk.plans.calendar({ query: { from, to } }) });
export const useTasks = (from: string, to: string) =>
  useQuery({ queryKey: [...all, 'tasks', from, to], queryFn: () => sdk.plans.occurrences({ query: { from, to } }) });
/** The tasks a plan made within a year, the newest first; those under way are looked at again and again. */
export const usePlanTasks = (plan: string | undefined) =>
  useQuery({
    queryKey: [...all, 'tasks-of', plan],
    queryFn: async () => {
      const from = new Date(Date.now() - yearMs).toISOString();
      const to = new Date(Date.now() + yearMs).toISOString();
      const { items } = await sdk.plans.occurrences({ query: { from, to, ...(plan ? { plan } : {}) } });
      return items.reverse().slice(0, 50);
    },
    enabled: plan !== undefined,
    refetchInterval: 5000,
  });
export const useWorks = () => useQuery({ queryKey: [...all, 'works'], queryFn: () => sdk.plans.works() });
export const useRound = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'round', id],
    queryFn: () => sdk.plans.round({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

export const usePreview = (trigger: Definition['trigger'] | undefined) =>
  useQuery({
    queryKey: [...all, 'preview', trigger],
    queryFn: () => sdk.plans.preview({ body: { trigger: trigger as Definition['trigger'], count: 8 } }),
    enabled: trigger !== undefined,
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useCreatePlan = () => useChange((body: PlanDraft) => sdk.plans.create({ body }));
type Change = Parameters<typeof sdk.plans.change>[0]['body'];
export const useChangePlan = () =>
  useChange(({ plan, change }: { plan: Pick<PlanLine, 'id' | 'version'>; change: Change }) =>
    sdk.plans.change({ params: { id: plan.id }, body: change }, { ifMatch: plan.version }),
  );

type Reading = Parameters<typeof sdk.plans.read>[0]['body'];
export const useRead = (round: string) => useChange((body: Reading) => sdk.plans.read({ params: { id: round }, body }));
