import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import * as history from './history.ts';
import { createImports } from './imports.ts';
import type { LetPorts } from './ports.ts';
import { createReading } from './reading.ts';
import { defaultRules, type StockRules } from './rules.ts';
import { createStockWork } from './service.ts';
import { createTimeline } from './timeline.ts';
import { createUpkeep } from './upkeep.ts';

export interface StockDoors {
  places: PlacesService;
  things: ThingsService;
  telemetry: TelemetryService;
  alarms: AlarmsService;
}

/** Joins the parts of the module; what comes out is what other modules know as `stock`. */
export function createStock(kernel: Kernel, doors: StockDoors) {
  let rules: StockRules = defaultRules;
  let ports: LetPorts = {};
  const parts = { ...kernel, ...doors, rules: () => rules, ports: () => ports };
  const work = createStockWork(parts);
  const { lapseDue, warnVacancy, jobs } = createUpkeep({ ...parts, work });
  return {
    ...work,
    ...createReading(parts),
    ...createImports(parts),
    ...createTimeline(parts),
    importHistory: history.importHistory,
    openedIn: history.openedIn,
    knownOf: history.knownOf,
    lapseDue,
    warnVacancy,
    jobs,
    /** Numbers by the policy of the organisation, instead of the defaults. */
    useRules: (given: StockRules): void => {
      rules = given;
    },
    /** Who answers for leases and households. */
    plug: (given: LetPorts): void => {
      ports = { ...ports, ...given };
    },
  };
}

export type StockService = ReturnType<typeof createStock>;
