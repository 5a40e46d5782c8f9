import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Property } from '@keystead/contracts/thing-model';
import type { RecordsService } from '@keystead/data/records';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { ThingMissing } from '@keystead/data/things';
import { movePaths, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  checkTime,
  compare,
  DialAgrees,
  DialCheckMissing,
  DialCheckReviewed,
  DialOwnPhoto,
  DialPhotoUnfit,
  nearest,
  nearMs,
  type Register,
  registerOf,
  type Verdict,
} from './check.ts';
import { type CheckFilter, type CheckRow, insert, listQuery, oneQuery, review as writeReview } from './store.ts';

export interface DialParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly things: Pick<ThingsService, 'numberOf' | 'refs'>;
  readonly telemetry: Pick<TelemetryService, 'raw' | 'correct'>;
  readonly records: Pick<RecordsService, 'put'>;
}

export interface DialDraft {
  readonly thing: string;
  /** The counter that is meant; the first of the model unless told. */
  readonly property?: string;
  /** Digits as they stand in the photo, in the unit of the property. */
  readonly dial: string;
  readonly takenAt: Date;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

export interface ReviewDraft {
  readonly verdict: Verdict;
  /** Digits as the reviewer reads them, where the first reading was wrong. */
  readonly dial?: string;
  readonly note: string;
}

/** A check with the names of what it is about, as they are now; undefined for a thing that is gone. */
export interface NamedCheck {
  readonly row: CheckRow;
  readonly thing: ThingRef | undefined;
  readonly property: Property | undefined;
}

export const largestPhoto = 10 * 1024 * 1024;
/** Kept like the bills that may come of it. */
const retentionYears = 5;
const perLook = 50;
/** Named beside a corrected reading. */
const source = 'dial-photo';

/** Photos of dials beside the registers of their meters, and what a reviewer says of the difference (H-6.4-b-1). */
export function createDials({ db, clock, audit, things, telemetry, records }: DialParts) {
  async function thingOf(actor: Actor, id: string): Promise<ThingRef> {
    const number = await things.numberOf(id);
    const thing = number === undefined ? undefined : (await things.refs([number])).get(number);
    if (thing?.organisation !== actor.scope.organisation || !inScope(actor.scope, thing.place))
      throw new ThingMissing({ id });
    return thing;
  }

  async function registerNear(actor: Actor, thing: string, property: string, at: Date): Promise<Register | undefined> {
    const look = (order: 'asc' | 'desc') => {
      const [from, to] = order === 'asc' ? [0, nearMs] : [-nearMs, 1];
      const span = { from: new Date(at.getTime() + from), to: new Date(at.getTime() + to) };
      return telemetry.raw(actor, thing, property, { ...span, limit: perLook, order });
    };
    const [before, after] = await Promise.all([look('desc'), look('asc')]);
    return nearest(at, [...before.items, ...after.items]);
  }

  async function named(rows: readonly CheckRow[]): Promise<NamedCheck[]> {
    const refs = await things.refs([...new Set(rows.map(({ number }) => number))]);
    return rows.map((row) => {
      const thing = refs.get(row.number);
      return { row, thing, property: thing?.model.properties.find(({ id }) => id === row.property) };
    });
  }

  async function one(row: CheckRow): Promise<NamedCheck> {
    const [found] = await named([row]);
    return found ?? { row, thing: undefined, property: undefined };
  }

  async function get(actor: Actor, id: string): Promise<CheckRow> {
    const [row] = await db.read(actor.scope, oneQuery(actor, id));
    if (!row) throw new DialCheckMissing({ id });
    return row;
  }

  const tell = (tx: Tx, actor: Actor, act: 'keep' | 'review', row: CheckRow, detail: object) =>
    audit.add(tx, actor, {
      action: `dial.${act}`,
      subject: `thing:${row.thing}`,
      place: row.place,
      detail: { check: row.id, property: row.property, dial: row.dial, register: row.register, ...detail },
    });

  /**
   * Keeps the photo and holds its digits against what the register said nearest to that moment. Throws ThingMissing,
   * DialWithoutRegister, DialTimeWrong, DialUnreadable, DialPhotoUnfit, the problems of records.
   */
  async function keep(actor: Actor, draft: DialDraft): Promise<NamedCheck> {
    const thing = await thingOf(actor, draft.thing);
    const property = registerOf(thing.model, draft.property);
    const now = clock.now();
    checkTime(draft.takenAt, now);
    if (!draft.mediaType.startsWith('image/')) throw new DialPhotoUnfit({ mediaType: draft.mediaType });
    const register = await registerNear(actor, thing.id, property.id, draft.takenAt);
    const comparison = compare(draft.dial, register?.value ?? null);
    const row = await db.transaction(actor.scope, async (tx) => {
      const { name, mediaType, content } = draft;
      const photo = await records.put(tx, actor, {
        ...{ name, mediaType, content, retentionYears, most: largestPhoto, storeLevel: 3 },
        ...{ subject: `thing:${thing.id}`, place: thing.place },
      });
      const made: CheckRow = {
        id: newId(now.getTime()),
        organisation: actor.scope.organisation,
        place: thing.place,
        thing: thing.id,
        number: thing.number,
        property: property.id,
        photo: photo.id,
        takenAt: draft.takenAt,
        dial: draft.dial,
        firstDial: null,
        register: register?.value ?? null,
        registerTime: register?.time ?? null,
        ...comparison,
        actor: actor.id,
        actorName: actor.name,
        recordedAt: now,
        note: null,
        reviewer: null,
        reviewerName: null,
        reviewedAt: null,
      };
      await insert(tx, made);
      await tell(tx, actor, 'keep', made, { state: made.state, photo: photo.hash });
      return made;
    });
    return { row, thing, property };
  }

  /**
   * The verdict of a person, given once. `corrected` puts the register right: the reading it was held against, or where
   * there was none the moment of the photo, gets the value of the dial, marked as corrected, and what stood there stays
   * here. Throws DialCheckMissing, DialCheckReviewed, DialUnreadable, DialOwnPhoto, DialAgrees, ThingMissing.
   */
  async function review(actor: Actor, id: string, { verdict, dial, note }: ReviewDraft): Promise<NamedCheck> {
    const before = await get(actor, id);
    if (!inScope(actor.scope, before.place)) throw new NotAllowed({ place: before.place });
    if (before.reviewer !== null) throw new DialCheckReviewed({ id });
    const reread = dial !== undefined && dial !== before.dial;
    const { lastPlaces, state } = compare(dial ?? before.dial, before.register);
    const row: CheckRow = {
      ...before,
      dial: dial ?? before.dial,
      firstDial: reread ? before.dial : null,
      lastPlaces,
      state: verdict,
      note: note === '' ? null : note,
      reviewer: actor.id,
      reviewerName: actor.name,
      reviewedAt: clock.now(),
    };
    const write = async (tx: Tx): Promise<void> => {
      if ((await writeReview(tx, row)) === 0) throw new DialCheckReviewed({ id });
      await tell(tx, actor, 'review', row, { verdict, ...(reread ? { firstDial: before.dial } : {}), note });
    };
    if (verdict === 'corrected') {
      if (before.actor === actor.id) throw new DialOwnPhoto({ id });
      if (state === 'agrees') throw new DialAgrees({ id });
      const time = before.registerTime ?? before.takenAt.toISOString();
      const { thing, property } = before;
      await telemetry.correct(actor, { thing, property, time, value: Number(row.dial), source }, write);
    } else await db.transaction(actor.scope, write);
    return one(row);
  }

  return {
    keep,
    review,
    get: async (actor: Actor, id: string): Promise<NamedCheck> => one(await get(actor, id)),
    list: async (actor: Actor, filter: CheckFilter): Promise<{ items: NamedCheck[]; next: string | null }> => {
      const rows = await db.read(actor.scope, listQuery(actor, { ...filter, limit: filter.limit + 1 }));
      const items = await named(rows.slice(0, filter.limit));
      return { items, next: rows.length > filter.limit ? (items.at(-1)?.row.id ?? null) : null };
    },
  };
}

/** The checks of one organisation below `from` are now below `to`. */
export const movePlaces = async (tx: Tx, organisation: string, from: string, to: string): Promise<void> =>
  void (await movePaths(tx, 'dials.check', 'place', organisation, from, to));

export type DialsService = ReturnType<typeof createDials>;
