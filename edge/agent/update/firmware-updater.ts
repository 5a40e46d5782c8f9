import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FirmwareOffer, firmwareStatement, readOffer } from '@keystead/contracts/firmware';
import { Problem } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import type { UpdateProgress, Updater } from '../updater.ts';
import { readArchive } from './archive.ts';
import { download } from './download.ts';
import { lackingFor, modulesOf } from './modules.ts';
import { type UpdateLine, UpdateRefused } from './update.ts';
import { Versions } from './versions.ts';

export interface UpdaterOptions {
  data: string;
  /** Version that runs. */
  version: string;
  /** PEM of the key whose packages are taken. */
  key: string;
  log: Log;
  /** The new version is beside this one: the process ends and the starter tries it. */
  restart(): void;
}

export const edgeAgentTitle = 'edge-agent';
const largest = 256 * 1024 * 1024;

/** Takes packages for this agent: downloads over power cuts, proves, puts beside, hands over to the starter (H-6.1-4). */
export class FirmwareUpdater implements Updater {
  readonly version: string;
  readonly #options: UpdaterOptions;
  readonly #versions: Versions;
  #progress: UpdateProgress = { state: 'idle' };
  #busy = false;

  constructor(options: UpdaterOptions) {
    this.version = options.version;
    this.#options = options;
    this.#versions = new Versions(options.data);
  }

  progress(): UpdateProgress {
    return this.#progress;
  }

  /** The agent does what it is for: a version on trial has passed. Then the platform is told how the last update went. */
  async well(line: UpdateLine): Promise<void> {
    await this.#versions.sayWell(this.version);
    // The starter notes it within a moment; what it notes is told at this or the next connection.
    const { news, trial } = this.#versions.read();
    const state =
      trial?.version === this.version ? { fw_state: 'UPDATED' } : news && { fw_state: news.state, ...errorOf(news) };
    await line.report({ ...this.#runs(), ...state });
    if (news) await this.#versions.told();
  }

  /** Looks at shared attributes; takes up what is offered in them. Never throws: what is wrong is reported. */
  async consider(values: Record<string, unknown>, line: UpdateLine): Promise<void> {
    const offer = readOffer(values);
    if (!offer || offer.version === this.version || this.#busy) return;
    this.#busy = true;
    try {
      await this.#take(offer, line);
    } catch (cause) {
      this.#options.log.warn({ err: cause, version: offer.version }, 'update not taken');
      this.#progress = { state: 'failed', version: offer.version, detail: String(cause).slice(0, 200) };
      // A lost connection is no refusal: the download goes on from where it is.
      if (cause instanceof Problem) {
        const error = String(cause.data.detail ?? cause.type).slice(0, 200);
        await line.report({ ...this.#runs(), fw_state: 'FAILED', fw_error: error }).catch(() => {});
      }
    } finally {
      this.#busy = false;
    }
  }

  async #take(offer: FirmwareOffer, line: UpdateLine): Promise<void> {
    const { version, size } = offer;
    if (!offer.models.includes(edgeAgentTitle)) throw new UpdateRefused({ detail: 'wrong-model' });
    if (offer.algorithm !== 'ed25519') throw new UpdateRefused({ detail: 'signature-algorithm' });
    if (size > largest) throw new UpdateRefused({ detail: 'too-large' });
    await line.report({ ...this.#runs(), fw_state: 'DOWNLOADING' });
    const path = await this.#download(offer, line);
    await line.report({ ...this.#runs(), fw_state: 'DOWNLOADED' });
    this.#progress = { state: 'verifying', version, bytes: size };
    const bytes = await readFile(path);
    try {
      this.#prove(offer, bytes);
      await line.report({ ...this.#runs(), fw_state: 'VERIFIED' });
      this.#progress = { state: 'installing', version, bytes: size };
      const files = readArchive(bytes);
      const lacking = lackingFor(files, modulesOf(import.meta.filename));
      if (lacking.length > 0) throw new UpdateRefused({ detail: `libraries-missing ${lacking.join(', ')}` });
      await this.#versions.install(version, files);
    } finally {
      await rm(path, { force: true });
    }
    await line.report({ ...this.#runs(), fw_state: 'UPDATING' });
    this.#progress = { state: 'installed', version };
    this.#options.restart();
  }

  #prove(offer: FirmwareOffer, bytes: Buffer): void {
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (hash !== offer.hash || bytes.length !== offer.size) throw new UpdateRefused({ detail: 'hash-mismatch' });
    const statement = Buffer.from(firmwareStatement({ ...offer, size: bytes.length, hash }));
    if (!verify(null, statement, createPublicKey(this.#options.key), Buffer.from(offer.signature, 'base64')))
      throw new UpdateRefused({ detail: 'signature-wrong' });
  }

  /** What is not of this package was given up. */
  async #download(offer: FirmwareOffer, line: UpdateLine): Promise<string> {
    const folder = join(this.#options.data, 'download');
    const { hash, version } = offer;
    for (const name of await readdir(folder).catch(() => []))
      if (name !== hash) await rm(join(folder, name), { force: true });
    return download(folder, offer, line, (bytes) => {
      this.#progress = { state: 'fetching', version, bytes };
    });
  }

  #runs(): Record<string, string> {
    return { current_fw_title: edgeAgentTitle, current_fw_version: this.version };
  }
}

const errorOf = ({ error }: { error?: string }): Record<string, string> =>
  error === undefined ? {} : { fw_error: error };
