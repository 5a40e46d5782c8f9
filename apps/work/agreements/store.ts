import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, movePaths, sql, type Tx } from '@keystead/kernel/db';
import type { Agreement, Fee, PartyOf, Version } from './agreement.ts';
import { AgreementMissing, withinRules } from './problems.ts';

const columns = sql.raw(`a.id, a.organisation, a.place, a.kind, a.code, a.title, a.subject, a.state,
  a.starts_on::text as "startsOn", a.ends_on::text as "endsOn", a.replaces, a.version,
  (select coalesce(json_agg(json_build_object('role', p.role, 'party', p.party, 'name', p.name) order by p.role, p.party), '[]')
    from agreements.party p where p.agreement = a.id) as parties`);

const feeColumns = sql.raw(`subject, basis, starts_on::text as "startsOn", ends_on::text as "endsOn"`);

/**
 * Those about one subject go one after the other: two at once would each wait for the other at the exclusion constraint,
 * and the one the database then ends would be told of a deadlock instead of what is wrong. Taken before any row.
 */
const inTurn = (tx: Tx, id: string) =>
  tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended('agreements:' || subject, 0)) from agreements.agreement where id = ${id}`);

export async function lock(tx: Tx, scope: Scope, id: string): Promise<Agreement> {
  await inTurn(tx, id);
  await tx.one(
    sql`select from agreements.agreement where id = ${id} and organisation = ${scope.organisation}
      and ${inSubtrees(scope, 'place')} for update`,
    () => new AgreementMissing({ id }),
  );
  return tx.one(
    sql<Agreement>`select ${columns} from agreements.agreement a where a.id = ${id}`,
    () => new AgreementMissing({ id }),
  );
}

export const byId = (scope: Scope, id: string) => sql<Agreement>`
  select ${columns} from agreements.agreement a
  where a.id = ${id} and a.organisation = ${scope.organisation} and ${inSubtrees(scope, 'a.place')}`;

export interface AgreementFilter {
  kind?: string;
  state?: readonly string[];
  subject?: string;
  party?: string;
  text?: string;
  endsBefore?: string;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

export const listed = (scope: Scope, filter: AgreementFilter) => {
  const where = [sql`a.organisation = ${scope.organisation}`, inSubtrees(scope, 'a.place')];
  if (filter.kind) where.push(sql`a.kind = ${filter.kind}`);
  if (filter.state?.length) where.push(sql`a.state = any(${filter.state})`);
  if (filter.subject) where.push(sql`a.subject = ${filter.subject}`);
  if (filter.endsBefore) where.push(sql`a.ends_on < ${filter.endsBefore}`);
  if (filter.after) where.push(sql`a.id < ${filter.after}`);
  if (filter.party)
    where.push(sql`exists (select from agreements.party p where p.agreement = a.id and p.party = ${filter.party})`);
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    where.push(sql`(a.code ilike ${like} or a.title ilike ${like}
      or exists (select from agreements.party p where p.agreement = a.id and p.name ilike ${like}))`);
  }
  return sql<Agreement>`
    select ${columns} from agreements.agreement a where ${sql.join(where, sql` and `)} order by a.id desc limit ${filter.limit}`;
};

export async function nextNumber(tx: Tx, organisation: string, kind: string, year: string): Promise<number> {
  const row = await tx.maybe(sql<{ last: number }>`
    insert into agreements.counter (organisation, kind, year, last) values (${organisation}, ${kind}, ${year}, 1)
    on conflict (organisation, kind, year) do update set last = agreements.counter.last + 1 returning last`);
  return row?.last ?? 1;
}

/** `[start, end]`, or open at the end, or null when it holds nothing. */
const heldRange = (of: Pick<Agreement, 'startsOn' | 'endsOn'>, held: 'period' | 'open' | undefined) =>
  held === undefined
    ? sql`null`
    : held === 'open'
      ? sql`daterange(${of.startsOn}::date, null)`
      : sql`daterange(${of.startsOn}::date, ${of.endsOn}::date, '[]')`;

export async function insert(tx: Tx, agreement: Agreement, held: 'period' | 'open' | undefined, at: Date) {
  const { id, organisation, place, kind, code, title, subject, state, startsOn, endsOn, replaces, version } = agreement;
  await withinRules(
    tx.run(sql`
      insert into agreements.agreement (id, organisation, place, kind, code, title, subject, state, starts_on, ends_on, held, replaces, version, created_at, changed_at)
      values (${id}, ${organisation}, ${place}, ${kind}, ${code}, ${title}, ${subject}, ${state}, ${startsOn}, ${endsOn},
        ${heldRange(agreement, held)}, ${replaces}, ${version}, ${at}, ${at})`),
  );
  await addParties(tx, organisation, id, agreement.parties);
}

async function addParties(tx: Tx, organisation: string, id: string, parties: readonly PartyOf[]): Promise<void> {
  await tx.run(sql`
    insert into agreements.party (agreement, organisation, role, party, name)
    select ${id}, ${organisation}, role, party, name
    from json_to_recordset(${JSON.stringify(parties)}::json) as r(role text, party uuid, name text)`);
}

export async function save(tx: Tx, after: Agreement, held: 'period' | 'open' | undefined, at: Date): Promise<void> {
  await withinRules(
    tx.run(sql`
      update agreements.agreement set state = ${after.state}, title = ${after.title}, starts_on = ${after.startsOn},
        ends_on = ${after.endsOn}, held = ${heldRange(after, held)}, version = ${after.version}, changed_at = ${at}
      where id = ${after.id}`),
  );
}

export async function addVersion(
  tx: Tx,
  of: Agreement,
  made: Omit<Version, 'at' | 'actorName' | 'number' | 'state' | 'startsOn' | 'endsOn'> & {
    at: Date;
    actor: string;
    actorName: string;
  },
): Promise<void> {
  await tx.run(sql`
    insert into agreements.version (agreement, organisation, number, step, state, starts_on, ends_on, terms, fees, digest, reason, at, actor, actor_name)
    values (${of.id}, ${of.organisation}, ${of.version}, ${made.step}, ${of.state}, ${of.startsOn}, ${of.endsOn},
      ${JSON.stringify(made.terms)}, ${JSON.stringify(made.fees)}, ${made.digest}, ${made.reason}, ${made.at}, ${made.actor}, ${made.actorName})`);
}

export const versionsOf = (id: string) => sql<Version>`
  select number, step, state, starts_on::text as "startsOn", ends_on::text as "endsOn", terms, fees, digest, reason, at,
    actor_name as "actorName" from agreements.version where agreement = ${id} order by number`;

export const latestTerms = async (tx: Tx, id: string): Promise<Record<string, unknown>> =>
  (
    await tx.maybe(sql<{ terms: Record<string, unknown> }>`
      select terms from agreements.version where agreement = ${id} order by number desc limit 1`)
  )?.terms ?? {};

export const feesOf = (id: string) => sql<Fee>`
  select ${feeColumns} from agreements.fee where agreement = ${id} order by subject, starts_on`;

export async function putFee(tx: Tx, organisation: string, agreement: string, id: string, fee: Fee): Promise<void> {
  await withinRules(
    tx.run(sql`
      insert into agreements.fee (id, agreement, organisation, subject, basis, starts_on, ends_on)
      values (${id}, ${agreement}, ${organisation}, ${fee.subject}, ${JSON.stringify(fee.basis)}, ${fee.startsOn}, ${fee.endsOn})`),
  );
}

/** Ends the fee that holds on a day before it; one that begins that very day is taken away. */
export async function endFee(tx: Tx, agreement: string, subject: string, on: string): Promise<Fee | undefined> {
  const fee = await tx.maybe(sql<Fee & { id: string }>`
    select id, ${feeColumns} from agreements.fee where agreement = ${agreement} and subject = ${subject}
      and starts_on <= ${on} and (ends_on is null or ends_on >= ${on})`);
  if (!fee) return undefined;
  await (fee.startsOn === on
    ? tx.run(sql`delete from agreements.fee where id = ${fee.id}`)
    : tx.run(sql`update agreements.fee set ends_on = ${on}::date - 1 where id = ${fee.id}`));
  return fee;
}

export async function clearFees(tx: Tx, agreement: string): Promise<void> {
  await tx.run(sql`delete from agreements.fee where agreement = ${agreement}`);
}

export interface FeeChange {
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  effectiveOn: string;
  basis: string;
  at: Date;
  actorName: string;
}

export const feeChangesOf = (id: string) => sql<FeeChange>`
  select subject, before, after, effective_on::text as "effectiveOn", basis, at, actor_name as "actorName"
  from agreements.fee_change where agreement = ${id} order by at, id`;

export interface Billable {
  id: string;
  place: string;
  subject: string;
  code: string;
  startsOn: string;
  endsOn: string;
  /** It goes on although its period is over. */
  staying: boolean;
  party: string;
  fees: Fee[];
}

/**
 * Agreements in these states that hold their subject in a span of days, with their fees in it, in the order of their ids;
 * one named by its id also when it holds nothing any more.
 */
export const billable = (
  organisation: string,
  asked: {
    kind: string;
    role: string;
    states: readonly string[];
    from: string;
    to: string;
    after: string;
    limit: number;
    id?: string;
  },
) => sql<Billable>`
  select a.id, a.place, a.subject, a.code, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn",
    coalesce(upper_inf(a.held), false) as staying, p.party, f.fees
  from agreements.agreement a
  join lateral (select p.party from agreements.party p where p.agreement = a.id and p.role = ${asked.role} order by p.party limit 1) p on true
  join lateral (select coalesce(json_agg(json_build_object('subject', f.subject, 'basis', f.basis, 'startsOn', f.starts_on, 'endsOn', f.ends_on) order by f.subject, f.starts_on), '[]') as fees
    from agreements.fee f where f.agreement = a.id and f.starts_on <= ${asked.to} and (f.ends_on is null or f.ends_on >= ${asked.from})) f on true
  where a.organisation = ${organisation} and a.kind = ${asked.kind} and a.state = any(${asked.states})
    and ${
      asked.id
        ? sql`a.id = ${asked.id} and a.starts_on <= ${asked.to}`
        : // Said so that the index in the order of ids is followed, not the one over days.
          sql`lower(a.held) <= ${asked.to}::date and coalesce(upper(a.held) > ${asked.from}::date, true)
            and a.held is not null and a.id > ${asked.after}`
    }
  order by a.id limit ${asked.limit}`;

export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  await movePaths(tx, 'agreements.agreement', 'place', organisation, from, to);
}
