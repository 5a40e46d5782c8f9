import { createHash, createPublicKey, verify } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FirmwareOffer, firmwareStatement, readOffer } from '@keystead/contracts/firmware';
import { Problem } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import type { UpdateProgress, Updater } from '../updater.ts';
import { readArchive } from './archive.ts';
import { PartLater, type UpdateLine, UpdateRefused } from './update.ts';
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
const partSize = 32 * 1024;
const largest = 256 * 1024 * 1024;
const pauseMs = 2_000;
const mostWaits = 900;

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
      await this.#versions.install(version, readArchive(bytes));
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

  /** Goes on where an earlier try was cut off; half a part is fetched again. */
  async #download({ hash, size, version }: FirmwareOffer, line: UpdateLine): Promise<string> {
    const folder = join(this.#options.data, 'download');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) if (name !== hash) await rm(join(folder, name), { force: true });
    const path = join(folder, hash);
    const file = await open(path, 'a+', 0o600);
    try {
      let at = (await file.stat()).size;
      at = at >= size ? size : at - (at % partSize);
      await file.truncate(at);
      while (at < size) {
        const bytes = await this.#part(line, at / partSize);
        if (bytes.length === 0 || at + bytes.length > size) throw new UpdateRefused({ detail: 'wrong-part' });
        at += await append(file, bytes);
        this.#progress = { state: 'fetching', version, bytes: at };
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  }

  async #part(line: UpdateLine, chunk: number): Promise<Buffer> {
    for (let waits = 0; ; waits++) {
      try {
        return await line.part(chunk, partSize);
      } catch (cause) {
        const later = cause instanceof PartLater && waits < mostWaits;
        if (!later) throw cause;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  #runs(): Record<string, string> {
    return { current_fw_title: edgeAgentTitle, current_fw_version: this.version };
  }
}

const errorOf = ({ error }: { error?: string }): Record<string, string> =>
  error === undefined ? {} : { fw_error: error };

async function append(file: FileHandle, bytes: Buffer): Promise<number> {
  await file.appendFile(bytes);
  return bytes.length;
}
