import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { Language } from '@keystead/kernel/i18n';
import type { Kernel } from '@keystead/kernel/module';
import type { Sheet } from '@keystead/kernel/sheet';
import { coreZones } from './core-zone.ts';
import { completenessOf } from './dossier.ts';
import { needsOf, steppedByOthers, stepsFrom } from './house-state.ts';
import {
  countsOf,
  type HouseFilter,
  type HouseLine,
  pageOf,
  placesAbove,
  projectFigures,
  statesUnder,
} from './list.ts';
import type { LetPorts } from './ports.ts';
import { HouseMissing } from './problems.ts';
import type { HouseRow } from './row.ts';
import { codesAbove, houseSheet } from './sheet.ts';
import { editionAt, editionsOf, houseById, statusAt, statusesOf } from './store.ts';
import { coreTags } from './vacancy.ts';

export interface ReadingParts extends Pick<Kernel, 'db' | 'clock' | 'catalogue'> {
  places: Pick<PlacesService, 'get' | 'search'>;
  things: Pick<ThingsService, 'list'>;
  telemetry: Pick<TelemetryService, 'latestOf'>;
  alarms: Pick<AlarmsService, 'list'>;
  ports: () => LetPorts;
}

const sheetLimit = 20_000;
const gridLimit = 5000;
const deviceLimit = 200;
const projectLimit = 1000;

/** Steps a person may take from a list or page, with what each will ask for. */
export const stepsOpenTo = (row: Pick<HouseRow, 'state' | 'repairing'>) =>
  stepsFrom(row)
    .filter((step) => !steppedByOthers.includes(step))
    .map((step) => ({ step, needs: [...needsOf(row.state, step)] }));

/** Everything that is asked about the stock. All of it within the actor's scope. */
export function createReading({ db, clock, catalogue, places, things, telemetry, alarms, ports }: ReadingParts) {
  async function rowOf(actor: Actor, id: string): Promise<HouseRow> {
    const [row] = await db.read(actor.scope, houseById(actor.scope, id));
    if (!row) throw new HouseMissing({ id });
    return row;
  }

  const zonesOf = (actor: Actor): Promise<string[]> =>
    db.systemTransaction(async (tx) => {
      const { organisation } = actor.scope;
      return coreZones(tx, organisation, coreTags);
    });

  async function list(actor: Actor, filter: HouseFilter, page: { limit: number; cursor?: string | undefined }) {
    if (page.cursor !== undefined && !/^([0-9a-z]+\/)+$/.test(page.cursor))
      throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
    const zones = await zonesOf(actor);
    const found = await db.read(
      actor.scope,
      pageOf(actor.scope, filter, zones, { limit: page.limit + 1, after: page.cursor }, clock.now()),
    );
    const items: HouseLine[] = found.slice(0, page.limit);
    return { items, next: found.length > page.limit ? (items.at(-1)?.place ?? null) : null };
  }

  /** Linked devices of a house with their present values and open alarms (H-9.1.1-e). */
  async function devices(actor: Actor, row: Pick<HouseRow, 'place'>) {
    const { items } = await things.list(actor, { under: row.place, limit: deviceLimit });
    const [values, ringing] = await Promise.all([
      telemetry.latestOf(
        actor,
        items.map((thing) => thing.id),
      ),
      alarms.list(actor, { place: row.place, state: 'open', limit: 200 }),
    ]);
    const byThing = new Map(values.map((each) => [each.thing, each.values]));
    return {
      devices: items.map((thing) => ({
        id: thing.id,
        code: thing.code,
        name: thing.name,
        family: thing.family,
        online: thing.online,
        lastHeard: thing.lastHeard,
        values: byThing.get(thing.id) ?? {},
        alarms: ringing.items.filter((alarm) => alarm.subject.id === thing.id).length,
      })),
      alarms: ringing.items.map((alarm) => ({
        id: alarm.id,
        title: alarm.title,
        severity: alarm.severity,
        condition: alarm.condition,
        handling: alarm.handling,
        raisedAt: alarm.raisedAt,
        subject: alarm.subject,
      })),
    };
  }

  /** The list as a table, at most 20,000 lines; without a language with the heads the import takes back. */
  async function exportSheet(actor: Actor, filter: HouseFilter, language: Language | undefined): Promise<Sheet> {
    const { items } = await list(actor, filter, { limit: sheetLimit });
    const above = await db.read(actor.scope, placesAbove(actor.scope));
    const byPath = new Map(above.map((place) => [place.path, place]));
    return houseSheet(items, (line) => codesAbove(line.place, byPath), catalogue.in(language ?? 'zh-CN'), !!language);
  }

  return {
    list,
    exportSheet,
    counts: async (actor: Actor, filter: HouseFilter) =>
      db.read(actor.scope, countsOf(actor.scope, filter, await zonesOf(actor), clock.now())),

    /** The file with its five groups, how complete each is, and the steps open from here. Throws HouseMissing. */
    get: async (actor: Actor, id: string) => {
      const row = await rowOf(actor, id);
      return { row, completeness: completenessOf(row.dossier, row.attributes), steps: stepsOpenTo(row) };
    },

    history: async (actor: Actor, id: string) => {
      await rowOf(actor, id);
      return db.read(actor.scope, statusesOf(id));
    },

    editions: async (actor: Actor, id: string) => {
      await rowOf(actor, id);
      return db.read(actor.scope, editionsOf(id));
    },

    /** State and dossier as they stood at an instant (H-9.1.1-d-1); null before the file began. */
    asOf: async (actor: Actor, id: string, at: Date) => {
      await rowOf(actor, id);
      const [[status], [edition]] = await Promise.all([
        db.read(actor.scope, statusAt(id, at)),
        db.read(actor.scope, editionAt(id, at)),
      ]);
      return { status: status ?? null, edition: edition ?? null };
    },

    statesUnder: async (actor: Actor, placeId: string) => {
      const place = await places.get(actor, placeId);
      return db.read(actor.scope, statesUnder(actor.scope, place.path, gridLimit));
    },

    devices: async (actor: Actor, id: string) => devices(actor, await rowOf(actor, id)),

    /** House, household, lease, devices and readings in one answer (H-9.1.1; ≤ 3 s). */
    whole: async (actor: Actor, id: string) => {
      const row = await rowOf(actor, id);
      const { leaseOf, householdOf } = ports();
      const [linked, lease] = await Promise.all([
        devices(actor, row),
        row.lease && leaseOf ? leaseOf(actor, row.lease) : undefined,
      ]);
      const household = lease?.household && householdOf ? await householdOf(actor, lease.household) : undefined;
      return { row, ...linked, lease: lease ?? null, household: household ?? null };
    },

    /** Projects with where they are (WGS-84) and how their houses stand. */
    projects: async (actor: Actor) => {
      const figures = await db.read(actor.scope, projectFigures(actor.scope));
      const found = [];
      for (let cursor: string | undefined; found.length < projectLimit; ) {
        const page = await places.search(actor, { kind: 'project', limit: 200, ...(cursor ? { cursor } : {}) });
        found.push(...page.items);
        if (page.next === null) break;
        cursor = page.next;
      }
      return found.map((project) => ({
        id: project.id,
        code: project.code,
        name: project.name,
        path: project.path,
        address: typeof project.attributes.address === 'string' ? project.attributes.address : null,
        geometry: project.geometry,
        states: figures.filter(({ id }) => id === project.id).map(({ state, count }) => ({ state, count })),
      }));
    },
  };
}

export type StockReading = ReturnType<typeof createReading>;
