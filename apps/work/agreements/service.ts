import { type Actor, inScope } from '@keystead/contracts/access';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Agreement, digestOf, type Fee, type PartyOf } from './agreement.ts';
import { type AgreementKind, holds, stateAfter } from './kind.ts';
import { AgreementFixed, AgreementStepRefused } from './problems.ts';
import * as store from './store.ts';

export interface AgreementDraft {
  readonly kind: string;
  readonly subject: string;
  readonly place: string;
  readonly title: string;
  readonly parties: readonly PartyOf[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly terms: Readonly<Record<string, unknown>>;
  readonly fees: readonly Fee[];
  readonly replaces?: string;
}

export interface AgreementChange {
  readonly title?: string;
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly terms?: Readonly<Record<string, unknown>>;
  readonly fees?: readonly Fee[];
}

/** What became of an agreement, told to who follows its kind in the same transaction. */
export interface AgreementMove {
  readonly before: string;
  readonly after: Agreement;
  readonly step: string;
  readonly reason: string;
}
export type AgreementFollower = (tx: Tx, actor: Actor, move: AgreementMove) => Promise<void>;

export type Kinds = ReadonlyMap<string, AgreementKind>;
export type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> & {
  kinds: Kinds;
  followers: ReadonlyMap<string, AgreementFollower>;
};

export const kindOf = (kinds: Kinds, name: string): AgreementKind => {
  const kind = kinds.get(name);
  if (!kind) throw new InputInvalid({ in: 'body' }, [{ pointer: '/kind', code: 'unknown' }]);
  return kind;
};

/** Drafting and steps. Everything happens in the caller's transaction, each with its version, journal line and event. */
export function createAgreementWork({ clock, audit, outbox, kinds, followers }: Parts) {
  /** Writes down what became of it: a version that stays, the journal, the event. */
  async function keep(
    tx: Tx,
    actor: Actor,
    made: { before: string; after: Agreement; step: string; reason: string; terms: Record<string, unknown> },
  ): Promise<Agreement> {
    const { before, after, step, reason, terms } = made;
    const fees = await tx.all(store.feesOf(after.id));
    const digest = digestOf(after, terms, fees);
    const who = { at: clock.now(), actor: actor.id, actorName: actor.name };
    await store.addVersion(tx, after, { step, terms, fees, digest, reason, ...who });
    const { id, kind, code, subject, place, organisation, version, state } = after;
    const event = { id, kind, code, subject, step, from: before, to: state };
    await outbox.add(tx, agreementChanged, { organisation, place }, event);
    await audit.add(tx, actor, {
      action: `agreement.${step}`,
      subject: `agreement:${id}`,
      place,
      detail: { code, from: before, to: state, version, digest, reason },
    });
    if (before !== state) await followers.get(kind)?.(tx, actor, { before, after, step, reason });
    return after;
  }

  /** Throws InputInvalid, NotAllowed outside the actor's places, AgreementOverlaps. */
  async function draft(tx: Tx, actor: Actor, wish: AgreementDraft): Promise<Agreement> {
    const kind = kindOf(kinds, wish.kind);
    if (!inScope(actor.scope, wish.place)) throw new NotAllowed({ place: wish.place });
    if (wish.endsOn < wish.startsOn) throw new InputInvalid({ in: 'body' }, [{ pointer: '/endsOn', code: 'order' }]);
    const { organisation } = actor.scope;
    const year = clock.now().toISOString().slice(0, 4);
    const number = await store.nextNumber(tx, organisation, kind.name, year);
    const { terms, fees, ...facts } = wish;
    const agreement: Agreement = {
      ...facts,
      id: newId(),
      organisation,
      code: `${kind.prefix}-${year}-${String(number).padStart(6, '0')}`,
      state: kind.first,
      replaces: wish.replaces ?? null,
      version: 1,
    };
    await store.insert(tx, agreement, holds(kind, agreement.state), clock.now());
    for (const fee of fees) await store.putFee(tx, organisation, agreement.id, newId(), fee);
    return keep(tx, actor, { before: '', after: agreement, step: 'draft', reason: '', terms });
  }

  /**
   * Changes the wording: freely while it is a draft, as an amendment with a reason once it binds. Throws AgreementFixed,
   * AgreementOverlaps, EditConflict, InputInvalid.
   */
  async function change(
    tx: Tx,
    actor: Actor,
    id: string,
    wish: AgreementChange & { reason?: string },
    version?: number,
  ): Promise<Agreement> {
    const before = await store.lock(tx, actor.scope, id);
    const kind = kindOf(kinds, before.kind);
    if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
    const free = kind.editable.includes(before.state);
    if (!free && !kind.amendable.includes(before.state)) throw new AgreementFixed({ state: before.state });
    if (!free && !wish.reason?.trim())
      throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
    const { title = before.title, startsOn = before.startsOn, endsOn = before.endsOn } = wish;
    if (endsOn < startsOn) throw new InputInvalid({ in: 'body' }, [{ pointer: '/endsOn', code: 'order' }]);
    // What was paid for under a signed text is changed fee by fee, each with its line in the log.
    if (wish.fees && !free) throw new AgreementFixed({ state: before.state });
    if (wish.fees) {
      await store.clearFees(tx, id);
      for (const fee of wish.fees) await store.putFee(tx, before.organisation, id, newId(), fee);
    }
    const after = { ...before, title, startsOn, endsOn, version: before.version + 1 };
    await store.save(tx, after, holds(kind, after.state), clock.now());
    const terms = wish.terms ?? (await store.latestTerms(tx, id));
    const made = { before: before.state, after, terms, reason: wish.reason ?? '' };
    return keep(tx, actor, { ...made, step: free ? 'edit' : 'amend' });
  }

  /** Takes a step of its kind. Throws AgreementStepRefused, AgreementOverlaps, InputInvalid without a wanted reason. */
  async function step(tx: Tx, actor: Actor, id: string, name: string, reason = ''): Promise<Agreement> {
    const before = await store.lock(tx, actor.scope, id);
    const kind = kindOf(kinds, before.kind);
    const to = stateAfter(kind, before.state, name);
    if (!to) throw new AgreementStepRefused({ state: before.state, step: name });
    if (kind.steps[name]?.reason && !reason.trim())
      throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
    const after = { ...before, state: to, version: before.version + 1 };
    await store.save(tx, after, holds(kind, to), clock.now());
    const terms = await store.latestTerms(tx, id);
    return keep(tx, actor, { before: before.state, after, step: name, reason, terms });
  }

  return { draft, change, step, keep };
}

export type AgreementWork = ReturnType<typeof createAgreementWork>;
