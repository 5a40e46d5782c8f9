import { type PolicyService, ruleSpecs } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import { billNoticed } from '@keystead/contracts/events/billing';
import { newId, nilId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { daysOf, daysSince, type LadderStep, noticeText, stepAt, stepsDue } from './ladder.ts';
import { leasesOwing, type Owing, owingOf, pausedOn, stillOwed } from './owing.ts';
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

/** A step to be noted of what is owed, by the pack that has it. */
interface Due {
  readonly owing: Owing;
  readonly step: LadderStep;
  readonly state: 'queued' | 'skipped';
  readonly policy: string;
}

/** A text that was not sent yet. */
interface Waiting {
  id: string;
  organisation: string;
  party: string;
  text: string;
  step: string;
  since: string;
  owed: boolean;
  paused: boolean;
}

export const arrearsRule = 'platform:lease-arrears';
const atOnce = 5000;
/** Leases looked at, and texts sent, in one go. */
const batch = 500;
/** How far ahead a ladder may begin, in days. */
const ahead = -(ruleSpecs.get('dunning-days')?.least ?? 0);

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox'> & { alarms: AlarmsService; policy: Pick<PolicyService, 'over'> };

/** Reminding of what will be due and what is late, of every kind of fee, by itself (H-9.1.3-d, H-9.1.4-c). Paid fees are spoken of no more. */
export function createDunning({ db, clock, outbox, alarms, policy }: Parts) {
  let texts: TenantTexts | undefined;
  const today = (): string => localDate(clock.now());

  /** Notes steps at once; answers those that were not noted before. */
  async function note(tx: Tx, due: readonly Due[]): Promise<(Due & { id: string })[]> {
    const noted = due.map((each) => ({ ...each, id: newId() }));
    const rows = noted.map(({ id, owing, step, state, policy: pack }) => ({
      ...{ id, organisation: owing.organisation, place: owing.place, agreement: owing.agreement, party: owing.party },
      ...{ subject: owing.subject, since: owing.since, amount: owing.amount, step: step.name, channel: step.channel },
      ...{ state, pack, warn: state === 'queued' ? (step.warn ?? null) : null },
      text: noticeText({ ...owing, days: daysSince(owing.since, today()) }),
    }));
    const fresh = await tx.all(sql<{ id: string }>`
      insert into billing.notice (id, organisation, place, agreement, party, subject, since, step, channel, amount, state, text_zh, proof, at, policy, warn)
      select id, organisation, place, agreement, party, subject, since, step, channel, amount, state, text, '{}', ${clock.now()}, pack, warn
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, organisation uuid, place text, agreement uuid, party uuid, subject text,
        since date, step text, channel text, amount bigint, state text, text text, pack uuid, warn smallint)
      on conflict (agreement, subject, since, step) do nothing returning id`);
    const ids = new Set(fresh.map(({ id }) => id));
    return noted.filter(({ id, state }) => ids.has(id) && state === 'queued');
  }

  async function warn(tx: Tx, late: readonly Owing[], severity: 2 | 3 | 4): Promise<void> {
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

  /** What is due to be said of what some leases owe, by the ladder of each one's place; their packs are read once for all. */
  async function dueOf(tx: Tx, owing: readonly Owing[]): Promise<Due[]> {
    const ladders = new Map<string, LadderStep[]>();
    const packs = new Map<string, Awaited<ReturnType<typeof policy.over>>>();
    const due: Due[] = [];
    for (const each of owing) {
      const { organisation, place } = each;
      const packAt = packs.get(organisation) ?? (await policy.over(tx, organisation, clock.now()));
      packs.set(organisation, packAt);
      const pack = packAt(place);
      const ladder = ladders.get(pack.id) ?? pack.ladder('dunning-days').map(stepAt);
      ladders.set(pack.id, ladder);
      const { take, skip } = stepsDue(ladder, each.since, today(), new Set(each.taken));
      for (const step of skip) due.push({ owing: each, step, state: 'skipped', policy: pack.id });
      if (take) due.push({ owing: each, step: take, state: 'queued', policy: pack.id });
    }
    return due;
  }

  /** Steps of one lease's late fees, in one transaction with its warning; answers how many messages it made. */
  const remind = (late: readonly Owing[], due: readonly Due[]): Promise<number> =>
    db.systemTransaction(async (tx) => {
      const made = await note(tx, due);
      for (const { id, owing, step } of made) {
        const { organisation, place, agreement, party, subject, amount } = owing;
        const event = { id, agreement, party, subject, step: step.name, channel: step.channel, amount };
        await outbox.add(tx, billNoticed, { organisation, place }, event);
      }
      const worst = made.reduce<2 | 3 | 4 | undefined>(
        (grade, { step }) => (step.warn && (!grade || step.warn < grade) ? step.warn : grade),
        undefined,
      );
      if (worst) await warn(tx, late, worst);
      return made.length;
    });

  /** What will be due is noted for all leases of a batch together; what is late lease by lease. */
  async function look(agreements: readonly string[]): Promise<number> {
    const owing = await db.systemRead(owingOf(agreements, today(), plusDays(today(), ahead)));
    const isLate = ({ since }: Owing): boolean => since < today();
    let made = 0;
    const late = await db.systemTransaction(async (tx) => {
      const due = await dueOf(tx, owing);
      made += (
        await note(
          tx,
          due.filter((each) => !isLate(each.owing)),
        )
      ).length;
      return due.filter((each) => isLate(each.owing));
    });
    for (const agreement of new Set(late.map((each) => each.owing.agreement)))
      made += await remind(
        owing.filter((each) => each.agreement === agreement && isLate(each)),
        late.filter((each) => each.owing.agreement === agreement),
      );
    return made;
  }

  /** Takes every step that is due today; answers how many messages were made. */
  async function pass(signal?: AbortSignal): Promise<number> {
    let [made, after] = [0, nilId];
    while (!signal?.aborted) {
      const until = plusDays(today(), ahead);
      const page = (await db.systemRead(leasesOwing(until, after, batch))).map(({ agreement }) => agreement);
      made += await look(page);
      if (page.length < batch) break;
      after = page.at(-1) ?? after;
    }
    await calm();
    return made;
  }

  /** Warnings of leases that owe nothing late any more are over. */
  async function calm(): Promise<void> {
    const paid = await db.systemRead(sql<{ organisation: string; agreement: string }>`
      select distinct n.organisation, n.agreement from billing.notice n where n.warn is not null
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

  /**
   * Sends texts that wait, unless the fee was paid or its lease paused meanwhile, or is late by now when the text says that it will be
   * due; each is tried once, and its proof is kept. Answers how many waited.
   */
  async function deliver(signal?: AbortSignal): Promise<number> {
    let [texted, more] = [0, texts !== undefined];
    while (more && !signal?.aborted) {
      const waiting = await db.systemRead(sql<Waiting>`
        select n.id, n.organisation, n.party, n.text_zh as text, n.step, n.since::text as since, ${stillOwed(today())} as owed, ${pausedOn(today())} as paused
        from billing.notice n join agreements_pub.agreement a on a.id = n.agreement
        where n.state = 'queued' and n.channel = 'text' order by n.at, n.id limit ${batch}`);
      for (const each of waiting) await send(each);
      texted += waiting.length;
      more = waiting.length === batch;
    }
    return texted;
  }

  const whyNot = ({ owed, paused, step, since }: Waiting): string | undefined =>
    owed ? (paused ? 'paused' : daysOf(step) <= 0 && since < today() ? 'passed' : undefined) : 'paid';

  async function send(waiting: Waiting): Promise<void> {
    const { id, organisation, party, text } = waiting;
    const why = whyNot(waiting);
    const sent = why ? undefined : await texts?.send({ id, organisation, party, text });
    const proof = !sent ? { why: why ?? '' } : sent.ok ? { ...sent.proof, to: sent.to } : { error: sent.error };
    await db.systemTransaction(async (tx) => {
      const row = await tx.maybe(sql<{ proof: Proof }>`select proof from billing.notice where id = ${id} for update`);
      const early = row?.proof.receipts ?? [];
      const after = sent ? afterSending(sent.ok ? 'sent' : 'failed', early, proof) : { state: 'skipped', proof };
      await tx.run(sql`
        update billing.notice set state = ${after.state}, proof = ${JSON.stringify(after.proof)}, ended_at = ${clock.now()} where id = ${id}`);
    });
  }

  return {
    pass,
    deliver,
    useTexts: (given: TenantTexts): void => {
      texts = given;
    },
    /** True when the lease owes something past its day. */
    owes: async (tx: Tx, agreement: string): Promise<boolean> =>
      (await tx.maybe(sql`
        select from ledger_pub.charge where agreement = ${agreement} and reversed_at is null and settled + waived < amount
          and due_on < ${today()}::date limit 1`)) !== undefined,
  };
}

export type Dunning = ReturnType<typeof createDunning>;
