import type { CommandsService } from '@keystead/apps/work/commands';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { PlacesService } from '@keystead/data/places';
import { PlaceMissing } from '@keystead/data/places';
import type { RecordsService } from '@keystead/data/records';
import type { TelemetryService } from '@keystead/data/telemetry';
import { ThingMissing, type ThingsService } from '@keystead/data/things';
import type { Files, Gauges, Operations, Subjects } from './ports.ts';

export const subjectsFrom = (places: Pick<PlacesService, 'get'>, things: Pick<ThingsService, 'get'>): Subjects => ({
  find: async (_tx, actor, kind, id) => {
    try {
      if (kind === 'place') {
        const place = await places.get(actor, id);
        return { label: place.name, place: place.path };
      }
      const thing = await things.get(actor, id);
      return { label: thing.name, place: thing.place };
    } catch (cause) {
      if (cause instanceof PlaceMissing || cause instanceof ThingMissing) return undefined;
      throw cause;
    }
  },
});

/** Run hours and energy are counted by the registry; everything else is a property of the model. */
export const gaugesFrom = (
  things: Pick<ThingsService, 'get'>,
  telemetry: Pick<TelemetryService, 'latestOf'>,
): Gauges => ({
  read: async (organisation, id, property) => {
    const actor = systemActor('plans', organisation as OrganisationId);
    if (property === 'runHours' || property === 'energyKwh') {
      const thing = await things.get(actor, id);
      return thing[property];
    }
    const [latest] = await telemetry.latestOf(actor, [id], [property]);
    const value = latest?.values[property]?.value;
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined;
  },
});

export const operationsFrom = (commands: Pick<CommandsService, 'send'>): Operations => ({
  send: async (organisation, plan, thing, service, input, key) => {
    const actor = systemActor('plans', organisation as OrganisationId);
    await commands.send(actor, thing, { service, input, key, reason: 'plan' }, { origin: 'rule', originId: plan });
  },
});

export const filesFrom = (records: Pick<RecordsService, 'get'>): Files => ({
  hashOf: async (actor, record) => (await records.get(actor, record)).hash,
});
