import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import { disablesAutonomy } from '@keystead/contracts/thing-model';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Directory } from './directory.ts';
import { locked, type ThingDeps } from './service.ts';
import { AutonomyProtected } from './thing.ts';

export type AttributeSide = 'client' | 'shared';

export interface AttributesGiven {
  client: Record<string, unknown>;
  shared: Record<string, unknown>;
}

export interface AttributeView {
  side: AttributeSide;
  key: string;
  value: unknown;
  at: string;
}

/** An attribute with the thing that carries it, for those who look through many. */
export interface ReportedAttribute {
  number: number;
  id: string;
  code: string;
  name: string;
  family: string;
  place: string;
  /** Not retired and not scrapped. */
  inUse: boolean;
  value: unknown;
  at: Date;
}

const keysMost = 200;
const valueBytes = 16 * 1024;

function checkValues(values: Record<string, unknown>): void {
  const errors = Object.entries(values).flatMap(([key, value]) => {
    const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key.length === 0 || key.length > 128) return [{ pointer, code: 'bad-format' }];
    return Buffer.byteLength(JSON.stringify(value) ?? '') > valueBytes ? [{ pointer, code: 'too-long' }] : [];
  });
  if (Object.keys(values).length > keysMost) errors.push({ pointer: '/', code: 'too-long' });
  if (errors.length > 0) throw new InputInvalid({ in: 'attributes' }, errors);
}

/** What a device says of itself (client side) and what it is told (shared side). A key set to null is gone. */
export function createAttributes(deps: ThingDeps & { directory: Directory }) {
  const { db, clock, audit, changes, directory } = deps;

  async function write(
    tx: Tx,
    thing: number,
    organisation: string,
    side: AttributeSide,
    values: Record<string, unknown>,
    at: Date,
  ): Promise<void> {
    const entries = Object.entries(values);
    const gone = entries.filter(([, value]) => value === null).map(([key]) => key);
    const kept = entries
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => ({ key, value }));
    await tx.run(sql`delete from things.attribute where thing = ${thing} and side = ${side} and key = any(${gone})`);
    await tx.run(sql`
      insert into things.attribute as a (thing, organisation, side, key, value, at)
      select ${thing}, ${organisation}, ${side}, r.key, r.value, ${at}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r(key text, value jsonb)
      on conflict (thing, side, key) do update set value = excluded.value, at = excluded.at where a.at <= excluded.at`);
    const [row] = await tx.all(
      sql<{ count: number }>`select count(*) as count from things.attribute where thing = ${thing} and side = ${side}`,
    );
    if ((row?.count ?? 0) > keysMost)
      throw new InputInvalid({ in: 'attributes', limit: keysMost }, [{ pointer: '/', code: 'too-long' }]);
  }

  /** For the gateway: absent lists mean all of that kind. */
  async function get(thing: number, wanted: { client?: string[]; shared?: string[] }): Promise<AttributesGiven> {
    const rows = await db.systemRead(sql<{ side: AttributeSide; key: string; value: unknown }>`
      select side, key, value from things.attribute where thing = ${thing}`);
    const given: AttributesGiven = { client: {}, shared: {} };
    for (const { side, key, value } of rows) {
      const keys = wanted[side];
      if (keys === undefined || keys.includes(key)) given[side][key] = value;
    }
    return given;
  }

  /** For the gateway: what a device says of itself; resolves after the commit. `time`: µs since 1970. */
  async function put(thing: number, values: Record<string, unknown>, time: number): Promise<void> {
    checkValues(values);
    const { organisation } = await directory.byNumber(thing);
    await db.systemTransaction((tx) => write(tx, thing, organisation, 'client', values, new Date(time / 1000)));
  }

  /**
   * Sets what a device is told, in the caller's transaction when there is one; it learns of it at once when it is
   * connected. Throws AutonomyProtected, whoever asks, for what could keep a fire device from starting (H-6.3-b-2).
   */
  async function share(actor: Actor, thingId: string, values: Record<string, unknown>, within?: Tx): Promise<void> {
    checkValues(values);
    const write = (tx: Tx) => shareIn(tx, actor, thingId, values);
    await (within ? write(within) : db.transaction(actor.scope, write));
  }

  async function shareIn(tx: Tx, actor: Actor, thingId: string, values: Record<string, unknown>): Promise<void> {
    const thing = await locked(tx, actor, thingId);
    const { model } = await directory.byNumber(thing.number);
    if (disablesAutonomy(model, { values })) throw new AutonomyProtected({ thing: thing.code });
    await write(tx, thing.number, thing.organisation, 'shared', values, clock.now());
    await changes.announce(tx, thing.number, 'shared');
    const detail = { keys: Object.keys(values) };
    await audit.add(tx, actor, { action: 'thing.share', subject: `thing:${thing.id}`, place: thing.place, detail });
  }

  async function list(actor: Actor, thingId: string): Promise<AttributeView[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      const rows = await tx.all(sql<Omit<AttributeView, 'at'> & { at: Date }>`
        select side, key, value, at from things.attribute where thing = ${thing.number} order by side, key`);
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    });
  }

  /**
   * Things of an organisation that carry an attribute, by number, `after` one; what a thing says of itself goes before
   * what it was told. With `only`, of these ids.
   */
  function reported(
    organisation: string,
    key: string,
    page: { after: number; limit: number; only?: readonly string[] },
  ): Promise<ReportedAttribute[]> {
    return db.systemRead(sql<ReportedAttribute>`
      select distinct on (t.number) t.number, t.id, t.code, t.name, t.family, t.place,
        t.state not in ('retired', 'scrapped') as "inUse", a.value, a.at
      from things.attribute a join things.thing t on t.number = a.thing
      where a.organisation = ${organisation} and a.key = ${key} and a.thing > ${page.after}
        ${page.only ? sql`and t.id = any(${page.only}::uuid[])` : sql``}
      order by t.number, a.side limit ${page.limit}`);
  }

  return {
    get,
    put,
    share,
    list,
    reported,
    /** Calls back with the shared attributes of a thing when the platform changed them. */
    onShared: (listen: (thing: number, values: Record<string, unknown>) => void): (() => void) =>
      changes.on(({ thing, kind }) => {
        if (kind !== 'shared') return;
        void get(thing, { client: [] }).then(
          ({ shared }) => listen(thing, shared),
          (cause) => deps.log.warn({ err: cause, thing }, 'shared attributes could not be read'),
        );
      }),
  };
}
