import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import { localDate } from '@keystead/contracts/calendar';
import type { PartiesService } from '@keystead/data/parties';
import type { RecordsService } from '@keystead/data/records';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import { createGathering } from './gathering.ts';
import { createIdleFacts } from './idle-facts.ts';
import { createJudging } from './judging.ts';
import { createReports } from './reports.ts';
import { createSettings } from './settings.ts';
import { createWarningDesk } from './warning-desk.ts';
import { guardWarnings } from './warning-guard.ts';

export interface RiskDoors {
  readonly alarms: AlarmsService;
  readonly cases: CasesService;
  readonly parties: PartiesService;
  readonly policy: PolicyService;
  readonly records: RecordsService;
  readonly telemetry: TelemetryService;
  readonly things: ThingsService;
}

/** Joins the parts of the module; what comes out is what other modules know as `risk`. */
export function createRisk(kernel: Kernel, doors: RiskDoors) {
  const { alarms, cases, parties, policy, records, telemetry, things } = doors;
  const today = () => localDate(kernel.clock.now());
  const parts = { ...kernel, alarms, cases, parties, policy, records, things, today };
  const desk = createWarningDesk(parts);
  alarms.guard(guardWarnings);
  return {
    desk,
    settings: createSettings(kernel),
    reports: createReports(parts),
    judging: createJudging(parts, desk),
    idleIn: createIdleFacts(parts),
    gathering: createGathering({
      ...parts,
      saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'risk', gateway, batch),
    }),
  };
}

export type RiskService = ReturnType<typeof createRisk>;
