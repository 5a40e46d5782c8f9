import { createHash } from 'node:crypto';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dateOf, dayBegins, dayOf, localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed, Problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import type { Accounts, ChannelRow } from './accounts.ts';
import { compare } from './channels/comparison.ts';
import { readStatement, type StatedLine } from './channels/statement.ts';
import { constraintOf, DayReconciled, DifferenceMissing } from './problems.ts';

export interface DayOfChannel {
  id: string;
  channel: string;
  day: string;
  at: Date;
  actorName: string;
  lines: number;
  matched: number;
  stated: number;
  booked: number;
  open: number;
}

export interface DifferenceRow {
  id: string;
  kind: string;
  reference: string;
  stated: number | null;
  booked: number | null;
  note: string;
  resolvedAt: Date | null;
  resolution: string | null;
}

/** Each day of a channel against the channel's own file; what a bank file brings is booked first, as far as it says for whom. */
export function createReconciling({
  db,
  clock,
  audit,
  log,
  jobs,
  ledger,
  accounts,
}: Pick<Kernel, 'db' | 'clock' | 'audit' | 'log' | 'jobs'> & { ledger: LedgerService; accounts: Accounts }) {
  const whole = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  /** Books transfers by the code of the lease they name; answers those that name none. */
  async function book(tx: Tx, actor: Actor, lines: readonly StatedLine[]): Promise<StatedLine[]> {
    const codes = lines.map(({ number, note }) => /ZL-\d{4}-\d{6}/.exec(`${number} ${note}`)?.[0] ?? '');
    const leases = await tx.all(sql<{ code: string; id: string; place: string; party: string }>`
      select a.code, a.id, a.place, p.party from agreements_pub.agreement a
      join agreements_pub.party p on p.agreement = a.id and p.role = 'tenant'
      where a.organisation = ${actor.scope.organisation} and a.code = any(${[...new Set(codes)]})`);
    const known = new Map(leases.map((lease) => [lease.code, lease]));
    const unclaimed: StatedLine[] = [];
    for (const [index, line] of lines.entries()) {
      const lease = known.get(codes[index] ?? '');
      if (!lease || line.amount <= 0) {
        unclaimed.push(line);
        continue;
      }
      const { id: agreement, party, place } = lease;
      const payment = { channel: 'bank', reference: line.reference, agreement, party, place, amount: line.amount };
      await ledger.pay(tx, actor, { ...payment, paidAt: line.at });
    }
    return unclaimed;
  }

  /** What we have of a channel's day: payments, and money that went back under the payment's number. */
  const bookedOn = (tx: Tx, organisation: string, channel: string, from: Date, to: Date) =>
    tx.all(sql<{ reference: string; amount: number }>`
      select reference, amount from ledger_pub.payment where organisation = ${organisation} and channel = ${channel}
        and paid_at >= ${from} and paid_at < ${to}
      union all
      select o.transaction, -r.amount from billing.refund r join billing.pay_order o on o.id = r.pay_order
        join billing.channel c on c.id = r.channel and c.kind = ${channel}
      where r.organisation = ${organisation} and r.state = 'done' and r.ended_at >= ${from} and r.ended_at < ${to}`);

  /** Compares a day of a channel with what its files state, once. Throws StatementUnreadable, DayReconciled, InputInvalid. */
  async function compareDay(
    actor: Actor,
    channel: string,
    day: string,
    statements: readonly string[],
  ): Promise<DayOfChannel> {
    const start = dayOf(day);
    if (start === undefined) throw new InputInvalid({ in: 'body' }, [{ pointer: '/day', code: 'date' }]);
    const { organisation } = actor.scope;
    const all = statements.flatMap((statement) => readStatement(channel, statement));
    const from = dayBegins(day);
    const to = dayBegins(dateOf(start + 1));
    const lines = all.filter(({ at }) => at >= from && at < to);
    const id = newId();
    try {
      return await db.transaction(actor.scope, async (tx) => {
        const unclaimed = channel === 'bank' ? await book(tx, actor, lines) : [];
        const booked = await bookedOn(tx, organisation, channel, from, to);
        const nobody = new Set(unclaimed.map(({ reference }) => reference));
        const { matched, differences } = compare(lines, booked);
        const sum = (rows: readonly { amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);
        const [stated, bookedSum] = [sum(lines), sum(booked)];
        const digest = createHash('sha256').update(statements.join('')).digest('hex');
        await tx.run(sql`
          insert into billing.reconciliation (id, organisation, channel, day, at, actor_name, lines, matched, stated, booked, digest)
          values (${id}, ${organisation}, ${channel}, ${day}, ${clock.now()}, ${actor.name}, ${lines.length}, ${matched}, ${stated}, ${bookedSum}, ${digest})`);
        const notes = new Map(lines.map(({ reference, note }) => [reference, note]));
        const rows = differences.map((each) => ({
          ...each,
          id: newId(),
          kind: nobody.has(each.reference) ? 'unclaimed' : each.kind,
          note: notes.get(each.reference) ?? '',
        }));
        await tx.run(sql`
          insert into billing.difference (id, organisation, reconciliation, kind, reference, stated, booked, note)
          select id, ${organisation}, ${id}, kind, reference, stated, booked, note from json_to_recordset(${JSON.stringify(rows)}::json)
            as r(id uuid, kind text, reference text, stated bigint, booked bigint, note text)`);
        await audit.add(tx, actor, {
          action: 'reconciliation.make',
          subject: `reconciliation:${id}`,
          detail: { channel, day, lines: lines.length, matched, differences: rows.length, digest },
        });
        const facts = { id, channel, day, at: clock.now(), actorName: actor.name, lines: lines.length, matched };
        return { ...facts, stated, booked: bookedSum, open: rows.length };
      });
    } catch (cause) {
      if (constraintOf(cause)?.startsWith('reconciliation_organisation')) throw new DayReconciled({ channel, day });
      throw cause;
    }
  }

  /** Files of yesterday of every channel that can be asked, fetched and compared; a channel that is silent is asked at the next time. */
  async function fetchDay(signal?: AbortSignal): Promise<void> {
    const day = dateOf((dayOf(localDate(clock.now())) ?? 0) - 1);
    const groups = new Map<string, ChannelRow[]>();
    for (const channel of await accounts.outgoing()) {
      const key = `${channel.organisation} ${channel.kind}`;
      groups.set(key, [...(groups.get(key) ?? []), channel]);
    }
    for (const group of groups.values()) {
      const [one] = group;
      if (signal?.aborted || !one) return;
      const { organisation, kind } = one;
      const done = await db.systemRead(sql`
        select from billing.reconciliation where organisation = ${organisation} and channel = ${kind} and day = ${day}`);
      if (done.length > 0) continue;
      try {
        const files = await Promise.all(group.map((channel) => accounts.acquirer(channel)?.statement(day)));
        const texts = files.filter((text) => text !== undefined);
        if (texts.length > 0)
          await compareDay(systemActor('billing.statements', organisation as OrganisationId), kind, day, texts);
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        log.warn({ organisation, kind, day, err: cause }, 'the file of a day could not be compared');
      }
    }
  }
  // Files of a day are there from ten in the morning on (02:00 UTC); a silent channel is asked again each hour.
  jobs.add(
    job({ name: 'billing.statements', cron: '20 2-12 * * *', timeout: 1800, run: (_, { signal }) => fetchDay(signal) }),
  );

  return {
    fetchDay,
    /** Compares a day with its statement, once. Throws StatementUnreadable, DayReconciled, InputInvalid. */
    reconcile: async (actor: Actor, wish: { channel: string; day: string; statement: string }) => {
      whole(actor);
      return compareDay(actor, wish.channel, wish.day, [wish.statement]);
    },
    days: (actor: Actor): Promise<DayOfChannel[]> =>
      db.read(
        actor.scope,
        sql<DayOfChannel>`
        select r.id, r.channel, r.day::text as day, r.at, r.actor_name as "actorName", r.lines, r.matched, r.stated, r.booked,
          (select count(*)::int from billing.difference d where d.reconciliation = r.id and d.resolved_at is null) as open
        from billing.reconciliation r where r.organisation = ${actor.scope.organisation} order by r.day desc, r.channel limit 200`,
      ),
    differences: (actor: Actor, id: string): Promise<DifferenceRow[]> => {
      whole(actor);
      return db.read(
        actor.scope,
        sql<DifferenceRow>`
        select id, kind, reference, stated, booked, note, resolved_at as "resolvedAt", resolution from billing.difference
        where reconciliation = ${id} and organisation = ${actor.scope.organisation} order by kind, reference limit 5000`,
      );
    },
    /** Says what became of a difference. Throws DifferenceMissing. */
    resolve: (actor: Actor, id: string, resolution: string): Promise<void> => {
      whole(actor);
      return db.transaction(actor.scope, async (tx) => {
        const done = await tx.run(sql`
          update billing.difference set resolved_at = ${clock.now()}, resolution = ${resolution}, resolved_by = ${actor.name}
          where id = ${id} and organisation = ${actor.scope.organisation} and resolved_at is null`);
        if (done === 0) throw new DifferenceMissing({ id });
        await audit.add(tx, actor, {
          action: 'difference.resolve',
          subject: `difference:${id}`,
          detail: { resolution },
        });
      });
    },
  };
}

export type Reconciling = ReturnType<typeof createReconciling>;
