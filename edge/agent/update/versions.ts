import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import { syncFolder } from '../files/sync-folder.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { ArchiveFile } from './archive.ts';

/** What became of the last update, until the platform was told. */
export interface UpdateNews {
  state: 'UPDATED' | 'ROLLED_BACK';
  version: string;
  error?: string;
}

export interface Pointer {
  /** Version that runs; null = the one this program came with. */
  current: string | null;
  /** A version on trial: it counts only when it has said that it is well. */
  trial: { version: string; tries: number } | null;
  news: UpdateNews | null;
}

const nothing: Pointer = { current: null, trial: null, news: null };
const mostTries = 2;
const entries = ['main.mjs', 'edge/agent/main.ts'];

/** A name of a folder for each version. */
export const isVersion = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._+-]{0,59}$/.test(text);

/**
 * Versions side by side and a pointer to the one that runs. Whatever is cut off at whatever moment, the pointer names a
 * version that is there as a whole: files first, then the folder under its name, then the pointer.
 */
export class Versions {
  readonly folder: string;

  constructor(data: string) {
    this.folder = join(data, 'versions');
  }

  read(): Pointer {
    const path = join(this.folder, 'pointer.json');
    return existsSync(path) ? { ...nothing, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<Pointer>) } : nothing;
  }

  async write(pointer: Pointer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await replaceFile(join(this.folder, 'pointer.json'), JSON.stringify(pointer));
  }

  /** The program of a version; undefined when it is not there. */
  entryOf(version: string): string | undefined {
    if (!isVersion(version)) return undefined;
    return entries.map((entry) => join(this.folder, version, entry)).find((path) => existsSync(path));
  }

  /** Puts a version beside the others and on trial. */
  async install(version: string, files: readonly ArchiveFile[]): Promise<void> {
    if (!isVersion(version)) throw new Error(`no version: ${version}`);
    const beside = join(this.folder, `${version}.new`);
    await rm(beside, { recursive: true, force: true });
    const folders = new Set<string>([beside]);
    for (const { path, bytes } of files) {
      const target = join(beside, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      folders.add(dirname(target));
      await writeDurably(target, bytes, 'wx');
    }
    for (const folder of folders) syncFolder(folder);
    const { current } = this.read();
    if (current !== version) await rm(join(this.folder, version), { recursive: true, force: true });
    await rename(beside, join(this.folder, version));
    syncFolder(this.folder);
    await rm(this.#mark(version), { force: true });
    await this.write({ current, trial: { version, tries: 0 }, news: null });
  }

  /** What to run now. A version on trial is counted before it begins, so that one that kills the machine is left, too. */
  async next(): Promise<{ version: string | null; onTrial: boolean }> {
    const { current, trial } = this.read();
    if (!trial) return { version: current, onTrial: false };
    if (trial.tries >= mostTries || this.entryOf(trial.version) === undefined) {
      await this.fail('does not start');
      return { version: current, onTrial: false };
    }
    await this.write({ current, trial: { ...trial, tries: trial.tries + 1 }, news: null });
    return { version: trial.version, onTrial: true };
  }

  /** The version on trial is the one from now on; what is neither it nor the one before is thrown away. */
  async confirm(): Promise<void> {
    const { current, trial } = this.read();
    if (!trial) return;
    await this.write({ current: trial.version, trial: null, news: { state: 'UPDATED', version: trial.version } });
    const kept = new Set([trial.version, current, 'pointer.json', 'node_modules']);
    for (const name of await readdir(this.folder))
      if (!kept.has(name)) await rm(join(this.folder, name), { recursive: true, force: true });
  }

  /** Back to the one before. */
  async fail(error: string): Promise<void> {
    const { current, trial } = this.read();
    if (!trial) return;
    const { version } = trial;
    await this.write({
      current,
      trial: null,
      news: { state: 'ROLLED_BACK', version, error: `health-check: ${error}` },
    });
    await rm(join(this.folder, version), { recursive: true, force: true });
  }

  /** Said by a version itself, once it does what it is for. */
  async sayWell(version: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#mark(version), version);
  }

  isWell(version: string): boolean {
    return existsSync(this.#mark(version));
  }

  async told(): Promise<void> {
    const pointer = this.read();
    if (pointer.news) await this.write({ ...pointer, news: null });
  }

  #mark(version: string): string {
    return join(this.folder, `${version}.well`);
  }
}
