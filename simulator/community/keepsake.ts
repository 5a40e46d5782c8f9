import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockGrant } from '@keystead/contracts/lock';
import type { KeptTime } from './clock.ts';

export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

/** What the demo keeps over restarts. Tokens and passwords of the demo stand here, so only its owner may read it. */
export interface Kept {
  version: 1;
  /** Id of the estate they belong to: another database means another demo. */
  estate: string;
  /** Homes that are completely registered. */
  homes: number;
  backFilled: boolean;
  tokens: Record<string, string>;
  accounts: DemoAccount[];
  time: KeptTime;
  /** What locks hold, by code: they keep it without power. */
  locks: Record<string, readonly LockGrant[]>;
}

const nothing = (): Kept => ({
  version: 1,
  estate: '',
  homes: 0,
  backFilled: false,
  tokens: {},
  accounts: [],
  time: { ahead: 0 },
  locks: {},
});

/** The file `community.json` of the demo's folder; written whole and swapped in, so that it is never half. */
export class Keepsake {
  readonly folder: string;
  readonly kept: Kept;
  readonly #file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.folder = folder;
    this.#file = join(folder, 'community.json');
    this.kept = this.#read();
  }

  #read(): Kept {
    if (!existsSync(this.#file)) return nothing();
    try {
      const read: Partial<Kept> = JSON.parse(readFileSync(this.#file, 'utf8'));
      return read.version === 1 ? { ...nothing(), ...read } : nothing();
    } catch {
      // Not readable as JSON: what it held can all be had again from the platform.
      return nothing();
    }
  }

  /** Forgets everything: the platform it belonged to is another one. */
  forget(): void {
    Object.assign(this.kept, nothing());
  }

  save(): void {
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, JSON.stringify(this.kept), { mode: 0o600 });
    chmodSync(fresh, 0o600);
    renameSync(fresh, this.#file);
  }
}
