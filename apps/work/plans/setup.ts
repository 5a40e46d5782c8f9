import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import type { PlacesService } from '@keystead/data/places';
import { type Job, job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { createMaking } from './making.ts';
import type { Files, Gauges, Operations, Subjects } from './ports.ts';
import { createPlanReading } from './reading.ts';
import { createRounds } from './rounds.ts';
import { createPlanWork } from './service.ts';
import { createWorks } from './works.ts';

export interface PlanDoors {
  places: Pick<PlacesService, 'pathOf'>;
  cases: CasesService;
  alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  subjects: Subjects;
  gauges: Gauges;
  operations?: Operations;
  files?: Files;
}

/** Joins the parts of the module; what comes out is what other modules know as `plans`. */
export function createPlans(kernel: Kernel, doors: PlanDoors) {
  const t = kernel.catalogue.in('zh-CN');
  const works = createWorks(kernel);
  const parts = { ...kernel, operations: undefined, files: undefined, ...doors, t, works };
  const making = createMaking(parts);
  const jobs: Job[] = [
    job({
      name: 'plans.make-due',
      every: 10,
      timeout: 120,
      run: async (_payload, { signal }) => void (await making.makeDue(signal)),
    }),
    job({
      name: 'plans.chase-overdue',
      every: 15,
      timeout: 120,
      run: async (_payload, { signal }) => void (await making.chaseOverdue(signal)),
    }),
  ];
  const { offer, isPlanned } = works;
  return {
    ...createPlanWork(parts),
    ...createPlanReading(kernel),
    ...createRounds(parts),
    ...making,
    offer,
    isPlanned,
    works: works.works,
    jobs,
  };
}

export type PlansService = ReturnType<typeof createPlans>;
