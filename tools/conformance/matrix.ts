import type { Outcome, TestRun } from '../test/index.ts';
import { type Clause, enduring, idsIn, withoutIds } from './clause.ts';

export type Status = 'proven' | 'contract-checked' | 'long-run' | 'unproven';
/** What the tests of a clause said in this run; `none` = no test names it. */
export type Result = 'passed' | 'failed' | 'skipped' | 'none';

export interface Proof {
  readonly file: string;
  readonly name: string;
  readonly result: Outcome;
}

export interface Row {
  readonly clause: Clause;
  readonly status: Status;
  readonly result: Result;
  readonly tests: readonly Proof[];
}

export interface Matrix {
  readonly rows: readonly Row[];
  /** Ids that tests name but no source has. */
  readonly unknown: readonly { readonly id: string; readonly file: string; readonly name: string }[];
}

function resultOf(tests: readonly Proof[]): Result {
  if (tests.some((test) => test.result === 'failed')) return 'failed';
  if (tests.some((test) => test.result === 'passed')) return 'passed';
  return tests.length > 0 ? 'skipped' : 'none';
}

/**
 * A clause is as good as its worst test in this run: one red test and it is unproven. Passing tests prove it, but a
 * device contract is only checked (on a simulator), and endurance only begun.
 */
export function statusOf(clause: Clause, result: Result): Status {
  if (result !== 'passed') return 'unproven';
  if (clause.kind === 'device-contract') return 'contract-checked';
  return enduring.has(clause.id) ? 'long-run' : 'proven';
}

/** Joins clauses and the tests that name them. Every clause has a row. */
export function buildMatrix(clauses: readonly Clause[], run: TestRun): Matrix {
  const proofs = new Map<string, Proof[]>(clauses.map(({ id }) => [id, []]));
  const unknown: { id: string; file: string; name: string }[] = [];
  for (const { file, name, outcome } of run.tests) {
    for (const id of idsIn(name)) {
      const known = proofs.get(id);
      if (known) known.push({ file, name: withoutIds(name), result: outcome });
      else unknown.push({ id, file, name });
    }
  }
  const rows = clauses.map((clause) => {
    const tests = (proofs.get(clause.id) ?? []).sort((a, b) =>
      `${a.file} ${a.name}` < `${b.file} ${b.name}` ? -1 : 1,
    );
    const result = resultOf(tests);
    return { clause, status: statusOf(clause, result), result, tests };
  });
  return { rows, unknown };
}

export interface Tally {
  readonly proven: number;
  /** Clauses that software alone can prove. */
  readonly software: number;
  readonly total: number;
}

const tally = (rows: readonly Row[]): Tally => ({
  proven: rows.filter((row) => row.status === 'proven').length,
  software: rows.filter((row) => row.clause.kind === 'software').length,
  total: rows.length,
});

/** The figures that other tools read: all clauses, and per module. */
export function summary({ rows }: Matrix): Tally & { readonly byModule: Readonly<Record<string, Tally>> } {
  const modules = [...new Set(rows.map((row) => row.clause.module))].sort();
  const byModule = Object.fromEntries(
    modules.map((module) => [module, tally(rows.filter((row) => row.clause.module === module))]),
  );
  return { ...tally(rows), byModule };
}
