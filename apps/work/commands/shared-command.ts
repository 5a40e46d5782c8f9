import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { ThingRef } from '@keystead/data/things';
import type { CommandRow, Origin } from './command.ts';
import { digestOf } from './examination.ts';
import { withoutSecrets } from './secret.ts';
import type { NewCommand } from './store.ts';

export interface SharedWish {
  /** Shared attributes to be told. */
  values: Record<string, unknown>;
  before: unknown;
  now: Date;
  /** Seconds until nobody waits for it any more; null = whoever gave it ends it. */
  lastsS: number | null;
  method?: string;
  name?: { zh: string; en: string };
  origin?: Origin;
  originId?: string;
  reason?: string;
  risk?: CommandRow['risk'];
}

/** A command carried by shared attributes: it counts as sent when they are written, and the device follows in its time. */
export function sharedCommand(actor: Actor, thing: ThingRef, wish: SharedWish): NewCommand {
  const { values, before, now, lastsS, method = 'desired', name = { zh: '期望状态', en: 'Desired state' } } = wish;
  const due = lastsS === null ? null : new Date(now.getTime() + lastsS * 1000);
  const lasts = lastsS ?? 0;
  // The attributes carry what is secret; the row tells what was wished.
  const input = withoutSecrets(values);
  return {
    ...({
      key: null,
      group_id: null,
      group_order: 0,
      failure: null,
      reply: null,
      read_back: null,
      record: null,
      sealed: null,
      window_from: null,
      window_until: null,
      approver: null,
      approver_name: null,
      approval_note: null,
      approved_at: null,
      sender: null,
      broken_at: null,
      acknowledged_at: null,
      seen_at: null,
      ended_at: null,
    } as const),
    id: newId(now.getTime()),
    organisation: thing.organisation,
    place: thing.place,
    thing: thing.number,
    thing_id: thing.id,
    thing_code: thing.code,
    thing_name: thing.name,
    family: thing.model.family,
    kind: 'desired',
    method,
    method_name: name,
    input,
    before,
    chain: [],
    risk: wish.risk ?? 'normal',
    urgent: false,
    repeatable: true,
    origin: wish.origin ?? (actor.kind === 'key' ? 'key' : 'person'),
    origin_id: wish.originId ?? null,
    reason: wish.reason ?? '',
    requester: actor.id,
    requester_name: actor.name,
    digest: digestOf(thing.id, method, input),
    deadline_s: lasts,
    answer_s: lasts,
    state: 'sent',
    created_at: now,
    queued_at: now,
    deadline: due,
    sent_at: now,
    sends: 1,
    due,
  };
}
