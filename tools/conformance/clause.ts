import { readFileSync } from 'node:fs';

/** One requirement of the four sources, as docs/clauses.json lists it. */
export interface Clause {
  readonly id: string;
  readonly text: string;
  readonly strength: 'must' | 'should' | 'may';
  readonly kind: 'software' | 'device-contract' | 'deployment' | 'organisation';
  readonly module: string;
}

/** The sources by the letter their clauses begin with. */
export const sources: Readonly<Record<string, string>> = {
  H: 'public rental housing platform 公租房平台',
  I: 'industrial IoT management 工业物联网管理',
  G: 'digital-government unified O&M 数字政府一体化运维',
  M: 'smart-city IT O&M 智慧城市信息化运维',
};

/** Clauses about endurance: a test that takes minutes shows the way to measure, never the endurance itself. */
export const enduring: ReadonlySet<string> = new Set(['I-6.3-a', 'I-6.3-b', 'I-6.3-e']);

export function readClauses(file: string): Clause[] {
  const clauses: Clause[] = JSON.parse(readFileSync(file, 'utf8'));
  const ids = new Set(clauses.map(({ id }) => id));
  if (ids.size !== clauses.length) throw new Error(`${file} lists an id twice`);
  return clauses;
}

const marker = /\[([HIGM]-[^\]\s]+)\]/g;

/** The ids a test names: `[H-7.1-c-3][I-7.1-d] an hour of silence opens an order`. */
export const idsIn = (testName: string): string[] => [
  ...new Set([...testName.matchAll(marker)].map((match) => match[1] ?? '')),
];

export const withoutIds = (testName: string): string => testName.replace(marker, '').replace(/\s+/g, ' ').trim();
