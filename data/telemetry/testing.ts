import type { OrganisationId } from '@keystead/contracts/access';
import type { AcceptedMessage } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { ThingMissing } from '@keystead/data/things';
import { defineModule, type Module } from '@keystead/kernel/module';
import { compact, expire, makeHours } from './jobs.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetry, type TelemetryService } from './service.ts';
import type { KnownThing, ThingDirectory } from './thing-directory.ts';

/** A model with one property of each kind, for the module's own tests. */
export const meterModel: ThingModel = {
  family: 'test-machine',
  version: 1,
  name: { zh: '试验机', en: 'Test machine' },
  category: { function: 'sensor', domain: 'environment', specification: 'standard' },
  authentication: 'secret',
  interval: 60,
  grace: 30,
  properties: [
    {
      id: 'temperature',
      key: 1,
      name: { zh: '温度', en: 'Temperature' },
      type: 'number',
      unit: 'Cel',
      min: -40,
      max: 80,
    },
    { id: 'energy', key: 2, name: { zh: '电量', en: 'Energy' }, type: 'number', unit: 'kW.h', cumulative: true },
    { id: 'power', key: 3, name: { zh: '功率', en: 'Power' }, type: 'number', unit: 'kW' },
    {
      id: 'state',
      key: 4,
      name: { zh: '状态', en: 'State' },
      type: 'enum',
      values: [
        { value: 'running', name: { zh: '运行', en: 'Running' } },
        { value: 'stopped', name: { zh: '停机', en: 'Stopped' } },
        { value: 'standby', name: { zh: '待机', en: 'Standby' } },
        { value: 'fault', name: { zh: '故障停机', en: 'Fault stop' } },
      ],
    },
    { id: 'open', key: 5, name: { zh: '打开', en: 'Open' }, type: 'boolean' },
    { id: 'note', key: 6, name: { zh: '说明', en: 'Note' }, type: 'string' },
    {
      id: 'code',
      key: 7,
      name: { zh: '故障代码', en: 'Fault code' },
      type: 'enum',
      values: [
        { value: 'E07', name: { zh: '过热', en: 'Overheated' } },
        { value: 'E12', name: { zh: '缺油', en: 'Out of oil' } },
      ],
    },
  ].map((property) => ({ ...property, access: 'r', transferLevel: 1, storeLevel: 2 })) as ThingModel['properties'],
  events: [{ id: 'fault', name: { zh: '故障', en: 'Fault' }, severity: 2, transferLevel: 3, storeLevel: 2 }],
  services: [],
};

/** Things 1 to `count` of the test organisation, thing n at the place `1/n/`. */
function testThings(organisation: OrganisationId, count: number): KnownThing[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    id: `0190c2a1-7b7c-7def-8123-${String(index + 1).padStart(12, '0')}`,
    code: `M-${index + 1}`,
    name: `试验机 ${index + 1}`,
    organisation,
    place: `1/${index + 1}/`,
    model: meterModel,
  }));
}

function directoryOf(known: () => readonly KnownThing[]): ThingDirectory {
  const visible = (actor: Parameters<ThingDirectory['get']>[0]) =>
    known().filter(
      ({ organisation, place }) =>
        organisation === actor.scope.organisation && actor.scope.subtrees.some((subtree) => place.startsWith(subtree)),
    );
  return {
    get: async (actor, id) => {
      const found = visible(actor).find((thing) => thing.id === id);
      if (!found) throw new ThingMissing({ id });
      return found;
    },
    getMany: async (actor, ids) => visible(actor).filter(({ id }) => ids.includes(id)),
    byCodes: async (actor, codes) =>
      new Map(visible(actor).flatMap((thing) => (codes.includes(thing.code) ? [[thing.code, thing] as const] : []))),
    byId: async (id) => known().find((thing) => thing.id === id),
    refs: async (numbers) =>
      new Map(known().flatMap((thing) => (numbers.includes(thing.number) ? [[thing.number, thing] as const] : []))),
    addUsage: async () => {},
  };
}

/** The part of a test platform that is needed here. */
interface Platform {
  organisation: OrganisationId;
  services: Record<string, unknown>;
  stop(): Promise<void>;
}

export type TelemetryBench<P extends Platform> = P & {
  telemetry: TelemetryService;
  things: KnownThing[];
  /** The same as another process would have it: its own streams, lanes and memory. */
  another(): TelemetryService;
};

/** Telemetry on a real database (`start` is `startPlatform`), over a fixed list of things. */
export async function startTelemetry<P extends Platform>(
  start: (module: Module) => Promise<P>,
  count = 3,
): Promise<TelemetryBench<P>> {
  const things: KnownThing[] = [];
  const made: TelemetryService[] = [];
  let another = (): TelemetryService => {
    throw new Error('not set up');
  };
  const module = defineModule({
    name: 'telemetry',
    files: import.meta.dirname,
    setup: (kernel) => {
      another = () => {
        const service = createTelemetry(
          kernel,
          directoryOf(() => things),
        );
        made.push(service);
        return service;
      };
      const service = another();
      kernel.http.mount('/telemetry', telemetryRoutes(service));
      for (const job of [makeHours(kernel.db), compact(service), expire(service)]) kernel.jobs.add(job);
      return service;
    },
  });
  const platform = await start(module as Module);
  things.push(...testThings(platform.organisation, count));
  return {
    ...platform,
    telemetry: platform.services.telemetry as TelemetryService,
    things,
    another: () => another(),
    stop: async () => {
      for (const service of made) await service.close();
      await platform.stop();
    },
  };
}

/** A message of points by property key. */
export function message(thing: number, time: number, points: Record<number, number>, quality = 0): AcceptedMessage {
  const keys = Object.keys(points).map(Number);
  return { thing, time, keys, values: Object.values(points), qualities: keys.map(() => quality) };
}

/** mulberry32: the same numbers at every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
