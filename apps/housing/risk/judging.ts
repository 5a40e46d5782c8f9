import { rentStates } from '@keystead/apps/housing/leases';
import type { PolicyInForce, PolicyService } from '@keystead/apps/housing/policy';
import { dateOf, dayOf } from '@keystead/contracts/calendar';
import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { nilId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import { daysOf, forgetBefore, forgetGoneBefore, heardLately } from './day-store.ts';
import { type Grade, keptDays, type RiskRules } from './facts.ts';
import { keptFor, limitsOf } from './limits.ts';
import { arrears, judge } from './scorers/index.ts';
import { rulesOf } from './settings.ts';
import * as store from './store.ts';
import { earlyArrearsRule, ruleOf } from './warning.ts';
import type { DeskParts, WarningDesk } from './warning-desk.ts';

interface Home {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly name: string;
  /** A lock or a meter of it was heard of lately: its silence means something. */
  readonly heard: boolean;
  readonly lease: string | null;
  readonly since: string | null;
  readonly tenant: string | null;
  /** Square metres as its file says: what can be lived in, else the whole floor. */
  readonly usable: unknown;
  readonly floor: unknown;
}

interface Payer {
  readonly agreement: string;
  readonly organisation: string;
  readonly place: string;
  readonly code: string;
  readonly house: string;
  readonly since: string | null;
  readonly owed: number;
  readonly delays: readonly number[];
}

/** What a home or payer of an organisation is judged by. */
interface Numbers {
  readonly rules: RiskRules;
  readonly policyAt: (path: string) => PolicyInForce;
}

const chunk = 200;
const homeKinds = ['idle', 'sublet', 'crowding', 'vacant-use', 'lock-anomaly'] as const;
const homeRules = new Set<string>(homeKinds.map((kind) => ruleOf[kind]));

/** The daily look at every home and lease; it finds, grades and explains, and does nothing else. */
export function createJudging(
  {
    db,
    clock,
    parties,
    policy,
    today,
  }: Pick<DeskParts, 'db' | 'clock' | 'parties' | 'today'> & { policy: Pick<PolicyService, 'over'> },
  desk: WarningDesk,
) {
  const since = (day: string): number => (dayOf(today()) ?? 0) - (dayOf(day) ?? 0);

  const homesAfter = (tx: Tx, after: string): Promise<Home[]> =>
    tx.all(sql<Home>`
      select h.id, h.organisation, h.place, coalesce(p.name, h.id::text) as name,
        ${heardLately(clock.now())} as heard,
        a.id as lease, a.starts_on::text as since, tenant.party as tenant,
        p.attributes->'usableArea' as usable, p.attributes->'floorArea' as floor
      from stock_pub.house h left join places_pub.place p on p.id = h.id
        left join lateral (select id, starts_on from agreements_pub.agreement where organisation = h.organisation and kind = 'lease'
          and subject = h.id and state = any(${[...rentStates]}) order by starts_on desc limit 1) a on true
        left join lateral (select party from agreements_pub.party where agreement = a.id and role = 'tenant' limit 1) tenant on true
      where h.id > ${after} order by h.id limit ${chunk}`);

  async function judgeHome(tx: Tx, home: Home, { rules, policyAt }: Numbers): Promise<number> {
    const limits = limitsOf(policyAt(home.place), today());
    const people = home.tenant ? (await parties.membersIn(tx, home.tenant)).length : 0;
    const findings = judge(
      {
        leased: home.lease !== null,
        leasedDays: home.since ? Math.max(0, since(home.since)) : 0,
        people: people > 0 ? people : undefined,
        area: [home.usable, home.floor].find((area) => typeof area === 'number' && area > 0) as number | undefined,
        days: home.heard ? await daysOf(tx, home.id, today(), keptFor(limits)) : [],
      },
      rules,
      limits,
    );
    const of = { ...home, kind: 'house', house: home.id } as const;
    let made = 0;
    for (const finding of findings) if ((await desk.found(tx, of, finding)) === 'found') made += 1;
    const holds = new Set(findings.map(({ kind }) => ruleOf[kind]));
    // A silent home proves nothing either way.
    if (home.heard)
      for (const open of await store.openOf(tx, home.organisation, [home.id]))
        if (homeRules.has(open.rule) && !holds.has(open.rule)) await desk.lift(tx, open);
    return made;
  }

  const payersAfter = (tx: Tx, after: string): Promise<Payer[]> =>
    tx.all(sql<Payer>`
      select a.id as agreement, a.organisation, a.place, a.code, a.subject::text as house, o.since::text as since, coalesce(o.owed, 0) as owed,
        coalesce(d.delays, '{}') as delays
      from agreements_pub.agreement a
        left join lateral (select min(c.due_on) as since, sum(c.amount - c.settled - c.waived)::int8 as owed from ledger_pub.charge c
          where c.agreement = a.id and c.reversed_at is null and c.amount > c.settled + c.waived and c.due_on < ${today()}::date) o on true
        left join lateral (select array_agg(greatest(late, 0) order by due_on) as delays from (
          select c.due_on, max((s.at at time zone 'Asia/Shanghai')::date - c.due_on) as late
          from ledger_pub.charge c join ledger_pub.settlement s on s.charge = c.id
          where c.agreement = a.id and c.reversed_at is null and c.amount <= c.settled + c.waived
          group by c.due_on order by c.due_on desc limit 6) paid) d on true
      where a.kind = 'lease' and a.state not in ('draft', 'void', 'archived') and a.id > ${after} order by a.id limit ${chunk}`);

  async function judgePayer(tx: Tx, payer: Payer, { rules }: Numbers): Promise<number> {
    const overdueDays = payer.since ? since(payer.since) : 0;
    const finding = arrears({ overdueDays, owed: payer.owed, delays: payer.delays }, rules);
    const rule = finding && overdueDays < rules.arrearsDays[0] ? earlyArrearsRule : ruleOf.arrears;
    const of = { ...payer, id: payer.agreement, name: payer.code, kind: 'agreement' } as const;
    const made = finding && (await desk.found(tx, of, finding, { rule })) === 'found' ? 1 : 0;
    for (const open of await store.openOf(tx, payer.organisation, [payer.agreement]))
      if ((open.rule === ruleOf.arrears || open.rule === earlyArrearsRule) && !(finding && open.rule === rule))
        await desk.lift(tx, open);
    return made;
  }

  /** In runs of a few hundred, each in its own transaction. */
  async function each<Row extends { organisation: string }>(
    after: (tx: Tx, id: string) => Promise<Row[]>,
    id: (row: Row) => string,
    look: (tx: Tx, row: Row, numbers: Numbers) => Promise<number>,
    signal?: AbortSignal,
    afterwards: (tx: Tx, rows: readonly Row[], of: (row: Row) => Numbers) => Promise<void> = async () => undefined,
  ): Promise<number> {
    let [made, mark] = [0, nilId];
    while (!signal?.aborted) {
      const last = await db.systemTransaction(async (tx) => {
        const rows = await after(tx, mark);
        const numbers = new Map<string, Numbers>();
        for (const { organisation } of rows)
          if (!numbers.has(organisation))
            numbers.set(organisation, {
              rules: await rulesOf(tx, organisation),
              policyAt: await policy.over(tx, organisation, clock.now()),
            });
        const of = ({ organisation }: Row): Numbers => numbers.get(organisation) as Numbers;
        for (const row of rows) made += await look(tx, row, of(row));
        await afterwards(tx, rows, of);
        return rows.at(-1);
      });
      if (!last) break;
      mark = id(last);
    }
    return made;
  }

  return {
    /** Everything there is; answers how many warnings came about. Looking twice finds nothing twice. */
    lookAtAll: async (signal?: AbortSignal): Promise<number> => {
      const before = (kept: number): string => dateOf((dayOf(today()) ?? 0) - kept - 2);
      const homes = await each(
        homesAfter,
        ({ id }) => id,
        judgeHome,
        signal,
        (tx, rows, of) => {
          const keptOf = (home: Home): number => keptFor(limitsOf(of(home).policyAt(home.place), today()));
          return forgetBefore(
            tx,
            rows.map((home) => ({ house: home.id, before: before(keptOf(home)) })),
          );
        },
      );
      const payers = await each(payersAfter, ({ agreement }) => agreement, judgePayer, signal);
      await db.systemTransaction((tx) => forgetGoneBefore(tx, before(keptDays)));
      return homes + payers;
    },

    /** What leases and bills warn of themselves becomes a warning with a closed loop, and not a second alarm (H-9.2.5-a-2). */
    adopt: async (
      { payload, organisation, place }: EventEnvelope<Payload<typeof alarmChanged>>,
      tx: Tx,
    ): Promise<void> => {
      const kind = payload.rule === ruleOf.expiry ? 'expiry' : payload.rule === ruleOf.arrears ? 'arrears' : undefined;
      if (!kind) return;
      const { subject, change } = payload;
      const grade = payload.severity as Grade;
      if (change === 'cleared') {
        for (const open of await store.openOf(tx, organisation, [subject.id]))
          if (open.rule === payload.rule) await desk.lift(tx, open);
        return;
      }
      if (!['raised', 'escalated', 'deescalated', 'reactivated'].includes(change)) return;
      const lease = await tx.maybe(sql<{ house: string; endsOn: string }>`
        select subject::text as house, ends_on::text as "endsOn" from agreements_pub.agreement where id = ${subject.id}`);
      const reasons = kind === 'expiry' && lease ? [{ fact: 'days-left', value: -since(lease.endsOn), limit: 60 }] : [];
      const of = {
        organisation,
        place,
        kind: 'agreement',
        id: subject.id,
        name: subject.code,
        house: lease?.house ?? null,
      } as const;
      await desk.found(tx, of, { kind, grade, score: 1, reasons }, { rule: payload.rule, alarm: payload.id });
    },
  };
}

export type Judging = ReturnType<typeof createJudging>;
