import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeviceMemory, PayloadTooLarge } from '@keystead/terminals/port';
import { replaceFile } from '../files/replace-file.ts';

/** Bytes of one item. */
const largest = 64 * 1024;

const folderOf = (device: string): string => createHash('sha256').update(device).digest('hex').slice(0, 32);
const fileOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** What channels remember of their devices, in a folder for each device; it goes with the device. */
export class DeviceFolders implements DeviceMemory {
  readonly #folder: string;

  constructor(data: string) {
    this.#folder = join(data, 'devices');
  }

  async read(device: string, name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, folderOf(device), fileOf(name)));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  }

  async write(device: string, name: string, bytes: Uint8Array | undefined): Promise<void> {
    const folder = join(this.#folder, folderOf(device));
    const path = join(folder, fileOf(name));
    if (bytes === undefined) return rm(path, { force: true });
    if (bytes.length > largest) throw new PayloadTooLarge({ most: largest });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(path, bytes);
  }

  /** Forgets the devices that are no longer there. */
  async keepOnly(devices: Iterable<string>): Promise<void> {
    const kept = new Set(Array.from(devices, folderOf));
    for (const name of await readdir(this.#folder).catch(() => []))
      if (!kept.has(name)) await rm(join(this.#folder, name), { recursive: true, force: true });
  }
}
