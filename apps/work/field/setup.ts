import type { CasesService } from '@keystead/apps/work/cases';
import type { MaintenanceService } from '@keystead/apps/work/maintenance';
import type { PlansService } from '@keystead/apps/work/plans';
import type { RecordsService } from '@keystead/data/records';
import type { ThingsService } from '@keystead/data/things';
import { movePaths, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { createDevices } from './devices.ts';
import { createDoing } from './doing.ts';
import { createLedger } from './ledger.ts';
import { createPhotos } from './photos.ts';
import { createTasks } from './tasks.ts';

export interface FieldDoors {
  readonly cases: CasesService;
  readonly plans: Pick<PlansService, 'readIn' | 'round'>;
  readonly maintenance: MaintenanceService;
  readonly records: RecordsService;
  readonly things: Pick<ThingsService, 'parts'>;
}

/** Joins the parts of the module. */
export function createField(kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'catalogue'>, doors: FieldDoors) {
  const photos = createPhotos({ ...kernel, ...doors });
  const t = kernel.catalogue.in('zh-CN');
  return {
    tasks: createTasks({ ...kernel, ...doors }),
    parts: doors.things.parts.list,
    devices: createDevices(kernel),
    photos,
    ledger: createLedger({ ...kernel, ...doors, carryOut: createDoing({ ...doors, photos, t }) }),
  };
}

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  for (const table of ['field.entry', 'field.photo']) await movePaths(tx, table, 'place', organisation, from, to);
}

export type FieldService = ReturnType<typeof createField>;
