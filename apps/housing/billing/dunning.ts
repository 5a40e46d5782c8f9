import type { AlarmsService } from '@keystead/apps/work/alarms';
import { dayOf, localDate } from '@keystead/contracts/calendar';
import { billNoticed } from '@keystead/contracts/events/billing';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type LadderStep, noticeText, standardLadder, stepsDue } from './ladder.ts';
import { afterSending, type Proof } from './proof.ts';

/** Who carries a text to a tenant; `proof` is what can be shown of it. */
export interface TenantTexts {
  send(message: {
    id: string;
    organisation: string;
    party: string;
    text: string;
  }): Promise<{ ok: true; to: string; proof: Pick<Proof, 'ways'> } | { ok: false; error: string }>;
}

interface Late {
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  subject: string;
  since: string;
  amount: number;
  code: string;
  name: string;
}

export const arrearsRule = 'platform:lease-arrears';
const atOnce = 5000;

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox'> & { alarms: AlarmsService };

/** Reminding of what is late, of every kind of fee, by itself (H-9.1.3-d, H-9.1.4-c). Paid fees are spoken of no more. */
export function createDunning({ db, clock, outbox, alarms }: Parts) {
  let texts: TenantTexts | undefined;
  let ladder: (organisation: string) => Promise<readonly LadderStep[]> = async () => standardLadder;
  const today = (): string => localDate(clock.now());

  /** Fees past their day, one line for lease and kind of fee, after a lease; a lease that is paused has none. */
  const lateAfter = (after: string, limit: number) => sql<Late>`
    with l as (
      select c.organisation, c.agreement, c.subject, min(c.place) as place, min(c.party::text)::uuid as party, min(c.due_on)::text as since,
        sum(c.amount - c.settled - c.waived)::bigint as amount
      from ledger_pub.charge c where c.reversed_at is null and c.settled + c.waived < c.amount and c.due_on < ${today()}::date
        and c.agreement in (select distinct o.agreement from ledger_pub.charge o where o.reversed_at is null
          and o.settled + o.waived < o.amount and o.due_on < ${today()}::date and o.agreement > ${after} order by o.agreement limit ${limit})
      group by 1, 2, 3)
    select l.*, a.code, s.name_zh as name from l
      join agreements_pub.agreement a on a.id = l.agreement
      join billing.subject s on s.organisation = l.organisation and s.code = l.subject
    where not exists (select from billing.pause p where p.agreement = l.agreement and p.ended_at is null
      and ${today()}::date between p.from_day and p.until_day)
    order by l.agreement, l.subject`;

  async function take(tx: Tx, late: Late, step: LadderStep, state: 'queued' | 'skipped'): Promise<boolean> {
    const { organisation, place, agreement, party, subject, since, amount } = late;
    const days = (dayOf(today()) ?? 0) - (dayOf(since) ?? 0);
    const id = newId();
    const fresh = await tx.run(sql`
      insert into billing.notice (id, organisation, place, agreement, party, subject, since, step, channel, amount, state, text_zh, proof, at)
      values (${id}, ${organisation}, ${place}, ${agreement}, ${party}, ${subject}, ${since}, ${step.name}, ${step.channel}, ${amount}, ${state},
        ${noticeText({ ...late, days })}, '{}', ${clock.now()}) on conflict (agreement, subject, since, step) do nothing`);
    if (fresh === 0 || state === 'skipped') return false;
    const event = { id, agreement, party, subject, step: step.name, channel: step.channel, amount };
    await outbox.add(tx, billNoticed, { organisation, place }, event);
    return true;
  }

  async function warn(tx: Tx, late: readonly Late[], severity: 2 | 3 | 4): Promise<void> {
    const [one] = late;
    if (!one) return;
    const amount = late.reduce((sum, each) => sum + each.amount, 0);
    const since = late.reduce((first, each) => (each.since < first ? each.since : first), one.since);
    await alarms.raise(tx, {
      organisation: one.organisation,
      place: one.place,
      rule: arrearsRule,
      subject: { kind: 'agreement', id: one.agreement, code: one.code, name: one.code },
      title: { zh: `租约 ${one.code} 自 ${since} 起欠费`, en: `Lease ${one.code} is in arrears since ${since}` },
      severity,
      transferLevel: 2,
      eventTime: clock.now(),
      readings: { since, amount },
    });
  }

  /** Steps of one lease's late fees, in one transaction with its warning; answers how many messages it made. */
  async function remind(late: readonly Late[]): Promise<number> {
    const [one] = late;
    if (!one) return 0;
    const steps = await ladder(one.organisation);
    return db.systemTransaction(async (tx) => {
      const rows = await tx.all(sql<{ subject: string; since: string; step: string }>`
        select subject, since::text as since, step from billing.notice where agreement = ${one.agreement}`);
      let [made, worst] = [0, 5];
      for (const each of late) {
        const taken = new Set(
          rows.filter((row) => row.subject === each.subject && row.since === each.since).map(({ step }) => step),
        );
        const { take: step, skip } = stepsDue(steps, each.since, today(), taken);
        for (const missed of skip) await take(tx, each, missed, 'skipped');
        if (!step || !(await take(tx, each, step, 'queued'))) continue;
        made += 1;
        worst = Math.min(worst, step.warn ?? 5);
      }
      if (worst < 5) await warn(tx, late, worst as 2 | 3 | 4);
      return made;
    });
  }

  /** Takes every step that is due today; answers how many messages were made. */
  async function pass(signal?: AbortSignal): Promise<number> {
    let [made, after] = [0, '00000000-0000-0000-0000-000000000000'];
    while (!signal?.aborted) {
      const rows = await db.systemRead(lateAfter(after, 500));
      const leases = new Map<string, Late[]>();
      for (const row of rows) leases.set(row.agreement, [...(leases.get(row.agreement) ?? []), row]);
      for (const late of leases.values()) made += await remind(late);
      const [next] = await db.systemRead(sql<{ last: string | null }>`
        select max(agreement::text) as last from (select distinct agreement from ledger_pub.charge where reversed_at is null
          and settled + waived < amount and due_on < ${today()}::date and agreement > ${after} order by agreement limit 500) as page`);
      if (!next?.last) break;
      after = next.last;
    }
    await calm();
    return made;
  }

  /** Warnings of leases that owe nothing late any more are over. */
  async function calm(): Promise<void> {
    const paid = await db.systemRead(sql<{ organisation: string; agreement: string }>`
      select distinct n.organisation, n.agreement from billing.notice n where n.step in (select unnest(${standardLadder.filter(({ warn }) => warn).map(({ name }) => name)}::text[]))
        and n.at > ${new Date(clock.now().getTime() - 400 * 86_400_000)}
        and not exists (select from ledger_pub.charge c where c.agreement = n.agreement and c.reversed_at is null
          and c.settled + c.waived < c.amount and c.due_on < ${today()}::date) limit ${atOnce}`);
    for (const { organisation, agreement } of paid)
      await db.systemTransaction((tx) =>
        alarms.clear(tx, {
          organisation,
          rule: arrearsRule,
          subject: { kind: 'agreement', id: agreement },
          eventTime: clock.now(),
          readings: { amount: 0 },
        }),
      );
  }

  /** Sends texts that wait, unless the fee was paid meanwhile; each is tried once a round, and its proof is kept. */
  async function deliver(): Promise<number> {
    if (!texts) return 0;
    const waiting = await db.systemRead(sql<{
      id: string;
      organisation: string;
      party: string;
      text: string;
      owed: boolean;
    }>`
      select n.id, n.organisation, n.party, n.text_zh as text, exists (select from ledger_pub.charge c where c.agreement = n.agreement
        and c.subject = n.subject and c.reversed_at is null and c.settled + c.waived < c.amount and c.due_on < ${today()}::date) as owed
      from billing.notice n where n.state = 'queued' and n.channel = 'text' order by n.at limit 500`);
    for (const { id, organisation, party, text, owed } of waiting) {
      const sent = owed ? await texts.send({ id, organisation, party, text }) : undefined;
      const proof =
        sent === undefined ? { why: 'paid' } : sent.ok ? { ...sent.proof, to: sent.to } : { error: sent.error };
      await db.systemTransaction(async (tx) => {
        const row = await tx.maybe(sql<{ proof: Proof }>`select proof from billing.notice where id = ${id} for update`);
        const early = row?.proof.receipts ?? [];
        const after = sent ? afterSending(sent.ok ? 'sent' : 'failed', early, proof) : { state: 'skipped', proof };
        await tx.run(sql`
          update billing.notice set state = ${after.state}, proof = ${JSON.stringify(after.proof)}, ended_at = ${clock.now()} where id = ${id}`);
      });
    }
    return waiting.length;
  }

  return {
    pass,
    deliver,
    useTexts: (given: TenantTexts): void => {
      texts = given;
    },
    useLadder: (given: typeof ladder): void => {
      ladder = given;
    },
    /** True when the lease owes something past its day. */
    owes: async (tx: Tx, agreement: string): Promise<boolean> =>
      (await tx.maybe(sql`
        select from ledger_pub.charge where agreement = ${agreement} and reversed_at is null and settled + waived < amount
          and due_on < ${today()}::date limit 1`)) !== undefined,
  };
}

export type Dunning = ReturnType<typeof createDunning>;
