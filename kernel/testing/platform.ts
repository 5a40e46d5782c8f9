import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, OrganisationId } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { createLog, type MovableClock, movableClock } from '@keystead/kernel/base';
import { readSettings } from '@keystead/kernel/base/config';
import { createBus } from '@keystead/kernel/bus';
import { createHttp, createLive, type Http, type LiveServer } from '@keystead/kernel/http';
import { createCatalogue } from '@keystead/kernel/i18n';
import { createJobs } from '@keystead/kernel/jobs';
import { type Kernel, type Module, orderModules } from '@keystead/kernel/module';
import { createAudit } from '@keystead/kernel/security/audit';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

export interface TestPlatform extends TestDatabase {
  kernel: Kernel;
  clock: MovableClock;
  http: Http;
  live: LiveServer;
  /** Services by module name. */
  services: Record<string, unknown>;
  /** Delivers all waiting events. */
  drain(): Promise<void>;
  organisation: OrganisationId;
  /** Someone of the test organisation who sees everything and may do what is named. */
  actor(...permissions: string[]): Actor;
  /** The same, confined to place subtrees. */
  actorAt(subtrees: string[], ...permissions: string[]): Actor;
  stop(): Promise<void>;
}

/**
 * The given modules and what they need, on a real database of their own, with a clock that stands at 2026-06-01
 * 09:00 in Shanghai until moved. Nothing runs by itself: events are drained and jobs run by hand. HTTP requests go
 * through `http.app.inject` with `authorization: Test <actor.id>`.
 */
export async function startPlatform(...modules: Module[]): Promise<TestPlatform> {
  const database = await testDatabase(inject('ownerUrl'));
  const { db } = database;
  const dataDir = mkdtempSync(join(tmpdir(), 'keystead-data-'));
  const clock = movableClock('2026-06-01T01:00:00Z');
  const log = createLog('test', 'silent');
  const catalogue = createCatalogue();
  const organisation = newId<'organisation'>();
  const actors = new Map<string, Actor>();
  const bus = createBus({ db, clock, log, relays: false });
  const jobs = createJobs({ db, clock, log });
  const live = createLive();
  const http = await createHttp({
    db,
    clock,
    log,
    catalogue,
    rate: 1_000_000,
    authenticator: {
      authenticate: async ({ authorization }) => {
        const actor = actors.get(authorization?.replace('Test ', '') ?? '');
        return actor && { actor, byCookie: false };
      },
    },
  });
  const kernel: Kernel = {
    role: 'tool',
    db,
    clock,
    log,
    settings: readSettings({ DATA_DIR: dataDir }),
    http,
    live,
    bus,
    outbox: bus.outbox,
    jobs,
    audit: createAudit(clock),
    catalogue,
    metrics: new Registry(),
    streamPath: join(tmpdir(), `keystead-${process.pid}-${organisation.slice(-8)}.sock`),
    onStart: () => {},
  };
  const services: Record<string, unknown> = {};
  for (const module of orderModules(modules)) {
    catalogue.load(module.files);
    services[module.name] = module.setup(kernel, services as never);
  }
  const actorAt = (subtrees: string[], ...permissions: string[]): Actor => {
    const id = newId();
    const actor: Actor = {
      kind: 'user',
      id,
      name: 'Tester',
      scope: { organisation, subtrees },
      permissions: new Set(permissions),
      from: '127.0.0.1',
    };
    actors.set(id, actor);
    return actor;
  };
  return {
    ...database,
    kernel,
    clock,
    http,
    live,
    services,
    drain: bus.drain,
    organisation,
    actor: (...permissions) => actorAt([''], ...permissions),
    actorAt,
    stop: async () => {
      await http.app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
