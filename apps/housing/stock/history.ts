import { sql, type Tx } from '@keystead/kernel/db';
import { type Cell, copyInto, textList } from '@keystead/kernel/db/copy';
import { completenessOf, type Dossier } from './dossier.ts';
import { type HouseState, type HouseStep, isEmpty } from './house-state.ts';
import type { PlaceFacts } from './row.ts';

export interface HouseHistory {
  /** Id of the place. */
  readonly id: string;
  readonly place: string;
  readonly facts: PlaceFacts;
  readonly dossier: Dossier;
  readonly lease: string | null;
  /** Oldest first; the last one says what the house is now. */
  readonly statuses: readonly {
    step: HouseStep | 'open';
    to: HouseState;
    at: Date;
    lease?: string;
    reason?: string;
  }[];
}

interface Who {
  readonly id: string;
  readonly name: string;
}

const houseColumns = ['id', 'organisation', 'place', 'state', 'since', 'vacant_since', 'repairing', 'lease', 'dossier'];
const counted = ['completeness', 'missing', 'created_at', 'changed_at'];
const statusColumns = [
  'house',
  'organisation',
  'place',
  'number',
  'at',
  'recorded_at',
  'step',
  'from_state',
  'to_state',
];
const more = ['repairing', 'actor', 'actor_name', 'reason', 'lease'];
const editionColumns = [
  'house',
  'organisation',
  'place',
  'number',
  'at',
  'actor',
  'actor_name',
  'groups',
  'dossier',
  'facts',
];

/** Since when nobody lives there without a break, by the history. */
function vacantSince(statuses: HouseHistory['statuses']): Date | null {
  const last = statuses.at(-1);
  if (!last || !isEmpty(last.to)) return null;
  const lived = statuses.findLastIndex(({ to }) => !isEmpty(to));
  return statuses[lived + 1]?.at ?? last.at;
}

/**
 * Houses with the states they were in before the platform, many at once; a house that has a file already is left out. Only
 * in a transaction on a connection of its own. Answers the ids that were new.
 */
export async function importHistory(
  tx: Tx,
  organisation: string,
  houses: readonly HouseHistory[],
  { at, by }: { at: Date; by: Who },
): Promise<void> {
  const heads: Cell[][] = [];
  const statuses: Cell[][] = [];
  const editions: Cell[][] = [];
  for (const { id, place, facts, dossier, lease, statuses: lines } of houses) {
    const now = lines.at(-1);
    if (!now) continue;
    const { score, missing } = completenessOf(dossier, facts.attributes);
    const text = JSON.stringify(dossier);
    const repairing = now.to === 'maintenance';
    heads.push([
      ...[id, organisation, place, now.to, now.at, vacantSince(lines), repairing, lease, text],
      ...[score, textList(missing), at, at],
    ]);
    for (const [index, line] of lines.entries())
      statuses.push([
        ...[id, organisation, place, index + 1, line.at, at, line.step, lines[index - 1]?.to ?? '', line.to],
        ...[line.to === 'maintenance', by.id, by.name, line.reason ?? null, line.lease ?? null],
      ]);
    const who = [id, organisation, place, 1, at, by.id, by.name];
    editions.push([...who, textList(Object.keys(dossier)), text, JSON.stringify(facts)]);
  }
  await copyInto(tx, 'stock.house', [...houseColumns, ...counted], heads);
  await copyInto(tx, 'stock.status', [...statusColumns, ...more], statuses);
  await copyInto(tx, 'stock.edition', editionColumns, editions);
}

/** How many houses have a file, and how many of them somebody else than `by` opened. */
export async function openedIn(tx: Tx, organisation: string, by: string): Promise<{ all: number; others: number }> {
  const [row] = await tx.all(sql<{ all: number; others: number }>`
    select count(*)::int as "all", (count(*) filter (where actor <> ${by}))::int as others
    from stock.status where organisation = ${organisation} and number = 1`);
  return row ?? { all: 0, others: 0 };
}

/** Of these houses, those that have a file. */
export async function knownOf(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.all(sql<{ id: string }>`select id from stock.house where id = any(${ids})`);
  return new Set(rows.map(({ id }) => id));
}
