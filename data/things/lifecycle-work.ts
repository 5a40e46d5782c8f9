import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { type Commissioning, testFaults } from './commissioning.ts';
import type { Evidence as Papers } from './contract/evidence.ts';
import { checkStep, type Evidence, endsRight, LifecycleGateShut, type LifecycleState } from './lifecycle.ts';
import { locked, type Telling, type ThingDeps } from './service.ts';
import * as store from './store.ts';
import type { Thing } from './thing.ts';

export interface StepView {
  id: string;
  /** '' = it was taken over in this state. */
  from: string;
  to: string;
  evidence: Evidence;
  at: string;
  by: string;
}

/** Steps through the life of a thing, with their gates (I-5.2.3). */
export function createLifecycle({
  db,
  clock,
  tell,
  evidence: papers,
  commissioning,
}: ThingDeps & { tell: Telling; evidence: Papers; commissioning: Pick<Commissioning, 'pointsOf'> }) {
  /** One value out of its limits keeps the device out of service: use begins only after commissioning (I-5.2.3-c). */
  async function checkTest(tx: Tx, thing: Thing, to: LifecycleState, { measured = [] }: Evidence): Promise<void> {
    if (to !== 'commissioned') return;
    const faults = testFaults(await commissioning.pointsOf(tx, thing.organisation, thing.family), measured);
    if (faults.length > 0) throw new LifecycleGateShut({ to, clause: 'I-5.2.3-c' }, faults);
  }

  /** Throws LifecycleStepRefused, LifecycleGateShut, EditConflict. The end of use takes the right to speak with it. */
  async function step(
    actor: Actor,
    id: string,
    to: LifecycleState,
    evidence: Evidence,
    version?: number,
  ): Promise<Thing> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await locked(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      checkStep(before.state, to, evidence);
      await checkTest(tx, before, to, evidence);
      await papers.checkService(tx, before, to);
      const ending = endsRight(to);
      const after = await store.saveThing(
        tx,
        { ...before, state: to, ...(ending ? { whitelist: 'revoked' as const } : {}) },
        clock.now(),
      );
      if (!after) throw new EditConflict();
      const row = { id: newId(clock.now().getTime()), thing: before.number, from: before.state, to, evidence };
      await store.insertSteps(tx, [row], before.organisation, actor.name, clock.now());
      // What is out of use is neither online nor missed.
      if (ending) await tx.run(sql`delete from things.contact where thing = ${before.number}`);
      await tell(tx, actor, after, 'step', { detail: { from: before.state, to }, forget: ending ? 'right' : 'thing' });
      return after;
    });
  }

  async function steps(actor: Actor, id: string): Promise<StepView[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, id);
      const rows = await tx.all(sql<Omit<StepView, 'at'> & { at: Date }>`
        select id, from_state as "from", to_state as "to", evidence, at, by from things.lifecycle_step
        where thing = ${thing.number} order by at, id`);
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    });
  }

  return { step, steps };
}
