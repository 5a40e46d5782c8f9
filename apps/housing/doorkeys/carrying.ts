import type { CommandsService } from '@keystead/apps/work/commands';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { commandChanged } from '@keystead/contracts/events/commands';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { LockGrant } from '@keystead/contracts/lock';
import { Problem } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { DoorKeyKind } from './key.ts';
import { isReadBack, type Wanted } from './plan.ts';
import { type Settling, sealedAt } from './settling.ts';
import * as store from './store.ts';

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  readonly commands: CommandsService;
  readonly parties: PartiesService;
  readonly settling: Settling;
}

interface Unsent {
  key: string;
  thing: string;
  organisation: OrganisationId;
  wanted: Wanted;
  wanted_no: number;
  tries: number;
  kind: DoorKeyKind;
}
interface Answered {
  key: string;
  thing: string;
  wanted: Wanted;
  organisation: OrganisationId;
}

const atOnce = 200;
/** A lock may sleep or be cut off for long: a week, then the command is given anew. */
const waits = 7 * 86_400; // s
/** What is told to locks, and so what is heard of here. */
export const lockMethods = ['writeGrant', 'revokeGrant', 'readGrants'];
const taken = ['acknowledged', 'verified'];
const lostStates = ['failed', 'refused', 'expired', 'cancelled'];
/** Seconds before another try: half a minute, doubled up to an hour. */
const pauseAfter = (tries: number): number => Math.min(30 * 2 ** Math.min(tries, 10), 3600);

