import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { PartiesService } from '@keystead/data/parties';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import { createAids } from './aids.ts';
import { createForwarding } from './forwarding.ts';
import { createHelp } from './help.ts';
import { sendOverHttp } from './medical-service.ts';
import { createVisits } from './visits.ts';

export interface CareDoors {
  readonly alarms: AlarmsService;
  readonly households: HouseholdsService;
  readonly parties: PartiesService;
  readonly telemetry: TelemetryService;
  readonly things: ThingsService;
}

/** Joins the parts of the module; what comes out is what other modules know as `care`. */
export function createCare(kernel: Kernel, { telemetry, ...doors }: CareDoors) {
  const parts = { ...kernel, ...doors };
  const visits = createVisits(parts);
  const help = createHelp(parts);
  const aids = createAids({ ...parts, visits });
  const forwarding = createForwarding({
    ...parts,
    help,
    send: sendOverHttp,
    saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'care', gateway, batch),
  });
  return { visits, help, aids, forwarding };
}

export type CareService = ReturnType<typeof createCare>;
