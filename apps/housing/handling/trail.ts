import type { Actor } from '@keystead/contracts/access';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

/** Who took a handling to which state, when. */
export interface StepTaken<State extends string> {
  readonly at: Date;
  readonly state: State;
  readonly actorName: string;
  readonly reason: string | null;
}

/** What a step is noted of. */
export interface Handled<State extends string> {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly state: State;
}

/** What else is to be known of a step; a reason stands in the trail too. */
export type StepDetail = { readonly reason?: string } & Readonly<Record<string, unknown>>;

/** Steps of one kind of handling, kept in `<module>.step` under the name of that kind; `exit` keeps its steps by the column `exit`. */
export interface Trail<State extends string> {
  /** First word of its lines in the journal, such as `move-in`. */
  readonly kind: string;
  add(tx: Tx, of: Handled<State>, step: StepTaken<State>): Promise<unknown>;
  of(id: string): Query<StepTaken<State>>;
}

const most = 50;

/** `table` and `column` are names of the caller's own, never words of a request. */
export const trailIn = <State extends string>(kind: string, table: string, column: string): Trail<State> => ({
  kind,
  add: (tx, of, { at, state, actorName, reason }) =>
    tx.run(sql`insert into ${sql.raw(table)} (${sql.raw(column)}, organisation, place, at, state, actor_name, reason)
      values (${of.id}, ${of.organisation}, ${of.place}, ${at}, ${state}, ${actorName}, ${reason})`),
  of: (id) =>
    sql<StepTaken<State>>`select at, state, actor_name as "actorName", reason from ${sql.raw(table)}
      where ${sql.raw(column)} = ${id} order by at limit ${most}`,
});

export const createTrails = ({ clock, audit }: Pick<Kernel, 'clock' | 'audit'>) => ({
  /** A step that has just been taken: a line in the trail and one in the journal, in the caller's transaction. */
  note: async <State extends string>(
    tx: Tx,
    actor: Actor,
    trail: Trail<State>,
    of: Handled<State>,
    detail: StepDetail,
  ): Promise<void> => {
    const { id, place, state } = of;
    await trail.add(tx, of, { at: clock.now(), state, actorName: actor.name, reason: detail.reason ?? null });
    await audit.add(tx, actor, { action: `${trail.kind}.${state}`, subject: `${trail.kind}:${id}`, place, detail });
  },
});
