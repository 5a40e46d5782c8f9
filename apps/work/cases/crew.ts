import { type Actor, inScope } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import { caseKinds, kindOf } from './kinds.ts';
import { AssigneeUnknown } from './problems.ts';
import type { CaseParts } from './service.ts';

export interface WorkerLine {
  readonly account: string;
  readonly name: string;
  readonly skills: string[];
  readonly most: number;
  /** Open cases he has now, wherever they lie. */
  readonly load: number;
}

export interface ConsentLine {
  readonly kind: string;
  readonly days: number;
}

const secondsADay = 86_400;

/** Workers and waiting times are those of every district: a part of the organisation does not decide for the rest. */
function requireWhole(actor: Actor): void {
  if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
}

/** Whom the platform gives work to, and how long it waits for a word when the work is done. */
export function createCrew({ db, clock, audit, ports }: CaseParts) {
  return {
    workers: (actor: Actor): Promise<WorkerLine[]> =>
      db.read(
        actor.scope,
        sql<WorkerLine>`
          select w.account, coalesce(p.name, '') as name, w.skills, w.most, (select count(*)::int from cases.case c
            where c.assignee = w.account::text and c.organisation = w.organisation and c.done_at is null and c.ended_at is null) as load
          from cases.worker w
          left join identity_pub.person p on p.id = w.account
          where w.organisation = ${actor.scope.organisation} order by p.name, w.account limit 500`,
      ),

    /** Registers a worker for dispatch, or takes him off it with no skills. Throws AssigneeUnknown, NotAllowed below the organisation. */
    setWorker: (actor: Actor, account: string, { skills, most }: { skills: string[]; most: number }): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        requireWhole(actor);
        const { organisation } = actor.scope;
        if (ports.staff && (await ports.staff.nameOf(organisation, account)) === undefined)
          throw new AssigneeUnknown({ assignee: account });
        await tx.run(
          skills.length === 0
            ? sql`delete from cases.worker where organisation = ${organisation} and account = ${account}`
            : sql`insert into cases.worker (organisation, account, skills, most, changed_at)
                values (${organisation}, ${account}, ${skills}, ${most}, ${clock.now()})
                on conflict (organisation, account) do update set skills = excluded.skills, most = excluded.most,
                  changed_at = excluded.changed_at`,
        );
        await audit.add(tx, actor, { action: 'case-worker.set', subject: `user:${account}`, detail: { skills, most } });
      }),

    /** Days until silence counts as consent, of every kind that knows such a time (H-9.2.4-c). */
    consents: async (actor: Actor): Promise<ConsentLine[]> => {
      const own = await db.read(
        actor.scope,
        sql<ConsentLine>`select kind, days from cases.consent where organisation = ${actor.scope.organisation}`,
      );
      return caseKinds.flatMap(({ id, consentAfter }) =>
        consentAfter === undefined
          ? []
          : [own.find(({ kind }) => kind === id) ?? { kind: id, days: consentAfter / secondsADay }],
      );
    },

    /** Throws NotAllowed below the organisation. */
    setConsent: (actor: Actor, kind: string, days: number): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        requireWhole(actor);
        kindOf(kind);
        await tx.run(sql`
          insert into cases.consent (organisation, kind, days, changed_at)
          values (${actor.scope.organisation}, ${kind}, ${days}, ${clock.now()})
          on conflict (organisation, kind) do update set days = excluded.days, changed_at = excluded.changed_at`);
        await audit.add(tx, actor, { action: 'case-consent.set', subject: `case-kind:${kind}`, detail: { days } });
      }),
  };
}