/** Carries what locks ought to hold into them, by commands, and looks by reading back whether it is there. */
export function createCarrying({ db, clock, log, commands, parties, settling }: Parts) {
  const later = (tries: number): Date => new Date(clock.now().getTime() + pauseAfter(tries) * 1000);

  async function grantOf({ key, kind, wanted }: Unsent): Promise<LockGrant | undefined> {
    if (wanted.state === 'gone' || kind === 'mechanical') return undefined;
    const credential = await db.systemTransaction(async (tx) => {
      const [found] = await tx.all(store.sealedOf(key));
      return found?.sealed ? parties.unsealText(tx, found.holder, sealedAt(key), found.sealed) : undefined;
    });
    if (credential === undefined) return undefined;
    const { state: _state, ...terms } = wanted;
    return { id: key, means: [kind], credential, ...terms };
  }

  async function failed(slot: Pick<Unsent, 'key' | 'thing' | 'tries'>, cause: Problem): Promise<void> {
    log.warn({ key: slot.key, thing: slot.thing, problem: cause.type }, 'a key could not be sent to a lock');
    await db.systemTransaction((tx) =>
      tx.run(sql`update doorkeys.slot set failure = ${cause.type}, tries = tries + 1, due = ${later(slot.tries)}
        where key = ${slot.key} and thing = ${slot.thing}`),
    );
  }

  async function send(slot: Unsent): Promise<void> {
    const { key, thing, organisation, wanted, wanted_no } = slot;
    const actor = systemActor('doorkeys', organisation);
    try {
      const grant = await grantOf(slot);
      if (!grant && wanted.state !== 'gone') return; // it ended meanwhile: the next look says so
      const wish = grant
        ? { service: 'writeGrant', input: { ...grant } }
        : { service: 'revokeGrant', input: { id: key } };
      const reason = wanted.state === 'valid' ? '数字化钥匙' : wanted.state === 'rests' ? '钥匙冻结' : '钥匙注销';
      // The same number is the same command, however often this is tried.
      const once = { key: `${key}/${thing}/${wanted_no}/${slot.tries}`, expiresIn: waits, reason };
      const { id } = await commands.send(actor, thing, { ...wish, ...once }, { origin: 'rule', originId: 'doorkeys' });
      await db.systemTransaction((tx) =>
        tx.run(sql`update doorkeys.slot set sent_no = ${wanted_no}, command = ${id}, due = null
          where key = ${key} and thing = ${thing} and sent_no < ${wanted_no}`),
      );
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      await failed(slot, cause);
    }
  }

  /** Asks a lock once for all keys it took and was not read for. */
  async function read(
    thing: string,
    slots: readonly (Answered & { written_no: number; tries: number })[],
  ): Promise<void> {
    const [{ organisation } = { organisation: '' as OrganisationId }] = slots;
    try {
      const wish = { service: 'readGrants', expiresIn: 3600, reason: '钥匙回读' };
      const from = { origin: 'rule', originId: 'doorkeys' } as const;
      const { id } = await commands.send(systemActor('doorkeys', organisation), thing, wish, from);
      await db.systemTransaction((tx) =>
        tx.run(sql`update doorkeys.slot set reading = ${id}, due = ${later(4)} where thing = ${thing}
          and key = any(${slots.map(({ key }) => key)}) and written_no = wanted_no and confirmed_no < wanted_no`),
      );
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      for (const { key, tries } of slots) await failed({ key, thing, tries }, cause);
    }
  }

  async function round(): Promise<number> {
    const now = clock.now();
    const unsent = await db.systemRead(sql<Unsent>`
      select s.key, s.thing, s.organisation, s.wanted, s.wanted_no, s.tries, k.kind from doorkeys.slot s join doorkeys.key k on k.id = s.key
      where s.sent_no < s.wanted_no and (s.due is null or s.due <= ${now}) order by s.due nulls first limit ${atOnce}`);
    await Promise.all(unsent.map(send));
    const unread = await db.systemRead(sql<Answered & { written_no: number; tries: number }>`
      select key, thing, organisation, wanted, written_no, tries from doorkeys.slot
      where written_no = wanted_no and confirmed_no < wanted_no and (due is null or due <= ${now}) order by due nulls first limit ${atOnce}`);
    await Promise.all([...Map.groupBy(unread, ({ thing }) => thing)].map(([thing, slots]) => read(thing, slots)));
    return unsent.length + unread.length;
  }

  async function readOut(actor: Actor, command: string): Promise<Partial<LockGrant>[] | undefined> {
    const { reply } = await commands.get(actor, command);
    const grants = typeof reply === 'object' && reply !== null && 'grants' in reply ? reply.grants : undefined;
    return Array.isArray(grants) ? grants.filter((each) => typeof each === 'object' && each !== null) : undefined;
  }

  async function confirmed(tx: Tx, organisation: OrganisationId, key: string): Promise<void> {
    const [row] = await tx.all(sql<{ open: number; valid: number }>`
      select count(*) filter (where confirmed_no < wanted_no)::int as open, count(*) filter (where wanted->>'state' = 'valid')::int as valid
      from doorkeys.slot where key = ${key}`);
    if (!row || row.open > 0 || row.valid === 0) return;
    const [found] = await tx.all(store.keyById({ organisation, subtrees: [''] }, key));
    if (found && !found.endedAt) await settling.tell(tx, found, 'working');
  }

  async function readBack(tx: Tx, organisation: OrganisationId, command: string): Promise<void> {
    const slots = await tx.all(sql<Answered>`select key, thing, organisation, wanted from doorkeys.slot
      where reading = ${command} and written_no = wanted_no and confirmed_no < wanted_no for update`);
    if (slots.length === 0) return;
    const grants = await readOut(systemActor('doorkeys', organisation), command);
    for (const { key, thing, wanted } of slots) {
      if (grants && isReadBack(grants, key, wanted)) {
        await tx.run(sql`update doorkeys.slot set confirmed_no = wanted_no, confirmed_at = ${clock.now()}, failure = null, tries = 0,
          due = null, reading = null where key = ${key} and thing = ${thing}`);
        await confirmed(tx, organisation, key);
      } else
        await tx.run(sql`update doorkeys.slot set failure = 'read-back', reading = null, wanted_no = wanted_no + 1, tries = tries + 1,
          due = ${later(1)} where key = ${key} and thing = ${thing}`);
    }
  }

  /** A command moved on: what the lock took is read back, what it did not take is given anew. True = there is more to carry. */
  async function heard(
    { organisation, payload }: EventEnvelope<Payload<typeof commandChanged>>,
    tx: Tx,
  ): Promise<boolean> {
    let more = false;
    for (const { id, method, state, failure } of payload.changes) {
      if (!lockMethods.includes(method)) continue;
      if (taken.includes(state)) {
        if (method === 'readGrants') await readBack(tx, organisation as OrganisationId, id);
        else
          more =
            (await tx.run(
              sql`update doorkeys.slot set written_no = sent_no, command = null, failure = null where command = ${id}`,
            )) > 0 || more;
      } else if (lostStates.includes(state)) {
        const pause = state === 'expired' ? 0 : 1;
        more =
          (await tx.run(sql`update doorkeys.slot set wanted_no = greatest(wanted_no, sent_no + 1), command = null, tries = tries + 1,
            failure = ${failure ?? state}, due = case when ${pause} = 0 then null else ${later(0)}::timestamptz end where command = ${id}`)) >
            0 || more;
        await tx.run(sql`update doorkeys.slot set reading = null, due = ${later(1)} where reading = ${id}`);
      }
    }
    return more;
  }

  return { round, heard };
}

export type Carrying = ReturnType<typeof createCarrying>;
