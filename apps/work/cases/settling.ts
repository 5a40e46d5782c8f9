import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';
import { type CaseStep, isEnded, nextState } from './case.ts';
import { kindOf } from './kinds.ts';
import type { StepInput } from './requirements.ts';
import * as store from './store.ts';

type Take = (tx: Tx, actor: Actor, id: string, step: CaseStep, input: StepInput) => Promise<void>;

/** The shortest way to the end of the work, whatever its state. */
const way: readonly CaseStep[] = ['close', 'confirm', 'finish', 'resume', 'start', 'accept', 'assign'];
const longest = 8;

/**
 * Ends a case whose outcome was decided elsewhere, by whoever decided it: the steps that lead to `closed` are taken in
 * his name, each with its history. A case that ended already is left as it is.
 */
export async function settle(tx: Tx, actor: Actor, id: string, note: string, take: Take): Promise<void> {
  for (let taken = 0; taken < longest; taken++) {
    const { row } = await store.lockCase(tx, actor.scope, id);
    if (isEnded(row.state)) return;
    const kind = kindOf(row.kind);
    const mine = row.assignee === actor.id;
    const open = way.filter((step) => nextState(kind, row.state, step) !== undefined);
    const step = !mine && open.includes('assign') ? 'assign' : open[0];
    if (!step) throw new Error(`a case of kind ${row.kind} cannot be ended from ${row.state}`);
    await take(tx, actor, id, step, { note, reason: note, assignee: actor.id });
  }
}
