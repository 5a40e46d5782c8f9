import { type AlarmsService, alarms } from '@keystead/apps/work/alarms';
import { type CasesService, cases } from '@keystead/apps/work/cases';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { startPlatform } from '@keystead/kernel/testing';
import { subjectsFrom } from '../answers.ts';
import { installPlans } from '../module.ts';
import type { Definition, PlanDraft } from '../plan.ts';
import type { PlansService } from '../setup.ts';

export type Trigger = Definition['trigger'];
export type TimeTrigger = Extract<Trigger, { kind: 'time' }>;

export const dayMs = 86_400_000;
export const monthly: TimeTrigger = {
  kind: 'time',
  every: 'month',
  interval: 1,
  at: '09:00',
  from: '2026-06-02',
  freeDays: 'keep',
};

/** The module on a database of its own, with fifty places and things whose readings are set by hand. */
export async function startBench() {
  const readings = new Map<string, number>();
  const sent: unknown[][] = [];
  const things = new Map<string, { name: string; place: string }>();
  const plans = defineModule({
    name: 'plans',
    needs: { alarms, cases, places },
    files: `${import.meta.dirname}/..`,
    setup: (kernel, { alarms, cases, places }) =>
      installPlans(kernel, {
        places,
        cases,
        alarms,
        subjects: subjectsFrom(places, { get: async (_actor, id) => things.get(id) as never }),
        gauges: { read: async (_organisation, thing, property) => readings.get(`${thing} ${property}`) },
        operations: { send: async (...call) => void sent.push(call) },
        files: { hashOf: async () => 'a'.repeat(64) },
      }),
  });
  const platform = await startPlatform(plans);
  const service = platform.services.plans as PlansService;
  const desk = platform.services.cases as CasesService;
  const ringing = platform.services.alarms as AlarmsService;
  const planner = platform.actor(
    ...'plan:read plan:write place:read place:write case:read alarm:read case:assign command:rule'.split(' '),
  );
  const worker = platform.actor(...'plan:read case:read case:handle case:write'.split(' '));
  const tree = platform.services.places as PlacesService;
  const sites: Place[] = [];
  for (let at = 1; at <= 50; at++)
    sites.push(await tree.create(planner, { parent: null, kind: 'project', code: `P${at}`, name: `小区 ${at}` }));

  let numbers = 0;
  return {
    ...{ platform, service, desk, ringing, planner, worker, sites, readings, sent, things },
    /** Number of the latest draft, as its name bears it. */
    latest: () => numbers,

    draft(trigger: Trigger, more: Partial<PlanDraft> = {}, definition: Partial<Definition> = {}): PlanDraft {
      return {
        code: `PL-${++numbers}`,
        name: `计划 ${numbers}`,
        kind: 'maintenance',
        system: 'hvac',
        subjects: [{ kind: 'place', id: sites[0]?.id ?? '' }],
        definition: { trigger, target: { kind: 'case' }, lead: 0, allow: 86_400, points: [], ...definition },
        ...more,
      };
    },

    /** A yearly trigger whose first moment is tomorrow. */
    tomorrow(): TimeTrigger {
      const from = new Date(platform.clock.now().getTime() + dayMs).toISOString().slice(0, 10);
      return { ...monthly, every: 'year', from };
    },

    /** Lets time pass day by day, as the worker would see it. */
    async passDays(days: number): Promise<void> {
      for (let at = 0; at < days; at++) {
        platform.clock.pass(86_400);
        await service.makeDue();
      }
    },

    ledger: (plan: string) =>
      service.occurrences(planner, { plan, from: new Date(0), to: new Date('2100-01-01T00:00:00Z') }),

    /** The worker takes the case of a task from beginning to end. */
    async finish(caseId: string): Promise<void> {
      const take = (step: Parameters<CasesService['take']>[2], input = {}) => desk.take(worker, caseId, step, input);
      await take('assign', { assignee: worker.id });
      await take('start');
      const items = (await desk.get(planner, caseId)).items.filter(({ doneAt }) => !doneAt);
      for (const { id } of items) await desk.tick(worker, caseId, id, true, undefined);
      await take('finish', { note: '完成' });
      await platform.drain();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof startBench>>;
