import type { Severity } from './advisory.ts';

const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};
const privileges: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
};

const roundUp = (score: number): number => {
  const whole = Math.round(score * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
};

/** Base score of a CVSS 3.0 or 3.1 vector, 0–10; undefined for any other text. */
export function baseScore(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined;
  const metrics = new Map(
    vector
      .split('/')
      .slice(1)
      .map((part) => part.split(':') as [string, string]),
  );
  const of = (name: string): number | undefined => weights[name]?.[metrics.get(name) ?? ''];
  const [reach, complexity, interaction] = [of('AV'), of('AC'), of('UI')];
  const [secrecy, integrity, availability] = [of('C'), of('I'), of('A')];
  const right = privileges[metrics.get('S') ?? '']?.[metrics.get('PR') ?? ''];
  if (reach === undefined || complexity === undefined || interaction === undefined || right === undefined)
    return undefined;
  if (secrecy === undefined || integrity === undefined || availability === undefined) return undefined;
  const loss = 1 - (1 - secrecy) * (1 - integrity) * (1 - availability);
  const changed = metrics.get('S') === 'C';
  const impact = changed ? 7.52 * (loss - 0.029) - 3.25 * (loss - 0.02) ** 15 : 6.42 * loss;
  if (impact <= 0) return 0;
  const ease = 8.22 * reach * complexity * right * interaction;
  return roundUp(Math.min((changed ? 1.08 : 1) * (impact + ease), 10));
}

export const severityOfScore = (score: number): Severity => (score >= 9 ? 1 : score >= 7 ? 2 : score >= 4 ? 3 : 4);

const words: Readonly<Record<string, Severity>> = {
  critical: 1,
  high: 2,
  important: 2,
  moderate: 3,
  medium: 3,
  low: 4,
  none: 4,
};

/** Severity of a publisher's word; undefined for one nobody knows. */
export const severityOfWord = (word: string | undefined): Severity | undefined => words[(word ?? '').toLowerCase()];

/** What nobody rated is taken for grave until somebody looks at it. */
export const unrated: Severity = 2;
