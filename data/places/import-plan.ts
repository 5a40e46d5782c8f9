import { Value } from 'typebox/value';
import { attributeFaults, isPlaceKind, mayStandUnder, type PlaceKind } from './kinds.ts';
import { depthLimit } from './place.ts';
import { CodeText, type PlaceImportRow } from './schemas.ts';
import type { RowFault } from './sheet.ts';

export interface NumberedRow {
  line: number;
  row: PlaceImportRow;
}

/** What stands in the tree already, by path of codes relative to where the import hangs. */
export interface Standing {
  id: string;
  path: string;
  kind: PlaceKind;
  name: string;
}

export interface FreshPlace {
  key: string;
  /** Key of the parent; '' = the node the import hangs under, or the top. */
  parentKey: string;
  depth: number;
  kind: PlaceKind;
  code: string;
  row: PlaceImportRow;
}

export interface ImportPlan {
  /** Parents before children. */
  fresh: FreshPlace[];
  /** Rows that are in the tree exactly so. */
  unchanged: number;
  faults: RowFault[];
}

const split = (path: string): string[] => path.split('/').map((part) => part.trim());

/** Faults one row has by itself. */
function rowFaults({ line, row }: NumberedRow): RowFault[] {
  const faults: RowFault[] = [];
  if (!split(row.path).every((code) => Value.Check(CodeText, code)))
    faults.push({ line, column: 'path', code: 'path-invalid', detail: row.path });
  if (!isPlaceKind(row.kind)) faults.push({ line, column: 'kind', code: 'kind-unknown', detail: row.kind });
  if (row.name.trim() === '' || row.name.length > 120) faults.push({ line, column: 'name', code: 'name-invalid' });
  if (row.divisionCode !== undefined && !/^\d{2,12}$/.test(row.divisionCode))
    faults.push({ line, column: 'divisionCode', code: 'division-code-invalid', detail: row.divisionCode });
  if (isPlaceKind(row.kind) && row.attributes) {
    for (const fault of attributeFaults(row.kind, row.attributes))
      faults.push({ line, column: `attributes${fault.pointer}`, code: fault.code, detail: fault.detail });
  }
  return faults;
}

/**
 * Holds rows against the tree and against each other; rows may stand in any order. `base` is the node the paths begin
 * under (null = the top) and `mayStandAtTop` whether new nodes may hang directly there.
 */
export function planImport(
  rows: readonly NumberedRow[],
  standing: ReadonlyMap<string, Standing>,
  base: { kind: PlaceKind; depth: number } | null,
  mayStandAtTop = true,
): ImportPlan {
  const faults: RowFault[] = [];
  const wanted = new Map<string, FreshPlace & { line: number }>();
  let unchanged = 0;
  for (const numbered of rows) {
    const { line, row } = numbered;
    const own = rowFaults(numbered);
    faults.push(...own);
    if (own.length > 0 || !isPlaceKind(row.kind)) continue;
    const codes = split(row.path);
    const key = codes.join('/');
    const there = standing.get(key);
    if (wanted.has(key)) faults.push({ line, column: 'path', code: 'duplicate-row', detail: key });
    else if (there && there.kind === row.kind && there.name === row.name.trim()) unchanged += 1;
    else if (there) faults.push({ line, column: 'path', code: 'place-exists', detail: `${there.kind} ${there.name}` });
    else
      wanted.set(key, {
        line,
        key,
        parentKey: codes.slice(0, -1).join('/'),
        depth: codes.length,
        kind: row.kind,
        code: codes.at(-1) ?? '',
        row,
      });
  }
  const kindOf = (key: string): PlaceKind | null | undefined =>
    key === '' ? (base?.kind ?? null) : (wanted.get(key)?.kind ?? standing.get(key)?.kind);
  for (const { line, parentKey, kind, depth } of wanted.values()) {
    const parent = kindOf(parentKey);
    if (parent === undefined) faults.push({ line, column: 'path', code: 'parent-missing', detail: parentKey });
    else if (parentKey === '' && !mayStandAtTop) faults.push({ line, column: 'path', code: 'place-out-of-reach' });
    else if (!mayStandUnder(kind, parent))
      faults.push({ line, column: 'kind', code: 'place-kind-misplaced', detail: `${kind} < ${parent ?? ''}` });
    if ((base?.depth ?? 0) + depth > depthLimit)
      faults.push({ line, column: 'path', code: 'place-too-deep', detail: String(depthLimit) });
  }
  const fresh = [...wanted.values()].sort((a, b) => a.depth - b.depth).map(({ line: _line, ...place }) => place);
  return { fresh, unchanged, faults };
}
