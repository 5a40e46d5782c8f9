import type { ChannelDevice } from '@keystead/terminals/port';
import type { FirePlace } from './objects.ts';
import type { Gb26875Device } from './settings.ts';

const keyOf = (system: string | undefined, component: string | undefined) => `${system ?? ''}/${component ?? ''}`;

/** Who stands where, by transmitter. */
export class FireDirectory {
  readonly #places = new Map<string, Map<string, string>>();

  constructor(devices: readonly ChannelDevice<Gb26875Device>[]) {
    for (const { name, at } of devices) {
      const known = this.#places.get(at.transmitter) ?? new Map<string, string>();
      known.set(keyOf(at.system, at.component), name);
      this.#places.set(at.transmitter, known);
    }
  }

  /** Name of a transmitter; undefined when nothing of it was configured. */
  transmitter(address: string): string | undefined {
    return this.#places.get(address)?.get(keyOf(undefined, undefined));
  }

  /** Name of what stands at a place behind it. */
  at(address: string, { system, component }: FirePlace): string | undefined {
    const kind = system && `${system.kind}.${system.address}`;
    return this.#places.get(address)?.get(keyOf(kind, component?.address));
  }
}
