import type { MountedRoute } from '@keystead/kernel/http';
import { accessRoutes } from './access-routes.ts';
import { contractRoutes } from './contract/routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { lifeRoutes } from './life-routes.ts';
import { partRoutes } from './part-routes.ts';
import { rotationRoutes } from './rotation-routes.ts';
import type { ThingsService } from './setup.ts';

/** Fixed paths first, then those below one thing. */
export const thingRoutes = (things: ThingsService): MountedRoute[] => [
  ...partRoutes(things),
  ...contractRoutes(things),
  ...ledgerRoutes(things),
  ...identityRoutes(things),
  ...rotationRoutes(things),
  ...accessRoutes(things),
  ...lifeRoutes(things),
];
