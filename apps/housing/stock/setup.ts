import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import { briefOf, briefRows } from './brief.ts';
import * as history from './history.ts';
import { createImports } from './imports.ts';
import type { LetPorts } from './ports.ts';
import { createReading } from './reading.ts';
import { createStockWork } from './service.ts';
import { createTimeline } from './timeline.ts';
import { createUpkeep } from './upkeep.ts';

export interface StockDoors {
  places: PlacesService;
  things: ThingsService;
  telemetry: TelemetryService;
  alarms: AlarmsService;
  policy: PolicyService;
}

/** Joins the parts of the module; what comes out is what other modules know as `stock`. */
export function createStock(kernel: Kernel, doors: StockDoors) {
  let ports: LetPorts = {};
  const parts = { ...kernel, ...doors, ports: () => ports };
  const work = createStockWork(parts);
  const { lapseDue, warnVacancy, jobs } = createUpkeep({ ...parts, work });
  return {
    ...work,
    ...createReading(parts),
    ...createImports(parts),
    ...createTimeline(parts),
    /** For who may choose a house without reach over places: by id, or those that stand ready to be let. */
    briefs: async (organisation: string, by: Parameters<typeof briefRows>[1]) =>
      (await kernel.db.systemRead(briefRows(organisation, by))).map(briefOf),
    importHistory: history.importHistory,
    openedIn: history.openedIn,
    knownOf: history.knownOf,
    lapseDue,
    warnVacancy,
    jobs,
    /** Who answers for leases and households. */
    plug: (given: LetPorts): void => {
      ports = { ...ports, ...given };
    },
  };
}

export type StockService = ReturnType<typeof createStock>;
