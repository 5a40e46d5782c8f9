import type { Actor, OrganisationId } from '@keystead/contracts/access';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { type Static, Type } from 'typebox';
import { type Deliveries, DeliveryMissing } from './deliveries.ts';
import type { Limits } from './limits.ts';
import {
  BackupView,
  DeliveryFilter,
  DeliveryPage,
  DeliveryRef,
  JobView,
  LimitsInput,
  LimitsView,
  ListenersView,
  StatusView,
} from './schemas.ts';
import type { Status } from './status.ts';

export interface SystemDesk {
  /** Where devices are heard. */
  listeners: Static<typeof ListenersView>;
  status: Status;
  limits: Limits;
  deliveries: Deliveries;
  /** The organisation that runs the installation; others on it have no business with its machine. */
  organisation: () => OrganisationId | undefined;
}

export function systemRoutes({ listeners, status, limits, deliveries, organisation }: SystemDesk): MountedRoute[] {
  const ours = (actor: Actor): void => {
    const owner = organisation();
    if (owner !== undefined && actor.scope.organisation !== owner) throw new NotAllowed({});
  };
  return [
    route({
      id: 'system.status',
      at: 'GET /status',
      summary: "The platform's own condition: probes, processes, database, queues",
      permission: 'system:read',
      reply: StatusView,
      run: async ({ actor }) => {
        ours(actor);
        return status.status();
      },
    }),
    route({
      id: 'system.listeners',
      at: 'GET /listeners',
      summary: 'Ports at which devices are heard; 0 = not open',
      permission: 'thing:read',
      reply: ListenersView,
      run: async () => listeners,
    }),
    route({
      id: 'system.jobs',
      at: 'GET /jobs',
      summary: 'Background jobs with their last run and what is wrong with them',
      permission: 'system:read',
      reply: Type.Object({ items: Type.Array(JobView) }),
      run: async ({ actor }) => {
        ours(actor);
        return { items: await status.jobs() };
      },
    }),
    route({
      id: 'system.backups',
      at: 'GET /backups',
      summary: 'Backups at hand and the moments they can be restored to',
      permission: 'system:read',
      reply: Type.Object({ items: Type.Array(BackupView) }),
      run: async ({ actor }) => {
        ours(actor);
        return { items: status.backups() };
      },
    }),
    route({
      id: 'system.thresholds',
      at: 'GET /thresholds',
      summary: 'From when on a probe is in trouble',
      permission: 'system:read',
      reply: LimitsView,
      run: async ({ actor }) => {
        ours(actor);
        return limits.get();
      },
    }),
    route({
      id: 'system.changeThresholds',
      at: 'PUT /thresholds',
      summary: 'Change thresholds of probes',
      permission: 'system:write',
      body: LimitsInput,
      reply: LimitsView,
      problems: [EditConflict],
      run: async ({ actor, body, facts }) => {
        ours(actor);
        return limits.change(actor, body.limits, facts.version);
      },
    }),
    route({
      id: 'system.deliveries',
      at: 'GET /deliveries',
      summary: 'Events that a subscription failed on',
      permission: 'system:read',
      query: DeliveryFilter,
      reply: DeliveryPage,
      run: async ({ actor, query }) => {
        ours(actor);
        return deliveries.list(query);
      },
    }),
    route({
      id: 'system.retryDelivery',
      at: 'POST /deliveries/:event/:subscription/retry',
      summary: 'Try a failed delivery again now',
      permission: 'system:write',
      params: DeliveryRef,
      status: 202,
      problems: [DeliveryMissing],
      run: async ({ actor, params }) => {
        ours(actor);
        await deliveries.retry(actor, params);
      },
    }),
  ];
}
