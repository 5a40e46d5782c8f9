import { rentStates } from '@keystead/apps/housing/leases';
import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AgreementsService, Billable } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type BillRules,
  dueOnOf,
  type LateRate,
  type Line,
  lateDaysOf,
  lateFee,
  linesOf,
  monthOf,
  type Overdue,
  type Subject,
  type Tariff,
  type Usage,
} from './calculation.ts';
import type { BillCatalogue } from './catalogue.ts';

/** What holds for all bills of an organisation's month. */
export interface Terms {
  readonly period: string;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly tariffs: readonly Tariff[];
  readonly rules: BillRules;
  /** What days of the month before cost who pays late, by place. */
  readonly lateRates: (place: string) => readonly LateRate[];
}

export interface Issued {
  readonly id: string;
  readonly agreement: string;
  readonly amount: number;
  readonly lines: number;
}

export interface NewBill {
  readonly lease: Billable;
  readonly lines: readonly Line[];
  readonly revision: number;
  readonly replaces?: string;
}

type Parts = Pick<Kernel, 'clock'> & {
  agreements: AgreementsService;
  ledger: LedgerService;
  catalogue: BillCatalogue;
  policy: Pick<PolicyService, 'during'>;
};

const group = <T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const found = groups.get(key(row));
    if (found) found.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
};

