import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed, problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

export class SilenceMissing extends problem('silence-missing', 404) {}

interface Silenced {
  organisation: string;
  place: string;
  rule: string;
  subject: { id: string };
}

/** The silence that covers a finding now, if any. The alarm is still raised and kept; only its notices are held back. */
export async function silenceFor(tx: Tx, found: Silenced, now: Date): Promise<string | undefined> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from alarms.silence
    where organisation = ${found.organisation} and since <= ${now} and until > ${now}
      and (rule is null or rule = ${found.rule}) and (subject_id is null or subject_id = ${found.subject.id})
      and starts_with(${found.place}, place)
    limit 1`);
  return row?.id;
}

export interface SilenceRow {
  id: string;
  place: string;
  rule: string | null;
  subject: string | null;
  since: Date;
  until: Date;
  reason: string;
  by: string;
}

export interface NewSilence {
  place: string;
  rule?: string;
  subject?: string;
  until: string;
  reason: string;
}

const longest = 30 * 86_400_000; // ms: a silence that outlives a month is a rule to mend

export function createSilences({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  return {
    list: (actor: Actor) =>
      db.read(
        actor.scope,
        sql<SilenceRow>`
          select id, place, rule, subject_id as subject, since, until, reason, by_name as by from alarms.silence
          where until > ${clock.now()} and ${inSubtrees(actor.scope, 'place')} order by until limit 200`,
      ),

    add: (actor: Actor, wanted: NewSilence) => {
      if (!inScope(actor.scope, wanted.place)) throw new NotAllowed({ place: wanted.place });
      const now = clock.now();
      const until = new Date(wanted.until);
      if (until <= now || until.getTime() - now.getTime() > longest)
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/until', code: 'out-of-range' }]);
      return db.transaction(actor.scope, async (tx) => {
        const id = newId();
        await tx.run(sql`
          insert into alarms.silence (id, organisation, place, rule, subject_id, since, until, reason, by_name)
          values (${id}, ${actor.scope.organisation}, ${wanted.place}, ${wanted.rule ?? null}, ${wanted.subject ?? null}, ${now}, ${until}, ${wanted.reason}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'alarm.silence',
          subject: `silence:${id}`,
          place: wanted.place,
          detail: { ...wanted },
        });
        return {
          id,
          place: wanted.place,
          rule: wanted.rule ?? null,
          subject: wanted.subject ?? null,
          since: now,
          until,
          reason: wanted.reason,
          by: actor.name,
        };
      });
    },

    /** Ends a silence before its time. */
    end: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const ended = await tx.run(
          sql`update alarms.silence set until = ${clock.now()} where id = ${id} and until > ${clock.now()} and ${inSubtrees(actor.scope, 'place')}`,
        );
        if (ended === 0) throw new SilenceMissing({ id });
        await audit.add(tx, actor, { action: 'alarm.unsilence', subject: `silence:${id}` });
      }),
  };
}
