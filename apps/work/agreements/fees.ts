import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Agreement } from './agreement.ts';
import { holds } from './kind.ts';
import { AgreementFixed } from './problems.ts';
import { type AgreementWork, kindOf, type Parts } from './service.ts';
import * as store from './store.ts';

export interface FeeWish {
  readonly subject: string;
  /** What is paid from then on; null = nothing any more. */
  readonly basis: Readonly<Record<string, unknown>> | null;
  readonly effectiveOn: string;
  readonly endsOn?: string;
  /** On which ground: a decision, a paper, a request. */
  readonly reason: string;
}

/** What is paid for, bound to the agreement (H-9.1.3-b); every change leaves its line in a log that is only added to (H-9.1.4-b). */
export function createFees({ clock, kinds, keep }: Parts & Pick<AgreementWork, 'keep'>) {
  /** Throws AgreementFixed when it has ended, FeeChangesLater, InputInvalid without a reason or outside its days. */
  return async function setFee(tx: Tx, actor: Actor, id: string, wish: FeeWish): Promise<Agreement> {
    const before = await store.lock(tx, actor.scope, id);
    const kind = kindOf(kinds, before.kind);
    const open = kind.editable.includes(before.state) || holds(kind, before.state) !== undefined;
    if (!open) throw new AgreementFixed({ state: before.state });
    const wrong = (pointer: string, code: string) => new InputInvalid({ in: 'body' }, [{ pointer, code }]);
    if (!wish.reason.trim()) throw wrong('/reason', 'required');
    if (wish.effectiveOn < before.startsOn) throw wrong('/effectiveOn', 'too-early');
    const { organisation } = before;
    const old = await store.endFee(tx, id, wish.subject, wish.effectiveOn);
    if (wish.basis !== null) {
      const fee = { subject: wish.subject, basis: wish.basis, startsOn: wish.effectiveOn, endsOn: wish.endsOn ?? null };
      await store.putFee(tx, organisation, id, newId(), fee);
    }
    await tx.run(sql`
      insert into agreements.fee_change (id, agreement, organisation, subject, before, after, effective_on, basis, at, actor, actor_name)
      values (${newId()}, ${id}, ${organisation}, ${wish.subject}, ${old ? JSON.stringify(old.basis) : null},
        ${wish.basis ? JSON.stringify(wish.basis) : null}, ${wish.effectiveOn}, ${wish.reason}, ${clock.now()}, ${actor.id}, ${actor.name})`);
    const after = { ...before, version: before.version + 1 };
    await store.save(tx, after, holds(kind, after.state), clock.now());
    const terms = await store.latestTerms(tx, id);
    return keep(tx, actor, { before: before.state, after, step: 'fee', reason: wish.reason, terms });
  };
}
