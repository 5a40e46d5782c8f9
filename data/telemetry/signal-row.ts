/**
 * What one thing reported at one event time, as stored: parallel arrays, one entry a point. Strings and JSON stand in
 * `texts` by property key, as in `AcceptedMessage`.
 */
export interface SignalRow {
  /** Event time, µs since 1970. */
  time: number;
  /** Receive time, µs since 1970. */
  received: number;
  /** Number of the foreign source that delivered it; 0 = the thing itself. */
  source: number;
  keys: readonly number[];
  values: readonly number[];
  /** Absent when every point is good. */
  qualities?: readonly number[];
  texts?: Readonly<Record<string, string>>;
}

export interface Settled {
  rows: SignalRow[];
  /** Points that a later receive of the same (property, event time) replaced. */
  replaced: number;
}

/** Order in which rows are settled: by event time, and of one event time by receive time. */
export const byTimeThenReceived = (a: SignalRow, b: SignalRow): number => a.time - b.time || a.received - b.received;

function isAscending(rows: readonly SignalRow[]): boolean {
  for (let i = 1; i < rows.length; i++) {
    if ((rows[i] as SignalRow).time <= (rows[i - 1] as SignalRow).time) return false;
  }
  return true;
}

function without(row: SignalRow, superseded: ReadonlySet<number>): SignalRow {
  const kept = row.keys.map((key, index) => ({ key, index })).filter(({ key }) => !superseded.has(key));
  const texts =
    row.texts && Object.fromEntries(Object.entries(row.texts).filter(([key]) => !superseded.has(Number(key))));
  return {
    ...row,
    keys: kept.map(({ key }) => key),
    values: kept.map(({ index }) => row.values[index] as number),
    qualities: row.qualities && kept.map(({ index }) => row.qualities?.[index] as number),
    texts: texts && Object.keys(texts).length > 0 ? texts : undefined,
  };
}

/** A row that names one property twice keeps the last. */
function once(row: SignalRow): SignalRow {
  const last = new Map(row.keys.map((key, index) => [key, index]));
  if (last.size === row.keys.length) return row;
  const indexes = [...last.values()];
  return {
    ...row,
    keys: indexes.map((index) => row.keys[index] as number),
    values: indexes.map((index) => row.values[index] as number),
    qualities: row.qualities && indexes.map((index) => row.qualities?.[index] as number),
  };
}

/**
 * Rows of one thing, given in order of arrival (older store first), as one point for each (property, event time): of
 * two the later received stays, and of two received at once the later given. The result ascends by event time, then
 * receive time; a row left without points is gone.
 */
export function settle(arrived: readonly SignalRow[]): Settled {
  if (isAscending(arrived)) return settleAscending(arrived);
  const ordered = arrived.map((row) => once(row)).sort(byTimeThenReceived);
  let replaced =
    arrived.reduce((sum, row) => sum + row.keys.length, 0) - ordered.reduce((sum, row) => sum + row.keys.length, 0);
  const rows: SignalRow[] = [];
  let from = 0;
  while (from < ordered.length) {
    const { time } = ordered[from] as SignalRow;
    let to = from + 1;
    while (ordered[to]?.time === time) to++;
    if (to === from + 1) rows.push(ordered[from] as SignalRow);
    else {
      const seen = new Set<number>();
      const kept: SignalRow[] = [];
      for (let i = to - 1; i >= from; i--) {
        const row = ordered[i] as SignalRow;
        const superseded = new Set(row.keys.filter((key) => seen.has(key)));
        const left = superseded.size === 0 ? row : without(row, superseded);
        replaced += superseded.size;
        for (const key of left.keys) seen.add(key);
        if (left.keys.length > 0) kept.push(left);
      }
      rows.push(...kept.reverse());
    }
    from = to;
  }
  return { rows, replaced };
}

/** The ordinary case, nothing twice: only rows that name a property twice need a look. */
function settleAscending(arrived: readonly SignalRow[]): Settled {
  let replaced = 0;
  const rows = arrived.filter((row) => row.keys.length > 0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as SignalRow;
    const { keys } = row;
    let doubtful = false;
    for (let k = 1; k < keys.length && !doubtful; k++) doubtful = keys.indexOf(keys[k] as number) !== k;
    if (!doubtful) continue;
    const kept = once(row);
    replaced += keys.length - kept.keys.length;
    rows[i] = kept;
  }
  return { rows, replaced };
}
