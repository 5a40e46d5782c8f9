import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { OpcuaExposure as Wanted } from '@keystead/contracts/agent';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Property } from '@keystead/contracts/thing-model';
import type { Log } from '@keystead/kernel/base';
import type { ExposedThing, ExposedType, OpcuaServer } from '@keystead/terminals/opcua';
import type { Told } from '../local/report-filter.ts';
import type { PreparedDevice } from '../setup/prepared-configuration.ts';

const typeOf = ({ type }: Property): ExposedType =>
  type === 'number' || type === 'integer' || type === 'boolean' ? type : 'string';

function thingOf({ setup, model }: PreparedDevice): ExposedThing[] {
  if (model === undefined) return [];
  const properties = model.properties.map((property) => ({
    ...{ name: property.id, title: property.name.zh, type: typeOf(property) },
    ...(property.unit === undefined ? {} : { unit: property.unit }),
  }));
  return [{ code: setup.name, name: setup.name, properties }];
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * The agent's devices as an OPC UA server shows them to clients beside it. Values only: what changes something goes by
 * the platform, where limits, the second person and the journal are.
 */
export class OpcuaExposure {
  readonly #folder: string;
  readonly #log: Log;
  #server: OpcuaServer | undefined;
  #types = new Map<string, ReadonlyMap<string, ExposedType>>();
  #runs = '';

  constructor(data: string, log: Log) {
    this.#folder = join(data, 'opcua-server');
    this.#log = log;
  }

  get endpoint(): string | undefined {
    return this.#server?.endpoint;
  }

  /** Shows what is wanted and nothing else; a server that need not change goes on. Rejects when it cannot listen. */
  async apply(wanted: Wanted | undefined, devices: readonly PreparedDevice[]): Promise<void> {
    const named = wanted?.devices && new Set(wanted.devices);
    const things = devices.filter(({ setup }) => named?.has(setup.name) ?? true).flatMap(thingOf);
    const runs = wanted === undefined ? '' : JSON.stringify([wanted, things]);
    if (runs === this.#runs) return;
    await this.close();
    if (wanted === undefined) return;
    const { users = [], devices: _, ...settings } = wanted;
    const { startOpcuaServer } = await import('@keystead/terminals/opcua');
    this.#server = await startOpcuaServer({ ...settings, folder: this.#folder }, things, {
      log: this.#log,
      admits: async (user, password) => {
        const known = users.find(({ name }) => name === user);
        const right = timingSafeEqual(digest(password), digest(known?.password ?? ''));
        return known !== undefined && right;
      },
      strangerRefused: (face) => this.#log.warn({ ...face }, 'opc ua client not trusted'),
      write: () => Promise.reject(new NotAllowed()),
      call: () => Promise.reject(new NotAllowed()),
    });
    const { endpoint, fingerprint } = this.#server;
    this.#log.info({ endpoint, fingerprint, things: things.length }, 'opc ua server');
    this.#types = new Map(
      things.map(({ code, properties }) => [code, new Map(properties.map(({ name, type }) => [name, type]))]),
    );
    this.#runs = runs;
  }

  /** What a device told, as it told it. */
  show(device: string, { time, values }: Told): void {
    const types = this.#types.get(device);
    if (this.#server === undefined || types === undefined) return;
    const shown = Object.entries(values).map(([name, value]) => [
      name,
      types.get(name) === 'string' && typeof value !== 'string' ? JSON.stringify(value) : value,
    ]);
    this.#server.show(device, { time, values: Object.fromEntries(shown) });
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#types = new Map();
    this.#runs = '';
    await server?.close();
  }
}
