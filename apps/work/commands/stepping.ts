import { type Actor, may } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { QueueBell } from './bell.ts';
import {
  type CommandRow,
  type CommandStep,
  checkApprover,
  checkStep,
  LevelTooLow,
  needsApproval,
  permissionFor,
  ReasonMissing,
  ServiceUnknown,
  WindowInvalid,
} from './command.ts';
import type { Sending } from './sending.ts';
import { timesFor } from './sending.ts';
import * as store from './store.ts';
import type { Telling } from './telling.ts';

export interface StepWords {
  note?: string;
  window?: { from?: string; until: string };
}

interface Deps extends Pick<Kernel, 'db' | 'clock'> {
  bell: QueueBell;
  telling: Telling;
  sending: Pick<Sending, 'thingFor'>;
}

/** What people do with a command between its writing and its sending. */
export function createStepping({ db, clock, bell, telling, sending }: Deps) {
  const queued = (row: CommandRow): CommandRow => ({ ...row, ...timesFor(row, clock.now()) });
  const ended = (row: CommandRow, state: 'refused' | 'cancelled', failure: string): CommandRow => ({
    ...row,
    state,
    failure,
    ended_at: clock.now(),
    due: null,
  });

  async function save(tx: Tx, actor: Actor, after: CommandRow, verb: CommandStep, note: string): Promise<CommandRow> {
    await store.saveStep(tx, after);
    await telling.journal(tx, [{ actor, row: after, verb, detail: { note, requester: after.requester_name } }]);
    await telling.announce(tx, [after]);
    if (after.state === 'queued') tx.afterCommit(() => bell.ring(after.thing, after.urgent));
    return after;
  }

  function step(actor: Actor, id: string, verb: CommandStep, change: (row: CommandRow) => CommandRow, note = '') {
    return db.transaction(actor.scope, async (tx) => {
      const before = await store.lock(tx, actor.scope, id);
      checkStep(before, verb);
      return save(tx, actor, change(before), verb, note);
    });
  }

  const approved = (actor: Actor, row: CommandRow, { note = '', window }: StepWords): CommandRow => {
    checkApprover(row, actor);
    const now = clock.now();
    const until = window === undefined ? row.window_until : new Date(window.until);
    const from = window === undefined ? row.window_from : window.from === undefined ? null : new Date(window.from);
    if (until !== null && !(until > now && (from === null || from < until))) throw new WindowInvalid();
    const approval = { approver: actor.id, approver_name: actor.name, approval_note: note, approved_at: now };
    return queued({ ...row, ...approval, window_from: from, window_until: until });
  };

  const refused = (actor: Actor, row: CommandRow, { note = '' }: StepWords): CommandRow => {
    checkApprover(row, actor);
    const answer = { approver: actor.id, approver_name: actor.name, approval_note: note };
    return { ...ended(row, 'refused', 'not-approved'), ...answer };
  };

  /** The second person agrees, perhaps for a time window only. Throws OwnApproval, WindowInvalid. */
  const approve = (actor: Actor, id: string, words: StepWords) =>
    step(actor, id, 'approve', (row) => approved(actor, row, words), words.note);

  const refuse = (actor: Actor, id: string, words: StepWords) =>
    step(actor, id, 'refuse', (row) => refused(actor, row, words), words.note);

  /** One word of the second person for all of a batch or scene that still waits for it; returns how many did. */
  const stepRun = (actor: Actor, run: string, verb: 'approve' | 'refuse', words: StepWords): Promise<number> =>
    db.transaction(actor.scope, async (tx) => {
      const waiting = await store.lockWaiting(tx, actor.scope, run);
      const change = verb === 'approve' ? approved : refused;
      for (const row of waiting) await save(tx, actor, change(actor, row, words), verb, words.note ?? '');
      return waiting.length;
    });

  /** Who asked for it, or who may approve, takes it back while it has not left. */
  const cancel = (actor: Actor, id: string, { note = '' }: StepWords) =>
    step(
      actor,
      id,
      'cancel',
      (row) => {
        if (row.requester !== actor.id && !may(actor, 'command:approve')) throw new NotAllowed({ command: id });
        return ended(row, 'cancelled', 'cancelled');
      },
      note,
    );

  /** A person makes a draft his own: what a machine proposes goes no further by itself. */
  async function submit(actor: Actor, id: string, { note = '' }: StepWords) {
    if (actor.kind !== 'user' && actor.kind !== 'key') throw new NotAllowed({ by: actor.kind });
    return db.transaction(actor.scope, async (tx) => {
      const row = await store.lock(tx, actor.scope, id);
      checkStep(row, 'submit');
      const { model } = await sending.thingFor(actor, row.thing_id);
      const service = model.services.find((each) => each.id === row.method);
      if (!service) throw new ServiceUnknown({ thing: row.thing_code, service: row.method });
      const needed = permissionFor(service);
      if (!may(actor, needed)) throw new LevelTooLow({ service: service.id, permission: needed });
      const own = { ...row, requester: actor.id, requester_name: actor.name, reason: note || row.reason };
      if (!needsApproval(service)) return save(tx, actor, queued(own), 'submit', note);
      if (own.reason.trim() === '') throw new ReasonMissing({ service: service.id });
      return save(tx, actor, { ...own, state: 'awaiting-approval' }, 'submit', note);
    });
  }

  return { approve, refuse, stepRun, cancel, submit };
}
