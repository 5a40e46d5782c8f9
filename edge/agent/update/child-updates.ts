import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FirmwareOffer, type FirmwareState, offerNames, readOffer } from '@keystead/contracts/firmware';
import { Problem } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import type { DevicePackage } from '@keystead/terminals/port';
import type { Connection } from '../platform/connection.ts';
import type { PlatformLink } from '../platform/platform-link.ts';
import { download, hashOf } from './download.ts';
import { UpdateRefused } from './update.ts';

interface ChildUpdatePorts {
  link: PlatformLink;
  log: Log;
  /** Devices whose channel can bring them new firmware. */
  updatable(): string[];
  update(device: string, wanted: DevicePackage, signal: AbortSignal): Promise<void>;
}

interface Wanted {
  offer: FirmwareOffer;
  /** Ends the bringing when it is taken back, or another is offered. */
  ending: AbortController;
}

const againMs = 5_000;
const largest = 256 * 1024 * 1024;

/**
 * Updates of devices behind the agent: fetched here over the agent's line, once for all who are offered the same, proven by
 * hash, and handed to the channel of each (H-6.1-3). What a device does with it, it says itself by its readings.
 */
export class ChildUpdates {
  readonly #folder: string;
  readonly #ports: ChildUpdatePorts;
  readonly #wanted = new Map<string, Wanted>();
  #connection: Connection | undefined;
  /** One package is fetched at a time. */
  #fetching: Promise<void> = Promise.resolve();

  constructor(data: string, ports: ChildUpdatePorts) {
    this.#folder = join(data, 'download-devices');
    this.#ports = ports;
    const { link, log } = ports;
    link.on('up', (connection) => {
      this.#connection = connection;
      this.#ask(connection).catch((err: unknown) => {
        if (!connection.isOver) log.warn({ err }, 'updates of devices not asked for');
      });
    });
    link.on('down', () => {
      this.#connection = undefined;
    });
    link.on('childShared', (device, values) => {
      // Values of something else say nothing about an update.
      if (offerNames.some((name) => name in values)) this.#consider(device, values);
    });
  }

  /** Looks again after channels were opened or changed. */
  lookAgain(): void {
    const connection = this.#connection;
    if (connection)
      this.#ask(connection).catch((err: unknown) => this.#ports.log.warn({ err }, 'updates not asked for'));
  }

  close(): void {
    for (const { ending } of this.#wanted.values()) ending.abort();
  }

  async #ask(connection: Connection): Promise<void> {
    for (const device of this.#ports.updatable()) {
      if (connection.isOver) return;
      this.#consider(device, await connection.sharedOf(device, offerNames));
    }
  }

  #consider(device: string, values: Record<string, unknown>): void {
    const offer = readOffer(values);
    const before = this.#wanted.get(device);
    if (before && offer?.hash === before.offer.hash && offer.version === before.offer.version) return;
    before?.ending.abort();
    this.#wanted.delete(device);
    if (offer && this.#ports.updatable().includes(device)) {
      const wanted = { offer, ending: new AbortController() };
      this.#wanted.set(device, wanted);
      this.#fetching = this.#fetching.then(() => this.#begin(device, wanted));
    } else if (before) this.#fetching = this.#fetching.then(() => this.#tidy());
  }

  async #begin(device: string, wanted: Wanted): Promise<void> {
    const { offer, ending } = wanted;
    if (ending.signal.aborted) return;
    try {
      await this.#tidy();
      if (offer.size > largest) throw new UpdateRefused({ detail: 'too-large' });
      await this.#report(device, 'DOWNLOADING');
      const path = await download(this.#folder, offer, { part: (chunk, size) => this.#part(device, chunk, size) });
      if ((await hashOf(path)) !== offer.hash) {
        await rm(path, { force: true });
        throw new UpdateRefused({ detail: 'hash-mismatch' });
      }
      await this.#report(device, 'DOWNLOADED');
      // Devices are slow, and sleep: the next package is fetched meanwhile.
      void this.#bring(device, wanted, path);
    } catch (cause) {
      await this.#failed(device, wanted, cause);
    }
  }

  async #bring(device: string, wanted: Wanted, path: string): Promise<void> {
    const file = await open(path, 'r');
    const read = async (offset: number, length: number) => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    try {
      await this.#ports.update(device, { offer: wanted.offer, read }, wanted.ending.signal);
    } catch (cause) {
      if (cause instanceof Problem) await this.#failed(device, wanted, cause);
      // The channel was closed under it, perhaps to be opened with other settings.
      else setTimeout(() => this.#again(device, wanted), againMs).unref();
    } finally {
      await file.close();
    }
  }

  #again(device: string, wanted: Wanted): void {
    if (!wanted.ending.signal.aborted) this.#fetching = this.#fetching.then(() => this.#begin(device, wanted));
  }

  async #failed(device: string, wanted: Wanted, cause: unknown): Promise<void> {
    const { log } = this.#ports;
    if (wanted.ending.signal.aborted) return;
    log.warn({ err: cause, device, version: wanted.offer.version }, 'update of a device not brought');
    // Offered again, or over a new connection, it is tried again; a download goes on from where it is.
    if (this.#wanted.get(device) === wanted) this.#wanted.delete(device);
    if (!(cause instanceof Problem)) return;
    const why = String(cause.data.detail ?? cause.type).slice(0, 200);
    await this.#report(device, 'FAILED', why).catch(() => log.info({ device }, 'failed update not told'));
  }

  #part(device: string, chunk: number, size: number): Promise<Buffer> {
    const connection = this.#connection;
    return connection ? connection.part(chunk, size, device) : Promise.reject(new Error('no connection'));
  }

  async #report(device: string, state: FirmwareState, error?: string): Promise<void> {
    const values = { fw_state: state, ...(error === undefined ? {} : { fw_error: error }) };
    await this.#connection?.publish('v1/gateway/telemetry', JSON.stringify({ [device]: [values] }));
  }

  /** Files nobody is offered any more. */
  async #tidy(): Promise<void> {
    const kept = new Set([...this.#wanted.values()].map(({ offer }) => offer.hash));
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) if (!kept.has(name)) await rm(join(this.#folder, name), { force: true });
  }
}
