import type { RuleState } from '@keystead/contracts/rules';
import { type Db, sql, type Tx } from '@keystead/kernel/db';

export interface KeptState {
  rule: string;
  thing: number;
  state: RuleState;
  wakeAt: number | undefined;
}

/** States of all rules for some things, as of the saved mark. */
export async function readStates(db: Db, things: readonly number[]): Promise<KeptState[]> {
  const rows = await db.systemRead(sql<{ rule: string; thing: number; state: RuleState; wake_at: Date | null }>`
    select rule, thing, state, wake_at from alarms.rule_state where thing = any(${things}::int8[])`);
  return rows.map((row) => ({
    rule: row.rule,
    thing: row.thing,
    state: row.state,
    wakeAt: row.wake_at ? row.wake_at.getTime() * 1000 : undefined,
  }));
}

/** Things with a running time: they must be known again after a restart although no message came yet. */
export async function waitingThings(db: Db): Promise<number[]> {
  const rows = await db.systemRead(
    sql<{ thing: number }>`select distinct thing from alarms.rule_state where wake_at is not null`,
  );
  return rows.map((row) => row.thing);
}

export interface DirtyState {
  rule: string;
  thing: number;
  /** undefined = nothing to remember any more. */
  state: RuleState | undefined;
  wakeAt: number | undefined;
}

export async function writeStates(tx: Tx, states: readonly DirtyState[]): Promise<void> {
  const gone = states.filter(({ state }) => state === undefined);
  const kept = states.filter(({ state }) => state !== undefined);
  if (gone.length > 0) {
    await tx.run(sql`
      delete from alarms.rule_state s using unnest(${gone.map(({ rule }) => rule)}::uuid[], ${gone.map(({ thing }) => thing)}::int8[]) g (rule, thing)
      where s.rule = g.rule and s.thing = g.thing`);
  }
  if (kept.length > 0) {
    await tx.run(sql`
      insert into alarms.rule_state (rule, thing, state, wake_at)
      select * from unnest(${kept.map(({ rule }) => rule)}::uuid[], ${kept.map(({ thing }) => thing)}::int8[],
        ${kept.map(({ state }) => JSON.stringify(state))}::jsonb[], ${kept.map(({ wakeAt }) => (wakeAt === undefined ? null : new Date(Math.ceil(wakeAt / 1000)).toISOString()))}::timestamptz[])
      on conflict (rule, thing) do update set state = excluded.state, wake_at = excluded.wake_at`);
  }
}
