import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '@keystead/contracts/agent';
import { Problem } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import { replaceFile } from '../files/replace-file.ts';
import type { PreparedConfiguration } from './prepared-configuration.ts';

export interface ConfigurationPorts {
  prepare(document: unknown): Promise<PreparedConfiguration>;
  /** Puts it into force; throws a Problem when something of it will not run. */
  apply(prepared: PreparedConfiguration): Promise<void>;
  /** What of the last good one did not open is tried on and on. */
  persevere(): void;
  changed(state: AgentStatus['configuration'], applied: boolean): void;
}

/** The configuration in force, the last good one on disk, and the way from one to the next: whole or not at all. */
export class ConfigurationKeeper {
  readonly #path: string;
  readonly #ports: ConfigurationPorts;
  readonly #log: Log;
  #good: PreparedConfiguration | undefined;
  #state: AgentStatus['configuration'] = { version: 0, state: 'none', errors: [] };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, ports: ConfigurationPorts, log: Log) {
    this.#path = join(folder, 'configuration.json');
    this.#ports = ports;
    this.#log = log;
  }

  get state(): AgentStatus['configuration'] {
    return this.#state;
  }

  /** Begins with the last good one; a file given at the start counts when there is none, or when it is newer. */
  async begin(file: string | undefined): Promise<void> {
    const stored = existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, 'utf8')) : undefined;
    const given = file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
    if (stored !== undefined) await this.#restore(stored);
    if (given !== undefined && (stored === undefined || given.version > stored.version)) await this.take(given);
  }

  /** True when it is in force afterwards. One at a time. */
  take(document: unknown): Promise<boolean> {
    const turn = this.#turn.then(() => this.#take(document));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #take(document: unknown): Promise<boolean> {
    const version = versionOf(document);
    try {
      const prepared = await this.#ports.prepare(document);
      await this.#ports.apply(prepared);
      await replaceFile(this.#path, JSON.stringify(document));
      this.#good = prepared;
      this.#state = { version: prepared.document.version, state: 'applied', errors: [] };
      this.#log.info({ version }, 'configuration applied');
      this.#ports.changed(this.#state, true);
      return true;
    } catch (cause) {
      this.#log.warn({ version, err: cause }, 'configuration refused');
      const errors =
        cause instanceof Problem && cause.errors.length > 0
          ? cause.errors.slice(0, 20).map((error) => ({ ...error }))
          : [
              {
                pointer: '',
                code: cause instanceof Problem ? cause.type : 'internal',
                detail: String(cause).slice(0, 200),
              },
            ];
      await this.#goBack();
      this.#state = { version: this.#state.version, state: 'refused', refused: version, errors };
      this.#ports.changed(this.#state, false);
      return false;
    }
  }

  async #goBack(): Promise<void> {
    if (this.#good === undefined) return;
    try {
      await this.#ports.apply(this.#good);
    } catch (err) {
      this.#log.error({ err }, 'last good configuration not whole');
      this.#ports.persevere();
    }
  }

  /** The last good one ran once: what of it does not run now is tried again and again, the rest runs. */
  async #restore(document: unknown): Promise<void> {
    try {
      const prepared = await this.#ports.prepare(document);
      this.#good = prepared;
      this.#state = { version: prepared.document.version, state: 'applied', errors: [] };
      await this.#goBack();
    } catch (err) {
      this.#log.error({ err }, 'last good configuration cannot be used by this program');
    }
  }
}

const versionOf = (document: unknown): number =>
  typeof document === 'object' && document !== null && 'version' in document && typeof document.version === 'number'
    ? document.version
    : 0;
