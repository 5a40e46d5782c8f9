import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import { mustNotCycle, RelationContained, RelationCycle, type RelationKind } from './relation.ts';
import { locked, type Telling, type ThingDeps } from './service.ts';

export class RelationMissing extends problem('relation-missing', 404) {}
export class RelationExists extends problem('relation-exists', 409) {}

export interface RelationView {
  kind: RelationKind;
  /** `out` = from the thing asked about, `in` = towards it. */
  direction: 'in' | 'out';
  id: string;
  number: number;
  code: string;
  name: string;
  family: string;
}

const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** The typed graph of things. */
export function createRelations({ db, clock, tell }: ThingDeps & { tell: Telling }) {
  /** Would an edge from `source` to `target` close a ring of this kind? */
  async function closesRing(tx: Tx, kind: RelationKind, source: number, target: number): Promise<boolean> {
    const rows = await tx.all(sql<{ found: number }>`
      with recursive reached(number) as (
        select ${target}::bigint
        union
        select r.target from reached join things.relation r on r.source = reached.number and r.kind = ${kind}
      )
      select 1 as found from reached where number = ${source} limit 1`);
    return rows.length > 0;
  }

  /** Throws RelationCycle, RelationContained, RelationExists; both ends must be in the actor's scope. */
  async function relate(actor: Actor, sourceId: string, kind: RelationKind, targetId: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      // One at a time in an organisation, or two edges added at once could close a ring that neither sees.
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${actor.scope.organisation}, 13))`);
      const [source, target] = [await locked(tx, actor, sourceId), await locked(tx, actor, targetId)];
      if (source.number === target.number) throw new RelationCycle({ kind });
      if (mustNotCycle(kind) && (await closesRing(tx, kind, source.number, target.number)))
        throw new RelationCycle({ kind });
      try {
        await tx.run(sql`insert into things.relation (organisation, source, kind, target, at)
          values (${source.organisation}, ${source.number}, ${kind}, ${target.number}, ${clock.now()})`);
      } catch (cause) {
        if (constraintOf(cause) === 'relation_container') throw new RelationContained({ code: target.code });
        if (constraintOf(cause) === 'relation_pkey') throw new RelationExists({ kind });
        throw cause;
      }
      await tell(tx, actor, target, 'relate', { detail: { kind, source: source.code } });
    });
  }

  /** A child taken from its gateway may not speak through it any more. */
  async function unrelate(actor: Actor, sourceId: string, kind: RelationKind, targetId: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const [source, target] = [await locked(tx, actor, sourceId), await locked(tx, actor, targetId)];
      const removed = await tx.run(sql`
        delete from things.relation where source = ${source.number} and kind = ${kind} and target = ${target.number}`);
      if (removed === 0) throw new RelationMissing({ kind });
      const forget = kind === 'contains' ? 'right' : 'thing';
      await tell(tx, actor, target, 'unrelate', { detail: { kind, source: source.code }, forget });
    });
  }

  /** Neighbours of a thing in both directions, as far as the actor sees them. */
  async function neighbours(actor: Actor, id: string): Promise<RelationView[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, id);
      return tx.all(sql<RelationView>`
        select r.kind, r.direction, t.id, t.number, t.code, t.name, t.family from (
          select kind, 'out' as direction, target as other from things.relation where source = ${thing.number}
          union all
          select kind, 'in', source from things.relation where target = ${thing.number}
        ) r join things.thing t on t.number = r.other
        where ${inSubtrees(actor.scope, 't.place')} order by r.direction, r.kind, t.code limit 5000`);
    });
  }

  return { relate, unrelate, neighbours };
}
