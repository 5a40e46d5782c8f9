import type { Clock, Log } from '@keystead/kernel/base';
import type { Settings } from '@keystead/kernel/base/config';
import type { Bus, Outbox } from '@keystead/kernel/bus';
import type { Db } from '@keystead/kernel/db';
import type { Http, Live } from '@keystead/kernel/http';
import type { Catalogue } from '@keystead/kernel/i18n';
import type { Jobs } from '@keystead/kernel/jobs';
import type { Audit } from '@keystead/kernel/security/audit';
import type { Registry } from 'prom-client';

/** Which process this is. `tool` is a command line or a test: nothing runs by itself there. */
export type ModuleRole = 'gateway' | 'api' | 'worker' | 'tool';

/**
 * What the platform gives each module. Everything may be called in every role; `http` and `live` reach people only
 * in `api`, `bus.on` and `jobs` run only in `worker`.
 */
export interface Kernel {
  readonly role: ModuleRole;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  readonly http: Pick<Http, 'mount'>;
  readonly live: Live;
  readonly bus: Pick<Bus, 'on' | 'onAnnounced' | 'onBell' | 'ringBell' | 'ringWith'>;
  readonly outbox: Outbox;
  readonly jobs: Jobs;
  readonly audit: Audit;
  readonly catalogue: Catalogue;
  readonly metrics: Registry;
  /** Where accepted signals flow from the gateway to the other processes of this machine (socket path). */
  readonly streamPath: string;
  /** Work to begin once everything is set up, in this process; returns how to end it. */
  onStart(begin: () => Promise<(() => Promise<void>) | undefined> | (() => Promise<void>) | undefined): void;
}

type Services<Needs> = {
  readonly [Name in keyof Needs]: Needs[Name] extends Module<infer Service, infer _> ? Service : never;
};

export interface Module<Service = unknown, Needs extends Record<string, unknown> = Record<string, unknown>> {
  readonly name: string;
  readonly needs: Needs;
  /** Folder of the module: `migrations/` and `i18n/` are found there. */
  readonly files: string;
  setup(kernel: Kernel, services: Services<Needs>): Service;
}

/** Declares a module; `needs` are the doors it uses, and the order of setting up follows from them. */
export function defineModule<
  Service,
  Needs extends Record<string, Module<never, never> | unknown> = Record<never, never>,
>(module: {
  name: string;
  needs?: Needs;
  files: string;
  setup(kernel: Kernel, services: Services<Needs>): Service;
}): Module<Service, Needs> {
  return { ...module, needs: module.needs ?? ({} as Needs) };
}

/** Modules in the order of their needs, each once; a cycle is an error naming its path. */
export function orderModules(wanted: readonly Module[]): Module[] {
  const done: Module[] = [];
  const visit = (module: Module, path: string[]): void => {
    if (done.includes(module)) return;
    if (path.includes(module.name)) throw new Error(`modules need each other: ${[...path, module.name].join(' → ')}`);
    for (const needed of Object.values(module.needs)) visit(needed as Module, [...path, module.name]);
    done.push(module);
  };
  for (const module of wanted) visit(module, []);
  return done;
}
