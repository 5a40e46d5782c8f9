import type { MountedRoute } from '@keystead/kernel/http';
import { accessRoutes } from './access-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { lifeRoutes } from './life-routes.ts';
import { partRoutes } from './part-routes.ts';
import type { ThingsService } from './setup.ts';

/** Fixed paths first, then those below one thing. */
export const thingRoutes = (things: ThingsService): MountedRoute[] => [
  ...partRoutes(things),
  ...ledgerRoutes(things),
  ...accessRoutes(things),
  ...lifeRoutes(things),
];
