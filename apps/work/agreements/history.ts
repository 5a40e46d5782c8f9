import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import { type Cell, copyInto } from '@keystead/kernel/db/copy';
import { digestOf, type Fee, type PartyOf } from './agreement.ts';
import { holds } from './kind.ts';
import { type Kinds, kindOf } from './service.ts';

export interface AgreementHistory {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly place: string;
  readonly title: string;
  readonly state: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly replaces: string | null;
  readonly parties: readonly PartyOf[];
  readonly terms: Readonly<Record<string, unknown>>;
  readonly fees: readonly Fee[];
  readonly at: Date;
  /** The states it came to in turn, when that is known; else only the last one, at `at`. */
  readonly course?: readonly { readonly state: string; readonly at: Date }[];
}

const columns = ['id', 'organisation', 'place', 'kind', 'code', 'title', 'subject', 'state', 'starts_on', 'ends_on'];
const more = ['held', 'replaces', 'version', 'created_at', 'changed_at'];
const versionColumns = [
  'agreement',
  'organisation',
  'number',
  'step',
  'state',
  'starts_on',
  'ends_on',
  'terms',
  'fees',
];
const versionMore = ['digest', 'reason', 'at', 'actor', 'actor_name'];

/**
 * Agreements made before the platform, many at once, predecessors before those that replace them: each with its number and
 * a version for each state it is known to have come to, step `import`; no signature is made up for them. Only in a transaction on a connection of its own.
 * The database refuses two that hold one subject on one day.
 */
export const createHistory = (kinds: Kinds) =>
  async function importHistory(
    tx: Tx,
    organisation: string,
    agreements: readonly AgreementHistory[],
    by: { id: string; name: string },
  ): Promise<void> {
    const numbers = new Map<string, number>();
    async function reserve(kind: string, year: string): Promise<void> {
      const many = agreements.filter((each) => each.kind === kind && each.startsOn.startsWith(year)).length;
      const [row] = await tx.all(sql<{ last: number }>`
        insert into agreements.counter (organisation, kind, year, last) values (${organisation}, ${kind}, ${year}, ${many})
        on conflict (organisation, kind, year) do update set last = agreements.counter.last + ${many} returning last`);
      numbers.set(`${kind} ${year}`, (row?.last ?? many) - many);
    }
    const [heads, parties, versions, fees]: [Cell[][], Cell[][], Cell[][], Cell[][]] = [[], [], [], []];
    for (const each of agreements) {
      const { id, kind, subject, place, title, state, startsOn, endsOn, replaces, terms, at } = each;
      const year = startsOn.slice(0, 4);
      if (!numbers.has(`${kind} ${year}`)) await reserve(kind, year);
      const number = (numbers.get(`${kind} ${year}`) ?? 0) + 1;
      numbers.set(`${kind} ${year}`, number);
      const course = each.course ?? [{ state, at }];
      const changedAt = course.at(-1)?.at ?? at;
      const known = kindOf(kinds, kind);
      const code = `${known.prefix}-${year}-${String(number).padStart(6, '0')}`;
      const held = holds(known, state);
      const range = held === undefined ? null : held === 'open' ? `[${startsOn},)` : `[${startsOn},${endsOn}]`;
      heads.push([
        ...[id, organisation, place, kind, code, title, subject, state, startsOn, endsOn],
        ...[range, replaces, course.length, at, changedAt],
      ]);
      for (const { role, party, name } of each.parties) parties.push([id, organisation, role, party, name]);
      for (const fee of each.fees)
        fees.push([newId(), id, organisation, fee.subject, JSON.stringify(fee.basis), fee.startsOn, fee.endsOn]);
      const digest = digestOf({ id, code, subject, startsOn, endsOn, parties: each.parties }, terms, each.fees);
      for (const [index, turn] of course.entries())
        versions.push([
          ...[id, organisation, index + 1, 'import', turn.state, startsOn, endsOn],
          ...[JSON.stringify(terms), JSON.stringify(each.fees), digest, '', turn.at, by.id, by.name],
        ]);
    }
    await copyInto(tx, 'agreements.agreement', [...columns, ...more], heads);
    await copyInto(tx, 'agreements.party', ['agreement', 'organisation', 'role', 'party', 'name'], parties);
    await copyInto(tx, 'agreements.version', [...versionColumns, ...versionMore], versions);
    const feeColumns = ['id', 'agreement', 'organisation', 'subject', 'basis', 'starts_on', 'ends_on'];
    await copyInto(tx, 'agreements.fee', feeColumns, fees);
  };
