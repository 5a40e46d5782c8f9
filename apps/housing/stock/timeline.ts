import type { Actor } from '@keystead/contracts/access';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import type { EventEnvelope } from '@keystead/contracts/events/define';
import { houseHappened } from '@keystead/contracts/events/stock';
import { thingChanged, thingOnlineChanged } from '@keystead/contracts/events/things';
import { isId, newId } from '@keystead/contracts/ids';
import type { ThingsService } from '@keystead/data/things';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { HouseMissing } from './problems.ts';
import { houseById } from './store.ts';

export const happeningKinds = ['status', 'dossier', 'lease', 'bill', 'case', 'device', 'alarm', 'key', 'note'] as const;
export type HappeningKind = (typeof happeningKinds)[number];

/** Something that happened at a house, as another module tells it. */
export interface Happening {
  readonly organisation: string;
  /** Path of the house or of anything in it. */
  readonly place: string;
  readonly at: Date;
  readonly kind: HappeningKind;
  /** What of that kind: `signed`, `new`, `offline`. */
  readonly what: string;
  readonly ref: { readonly kind: string; readonly id: string };
  /** Name of what it happened to. */
  readonly title: string;
  readonly detail?: Record<string, unknown>;
}

export interface TimelineLine {
  id: string;
  at: Date;
  kind: HappeningKind;
  what: string;
  refKind: string;
  ref: string;
  title: string;
  by: string | null;
  detail: Record<string, unknown>;
}

/** `1/2f/3a/` → `1/`, `1/2f/`, `1/2f/3a/`. */
const pathsTo = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, segments) => `${segments.slice(0, at + 1).join('/')}/`);

/** What is worth a line: the way of an alarm through a house is its beginning and its end. */
const alarmWords = new Set(['raised', 'reactivated', 'cleared', 'closed']);
const thingWords = new Set(['create', 'step', 'maintain']);

const linesOf = (house: string, after: { at: Date; id: string } | undefined, limit: number): Query<TimelineLine> => {
  const before = (at: string, id: string) =>
    after ? sql`and (${sql.ref(at)}, ${sql.ref(id)}) < (${after.at}, ${after.id}::uuid)` : sql``;
  // A number in the last group of an id of zeros: lines of one instant keep their order and have a place in the cursor.
  return sql<TimelineLine>`
    select * from (
      (select id, at, kind, what, ref_kind as "refKind", ref, title, null as by, detail from stock.happening
        where house = ${house} ${before('at', 'id')} order by at desc, id desc limit ${limit})
      union all
      (select l.id, l.at, case when l.lease is null then 'status' else 'lease' end, l.step, case when l.lease is null then 'house' else 'lease' end,
        coalesce(l.lease, l.house)::text, l.to_state, l.actor_name,
        jsonb_build_object('from', l.from_state, 'to', l.to_state, 'reason', l.reason, 'repairing', l.repairing)
        from (select *, lpad(to_hex(number), 32, '0')::uuid as id from stock.status where house = ${house}) l
        where true ${before('l.at', 'l.id')} order by l.at desc, l.id desc limit ${limit})
      union all
      (select e.id, e.at, 'dossier', 'changed', 'house', e.house::text, array_to_string(e.groups, ' '), e.actor_name, jsonb_build_object('number', e.number)
        from (select *, lpad(to_hex(number + 1048576), 32, '0')::uuid as id from stock.edition where house = ${house}) e
        where true ${before('e.at', 'e.id')} order by e.at desc, e.id desc limit ${limit})
    ) lines order by at desc, id desc limit ${limit}`;
};

/** The timeline of a dossier 档案时间轴: filled by what happens, never by hand (H-9.3-a). */
export function createTimeline({
  db,
  outbox,
  things,
}: Pick<Kernel, 'db' | 'outbox'> & { things: Pick<ThingsService, 'numberOf' | 'refs'> }) {
  /** Files a happening with the house it lies in, in the caller's transaction; elsewhere it is nobody's. Twice the same id is once. */
  async function noteIn(tx: Tx, happening: Happening, id: string = newId()): Promise<string | undefined> {
    if (happening.place === '') return undefined;
    const house = await tx.maybe(sql<{ id: string; place: string }>`
      select id, place from stock.house
      where organisation = ${happening.organisation} and place = any(${pathsTo(happening.place)}) order by length(place) desc limit 1`);
    if (!house) return undefined;
    const { kind, what, ref, title, at, organisation, detail = {} } = happening;
    const added = await tx.run(sql`
      insert into stock.happening (id, house, organisation, place, at, kind, what, ref_kind, ref, title, detail)
      values (${id}, ${house.id}, ${organisation}, ${house.place}, ${at}, ${kind}, ${what}, ${ref.kind}, ${ref.id}, ${title},
        ${JSON.stringify(detail)}) on conflict (id) do nothing`);
    if (added > 0)
      await outbox.add(
        tx,
        houseHappened,
        { organisation, place: house.place },
        { id: house.id, kind, refKind: ref.kind, ref: ref.id },
      );
    return house.id;
  }

  const from = ({ organisation, place, at }: EventEnvelope) => ({ organisation, place, at: new Date(at) });

  function subscribe(bus: Kernel['bus']): void {
    bus.on(caseChanged, 'stock.file-case', async (event, tx) => {
      const { id, code, kind, title, from: before, to } = event.payload;
      if (before === to) return;
      const detail = { code, caseKind: kind };
      await noteIn(tx, { ...from(event), kind: 'case', what: to, ref: { kind: 'case', id }, title, detail }, event.id);
    });
    // H-9.1.1-e: the alarm of a device is the house's; the line names both.
    bus.on(alarmChanged, 'stock.file-alarm', async (event, tx) => {
      const { id, change, severity, title, subject } = event.payload;
      if (!alarmWords.has(change)) return;
      const detail = { severity, subject, en: title.en };
      const ref = { kind: 'alarm', id };
      await noteIn(tx, { ...from(event), kind: 'alarm', what: change, ref, title: title.zh, detail }, event.id);
    });
    bus.on(thingChanged, 'stock.file-thing', async (event, tx) => {
      const { id, change } = event.payload;
      if (!thingWords.has(change)) return;
      const title = await nameOf(id);
      await noteIn(tx, { ...from(event), kind: 'device', what: change, ref: { kind: 'thing', id }, title }, event.id);
    });
    bus.on(thingOnlineChanged, 'stock.file-online', async (event, tx) => {
      const { id, code, to } = event.payload;
      const ref = { kind: 'thing', id };
      const title = await nameOf(id);
      await noteIn(tx, { ...from(event), kind: 'device', what: to, ref, title: title || code }, event.id);
    });
  }

  async function nameOf(thing: string): Promise<string> {
    const number = isId(thing) ? await things.numberOf(thing) : undefined;
    return number === undefined ? '' : ((await things.refs([number])).get(number)?.name ?? '');
  }

  return {
    noteIn,
    subscribe,

    /** Newest first. Throws HouseMissing outside the scope. */
    timeline: async (actor: Actor, house: string, page: { limit: number; cursor?: string }) => {
      const [row] = await db.read(actor.scope, houseById(actor.scope, house));
      if (!row) throw new HouseMissing({ id: house });
      const after = page.cursor ? readCursor(page.cursor) : undefined;
      const found = await db.read(actor.scope, linesOf(house, after, page.limit + 1));
      const items = found.slice(0, page.limit);
      const last = items.at(-1);
      return { items, next: found.length > page.limit && last ? writeCursor(last.at, last.id) : null };
    },
  };
}

export type Timeline = ReturnType<typeof createTimeline>;
