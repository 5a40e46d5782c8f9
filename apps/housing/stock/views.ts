import { isHouseState } from './house-state.ts';
import type { HouseFilter, HouseLine } from './list.ts';
import type { StockReading } from './reading.ts';
import type { HouseRow, StatusLine } from './row.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export const standingView = (row: HouseRow) => ({
  id: row.id,
  place: row.place,
  code: row.code,
  name: row.name,
  tags: row.tags,
  state: row.state,
  since: row.since.toISOString(),
  vacantSince: iso(row.vacantSince),
  reservedUntil: iso(row.reservedUntil),
  repairing: row.repairing,
  lease: row.lease,
  completeness: row.completeness,
  version: row.version,
});

export const lineView = (row: HouseLine) => ({
  ...standingView(row),
  core: row.core,
  address: row.dossier.location?.address ?? null,
  layout: textIn(row.attributes.layout),
  floorArea: numberIn(row.attributes.floorArea),
});

export const houseView = ({ row, completeness, steps }: Awaited<ReturnType<StockReading['get']>>) => ({
  ...standingView(row),
  attributes: row.attributes,
  dossier: row.dossier,
  missing: completeness.missing,
  groups: completeness.groups,
  steps,
});

export const statusView = (line: StatusLine) => ({
  ...line,
  at: line.at.toISOString(),
  recordedAt: line.recordedAt.toISOString(),
});

export const editionView = (line: Awaited<ReturnType<StockReading['editions']>>[number]) => ({
  number: line.number,
  at: line.at.toISOString(),
  actorName: line.actorName,
  groups: line.groups,
  dossier: line.dossier,
  facts: line.facts,
});

/** The filter as it stands in a query string. */
export const filterOf = ({
  state,
  ...rest
}: Omit<HouseFilter, 'state'> & { state?: string | undefined }): HouseFilter => ({
  ...rest,
  ...(state ? { state: state.split(',').filter(isHouseState) } : {}),
});
