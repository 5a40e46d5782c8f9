import { fileURLToPath } from 'node:url';
import type { CasesService } from '@keystead/apps/work/cases';
import { cases } from '@keystead/apps/work/cases';
import { caseChanged } from '@keystead/contracts/events/cases';
import { places } from '@keystead/data/places';
import { type ThingsService, things } from '@keystead/data/things';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { identity } from '@keystead/kernel/security/identity';
import { createInventory } from './inventory.ts';
import { patchJobs } from './jobs.ts';
import { createPatches, type PatchesService } from './patches.ts';
import { platformSoftware } from './platform-software.ts';
import { patchRoutes } from './routes.ts';
import { movePlaces } from './store.ts';

const installed = fileURLToPath(new URL('../../..', import.meta.url));

export interface PatchPorts {
  readonly cases: CasesService;
  readonly things: ThingsService;
  readonly operator: () => Promise<string | undefined>;
  /** Folder of the installed platform: its package.json and node_modules. */
  readonly root?: string;
}

/** Everything the module puts into the platform. */
export function installPatches(
  kernel: Kernel,
  { cases, things, operator, root = installed }: PatchPorts,
): PatchesService {
  const ownSoftware = () => platformSoftware(kernel.db, root);
  const inventory = createInventory({ clock: kernel.clock, things, ownSoftware, operator });
  const service = createPatches({ ...kernel, cases, inventory, ownSoftware, t: kernel.catalogue.in('zh-CN') });
  kernel.http.mount('/patches', patchRoutes(service));
  kernel.bus.on(caseChanged, 'patches.verify', service.caseChanged);
  for (const each of patchJobs(service)) kernel.jobs.add(each);
  return service;
}

export const patches = defineModule({
  name: 'patches',
  needs: { cases, identity, places, things },
  files: import.meta.dirname,
  setup: (kernel, { cases, identity, places, things }) => {
    places.follow(movePlaces);
    return installPatches(kernel, { cases, things, operator: identity.home });
  },
});
