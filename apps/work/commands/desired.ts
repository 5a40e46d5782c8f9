import { type Actor, systemActor } from '@keystead/contracts/access';
import { EditConflict } from '@keystead/contracts/problem';
import { disablesAutonomy } from '@keystead/contracts/thing-model';
import type { TelemetryService } from '@keystead/data/telemetry';
import { AutonomyProtected, type ThingRef, type ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { CommandRow } from './command.ts';
import type { Sending } from './sending.ts';
import { sharedCommand } from './shared-command.ts';
import { currentValue } from './shown.ts';
import * as store from './store.ts';
import { toldColumns } from './store.ts';
import type { Telling, Told } from './telling.ts';

interface Deps extends Pick<Kernel, 'db' | 'clock'> {
  things: Pick<ThingsService, 'attributes' | 'refs'>;
  telemetry: Pick<TelemetryService, 'latestPoints'>;
  telling: Telling;
  sending: Pick<Sending, 'thingFor'>;
}

export interface ShadowView {
  version: number;
  desired: Record<string, unknown>;
  reported: Record<string, unknown>;
  /** Keys whose reported value is not the desired one. */
  delta: string[];
}

const lastsS = 7 * 86_400; // a sleeping device has a week to follow
const mostOpen = 100;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The wanted state of a thing beside the one it tells: shared attributes are wanted, client attributes and telemetry are told. */
export function createDesired({ db, clock, things, telemetry, telling, sending }: Deps) {
  async function shadowOf(thing: ThingRef): Promise<Omit<ShadowView, 'version'>> {
    const [{ client, shared }, points] = await Promise.all([
      things.attributes.get(thing.number, {}),
      telemetry.latestPoints([thing.number]),
    ]);
    const measured = thing.model.properties.flatMap(({ id }) => {
      const value = currentValue(thing.model, id, points.get(thing.number));
      return value === undefined ? [] : [[id, value] as const];
    });
    const reported = { ...Object.fromEntries(measured), ...client };
    const delta = Object.keys(shared).filter((key) => !same(shared[key], reported[key]));
    return { desired: shared, reported, delta };
  }

  async function get(actor: Actor, id: string): Promise<ShadowView> {
    const thing = await sending.thingFor(actor, id);
    const [kept] = await db.read(
      actor.scope,
      sql<{ version: number }>`select version from commands.shadow where thing_id = ${id}`,
    );
    return { version: kept?.version ?? 0, ...(await shadowOf(thing)) };
  }

  async function nextVersion(tx: Tx, thing: ThingRef, version: number | undefined): Promise<number> {
    await tx.run(sql`
      insert into commands.shadow (thing_id, organisation, version) values (${thing.id}, ${thing.organisation}, 0) on conflict do nothing`);
    const [kept] = await tx.all(
      sql<{ version: number }>`select version from commands.shadow where thing_id = ${thing.id} for update`,
    );
    const now = kept?.version ?? 0;
    if (version !== undefined && version !== now) throw new EditConflict({ version: now });
    await tx.run(sql`update commands.shadow set version = ${now + 1} where thing_id = ${thing.id}`);
    return now + 1;
  }

  /**
   * Sets what a thing should be; null takes a key away. It is told at once, or at its next contact. Throws EditConflict
   * when `version` is no longer the current one, AutonomyProtected, and the problems of attributes.
   */
  async function put(actor: Actor, id: string, values: Record<string, unknown>, version?: number): Promise<ShadowView> {
    const thing = await sending.thingFor(actor, id);
    if (disablesAutonomy(thing.model, { values })) throw new AutonomyProtected({ thing: thing.code });
    const { desired } = await shadowOf(thing);
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, desired[key] ?? null]));
    await db.transaction(actor.scope, async (tx) => {
      await nextVersion(tx, thing, version);
      await things.attributes.share(actor, id, values, tx);
      const row = sharedCommand(actor, thing, { values, before, now: clock.now(), lastsS });
      await store.insertAll(tx, [row]);
      await telling.journal(tx, [{ actor, row, verb: 'desire' }]);
      await telling.announce(tx, [row]);
    });
    return get(actor, id);
  }

  /** Ends the commands whose wish the devices now report; returns how many. Runs in the worker. */
  async function verify(): Promise<number> {
    const open = await db.systemRead(sql<Pick<CommandRow, 'number' | 'thing'> & { input: Record<string, unknown> }>`
      select number, thing, input from commands.command where ended_at is null and kind = 'desired' and method = 'desired' and state = 'sent' order by number desc limit ${mostOpen}`);
    if (open.length === 0) return 0;
    const refs = await things.refs([...new Set(open.map(({ thing }) => thing))]);
    const shadows = new Map<number, Record<string, unknown>>();
    for (const ref of refs.values()) shadows.set(ref.number, (await shadowOf(ref)).reported);
    const followed = open.filter(({ thing, input }) => {
      const reported = shadows.get(thing) ?? {};
      return Object.entries(input).every(([key, value]) => value === null || same(reported[key], value));
    });
    if (followed.length === 0) return 0;
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<Told>`
        update commands.command c set state = 'verified', seen_at = ${now}, ended_at = ${now}, due = null
        where c.number = any(${followed.map(({ number }) => number)}::bigint[]) and c.state = 'sent' returning ${toldColumns}`);
      await telling.journal(
        tx,
        rows.map((row) => ({ actor: systemActor('commands', row.organisation), row, verb: 'verify' })),
      );
      await telling.announce(tx, rows);
      return rows.length;
    });
  }

  return { get, put, verify };
}

export type Desired = ReturnType<typeof createDesired>;