/** Working out and issuing bills of many leases at once. */
export function createIssuing({ clock, agreements, ledger, catalogue, policy }: Parts) {
  async function termsOf(tx: Tx, organisation: string, period: string): Promise<Terms> {
    const subjects = await catalogue.subjectsOf(tx, organisation);
    const { first, last } = lateDaysOf(period);
    const packsAt = await policy.during(tx, organisation, first, last);
    const ratesAt = (place: string): LateRate[] =>
      packsAt(place).map(({ from, policy }) => ({
        ...{ from, policy: policy.id },
        permyriad: policy.value('late-fee-permyriad-per-day'),
      }));
    return {
      period,
      subjects: new Map(subjects.map((each) => [each.code, each])),
      tariffs: await catalogue.tariffsOf(tx, organisation),
      rules: await catalogue.rulesOf(tx, organisation),
      lateRates: ratesAt,
    };
  }

  /** Leases rent runs for in a month, after an id. */
  const leasesOf = (tx: Tx, organisation: string, period: string, after: string, limit: number, id?: string) => {
    const { first, last } = monthOf(period);
    // What ended holds its house no more: it is found by its id only.
    const states = [...rentStates, 'signed', ...(id ? ['ended', 'archived'] : [])];
    return agreements.billable(tx, organisation, {
      ...{ kind: 'lease', role: 'tenant', states, from: first, to: last, after, limit },
      ...(id ? { id } : {}),
    });
  };

  /** What the meters of houses counted: of a lease its own figures, else those of the house. */
  async function usagesOf(tx: Tx, period: string, houses: readonly string[]) {
    const rows = await tx.all(sql<Usage & { house: string; agreement: string | null }>`
      select house, agreement, subject, quantity, begin_reading as begin, end_reading as end from billing.usage
      where house = any(${houses}) and period = ${period} and replaced_at is null`);
    const of = group(rows, ({ house, agreement }) => agreement ?? house);
    return ({ id, subject: house }: Pick<Billable, 'id' | 'subject'>): Usage[] => {
      const own = of.get(id) ?? [];
      const has = (subject: string): boolean => own.some((each) => each.subject === subject);
      return [...own, ...(of.get(house) ?? []).filter(({ subject }) => !has(subject))];
    };
  }

  async function overdueOf(tx: Tx, terms: Terms, leases: readonly string[]): Promise<Map<string, Overdue[]>> {
    // What stands in no bill, as damages and fines, costs nothing. A bill issued anew says nothing new of what stood in the first one of its month.
    const rows = await tx.all(sql<Omit<Overdue, 'billedOn'> & { agreement: string; billedAt: Date }>`
      select c.agreement, c.due_on::text as "dueOn", t.at as "billedAt", sum(c.amount - c.settled - c.waived)::bigint as open
      from ledger_pub.charge c join billing.bill b on b.id = c.document
      join lateral (select case when b.revision = 1 or b.issued_at < c.due_on then b.issued_at
        else (select min(f.issued_at) from billing.bill f join ledger_pub.charge o on o.document = f.id and o.subject = c.subject
          where f.agreement = c.agreement and f.period = c.period) end as at) t on true
      where c.agreement = any(${leases}) and c.reversed_at is null and c.settled + c.waived < c.amount
        and c.due_on < ${`${terms.period}-01`}::date and c.fund = 'income' and c.subject <> ${lateFee} group by 1, 2, 3`);
    return group(
      rows.map(({ billedAt, ...row }) => ({ ...row, billedOn: localDate(billedAt) })),
      ({ agreement }) => agreement,
    );
  }

  /** What a month costs each lease; one without any line gets no bill. */
  async function workOut(
    tx: Tx,
    terms: Terms,
    leases: readonly Billable[],
  ): Promise<{ lease: Billable; lines: Line[] }[]> {
    const usages = await usagesOf(
      tx,
      terms.period,
      leases.map(({ subject }) => subject),
    );
    const overdue = await overdueOf(
      tx,
      terms,
      leases.map(({ id }) => id),
    );
    return leases
      .map((lease) => ({
        lease,
        lines: linesOf({
          ...terms,
          lease,
          usages: usages(lease),
          overdue: overdue.get(lease.id) ?? [],
          lateRates: terms.lateRates(lease.place),
        }),
      }))
      .filter(({ lines }) => lines.length > 0);
  }

  /** Issues bills: their charges are posted in the same transaction, once for lease, month and revision. */
  async function issue(
    tx: Tx,
    actor: Actor,
    terms: Terms,
    bills: readonly NewBill[],
    run: string | null,
  ): Promise<Issued[]> {
    if (bills.length === 0) return [];
    const { organisation } = actor.scope;
    const at = clock.now();
    const made = bills.map(({ lease, lines, revision, replaces }) => ({
      id: newId(),
      place: lease.place,
      agreement: lease.id,
      party: lease.party,
      house: lease.subject,
      revision,
      dueOn: dueOnOf(terms.period, lease.startsOn, terms.rules),
      amount: lines.reduce((sum, { amount }) => sum + amount, 0),
      replaces: replaces ?? null,
      lines,
    }));
    await tx.run(sql`
      insert into billing.bill (id, organisation, place, agreement, party, house, period, revision, due_on, issued_at, amount, run, replaces)
      select id, ${organisation}, place, agreement, party, house, ${terms.period}, revision, "dueOn", ${at}, amount, ${run}::uuid, replaces
      from json_to_recordset(${JSON.stringify(made.map(({ lines: _, ...head }) => head))}::json)
        as r(id uuid, place text, agreement uuid, party uuid, house uuid, revision int, "dueOn" date, amount bigint, replaces uuid)`);
    const documents = made.map(({ id, place, agreement, party, revision, dueOn, lines }) => ({
      key: `bill:${agreement}:${terms.period}:${revision}`,
      document: id,
      ...{ agreement, party, place },
      lines: lines.map((line) => ({ ...line, period: terms.period, dueOn })),
    }));
    await ledger.charge(tx, actor, documents);
    return made.map(({ id, agreement, amount, lines }) => ({ id, agreement, amount, lines: lines.length }));
  }

  /** Of leases, those that never had a bill of the month. */
  async function unbilled(tx: Tx, period: string, leases: readonly Billable[]): Promise<Billable[]> {
    const ids = leases.map(({ id }) => id);
    const rows = await tx.all(sql<{ agreement: string }>`
      select distinct agreement from billing.bill where agreement = any(${ids}) and period = ${period}`);
    const billed = new Set(rows.map(({ agreement }) => agreement));
    return leases.filter(({ id }) => !billed.has(id));
  }

  return {
    termsOf,
    leasesOf,
    workOut,
    issue,
    unbilled,
    today: () => localDate(clock.now()),
    isLate: (code: string) => code === lateFee,
  };
}

export type Issuing = ReturnType<typeof createIssuing>;
