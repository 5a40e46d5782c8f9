import { type Actor, inScope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { NoticeMissing, PauseMissing } from './problems.ts';
import type { NoticeState, Proof } from './proof.ts';

export interface Notice {
  id: string;
  agreement: string;
  code: string;
  subject: string;
  since: string;
  step: string;
  channel: string;
  amount: number;
  state: NoticeState;
  text: string;
  proof: Proof;
  at: Date;
  endedAt: Date | null;
}

export interface NoticeFilter {
  agreement?: string;
  state?: NoticeState;
  /** How it is said: `text`, `call`, `letter`, `talk`. */
  channel?: string;
  place?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

export interface Pause {
  id: string;
  agreement: string;
  reason: string;
  note: string;
  fromDay: string;
  untilDay: string;
  at: Date;
  actorName: string;
  endedAt: Date | null;
}

/** What people see of reminders and do about them: how a call ended, and what holds them back. */
export function createDunningDesk({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const today = (): string => localDate(clock.now());

  return {
    /** The newest first. */
    notices: (actor: Actor, { agreement, state, channel, place, after, limit }: NoticeFilter): Promise<Notice[]> => {
      const where = [
        sql`n.organisation = ${actor.scope.organisation}`,
        inSubtrees(actor.scope, 'n.place'),
        ...(agreement ? [sql`n.agreement = ${agreement}`] : []),
        ...(state ? [sql`n.state = ${state}`] : []),
        ...(channel ? [sql`n.channel = ${channel}`] : []),
        ...(place ? [underPath(place, 'n.place')] : []),
        ...(after ? [sql`(n.at, n.id) < (select l.at, l.id from billing.notice l where l.id = ${after})`] : []),
      ];
      return db.read(
        actor.scope,
        sql<Notice>`
        select n.id, n.agreement, a.code, n.subject, n.since::text as since, n.step, n.channel, n.amount, n.state, n.text_zh as text,
          n.proof, n.at, n.ended_at as "endedAt"
        from billing.notice n join agreements_pub.agreement a on a.id = n.agreement
        where ${sql.join(where, sql` and `)} order by n.at desc, n.id desc limit ${limit}`,
      );
    },
    /** How a call, a letter or a talk ended, said by who did it. Throws NoticeMissing. */
    deliverByHand: (actor: Actor, id: string, wish: { delivered: boolean; how: string }): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const proof = { how: wish.how, by: actor.name };
        const done = await tx.run(sql`
          update billing.notice set state = ${wish.delivered ? 'delivered' : 'failed'}, proof = proof || ${JSON.stringify(proof)}::jsonb,
            ended_at = ${clock.now()}
          where id = ${id} and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} and state in ('queued', 'sent')`);
        if (done === 0) throw new NoticeMissing({ id });
        await audit.add(tx, actor, { action: 'dunning.deliver', subject: `notice:${id}`, detail: { ...wish } });
      }),
    pause: (
      actor: Actor,
      agreement: { id: string; place: string },
      wish: { reason: string; note: string; untilDay: string },
    ): Promise<{ id: string }> =>
      db.transaction(actor.scope, async (tx) => {
        const id = newId();
        await tx.run(sql`
          insert into billing.pause (id, organisation, agreement, reason, note, from_day, until_day, at, actor_name)
          values (${id}, ${actor.scope.organisation}, ${agreement.id}, ${wish.reason}, ${wish.note}, ${today()}, ${wish.untilDay}, ${clock.now()}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'dunning.pause',
          subject: `agreement:${agreement.id}`,
          place: agreement.place,
          detail: { ...wish },
        });
        return { id };
      }),
    /** What holds reminders of a lease back; with `all` also what held them back before. */
    pauses: (actor: Actor, agreement: string, all = false): Promise<Pause[]> =>
      db.read(
        actor.scope,
        sql<Pause>`
        select p.id, p.agreement, p.reason, p.note, p.from_day::text as "fromDay", p.until_day::text as "untilDay", p.at,
          p.actor_name as "actorName", p.ended_at as "endedAt"
        from billing.pause p join agreements_pub.agreement a on a.id = p.agreement
        where p.agreement = ${agreement} and ${inSubtrees(actor.scope, 'a.place')} and ${all ? sql`true` : sql`p.ended_at is null`}
        order by p.at limit 200`,
      ),
    resume: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const [found] = await tx.all(sql<{ agreement: string; place: string }>`
          select p.agreement, a.place from billing.pause p join agreements_pub.agreement a on a.id = p.agreement
          where p.id = ${id} and p.organisation = ${actor.scope.organisation} and p.ended_at is null for update of p`);
        if (!found || !inScope(actor.scope, found.place)) throw new PauseMissing({ id });
        await tx.run(sql`update billing.pause set ended_at = ${clock.now()} where id = ${id}`);
        await audit.add(tx, actor, {
          action: 'dunning.resume',
          subject: `agreement:${found.agreement}`,
          place: found.place,
        });
      }),
  };
}
