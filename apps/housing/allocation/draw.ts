import { createHash } from 'node:crypto';

export const rankings = ['queue', 'score', 'lottery'] as const;
export type Ranking = (typeof rankings)[number];

/** One household of a list, as everybody may see it: no name, only the code of its place on the waiting list. */
export interface Entrant {
  readonly entry: string;
  /** Groups come one after the other, the higher first. */
  readonly priority: number;
  readonly score: number;
  /** Since when it waits. */
  readonly since: string;
}

/** What is published before the draw: who takes part, and what the secret seed will have to match. */
export interface Commitment {
  readonly format: 'keystead-draw-1';
  readonly plan: string;
  readonly ranking: Ranking;
  readonly list: readonly Entrant[];
  readonly listHash: string;
  /** SHA-256 of the seed's 32 bytes. */
  readonly seedHash: string;
}

/** What is published after it: the seed, what was said in public on the day, and the order that follows. */
export interface PublishedDraw extends Commitment {
  readonly seed: string;
  /** Words nobody could know before, such as numbers drawn before the audience; may be empty. */
  readonly witness: string;
  readonly order: readonly string[];
}

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The list as bytes: one line for each, in the order of their codes, so that the same list has one hash. */
export const listText = (plan: string, ranking: Ranking, list: readonly Entrant[]): string =>
  [
    `${plan} ${ranking}`,
    ...[...list]
      .sort((a, b) => (a.entry < b.entry ? -1 : 1))
      .map(({ entry, priority, score, since }) => `${entry} ${priority} ${score} ${since}`),
  ].join('\n');

export const hashOfList = (plan: string, ranking: Ranking, list: readonly Entrant[]): string =>
  sha256(listText(plan, ranking, list)).toString('hex');

export const hashOfSeed = (seed: string): string => sha256(Buffer.from(seed, 'hex')).toString('hex');

/** Whole numbers below a bound, each as likely: 32-bit words of SHA-256(key, counter); a word past the last full round is left out. */
function numbers(key: Buffer): (below: number) => number {
  let counter = 0;
  let block: Buffer = Buffer.alloc(0);
  const word = (): number => {
    if (block.length === 0) block = sha256(key, Buffer.from(String(counter++)));
    const value = block.readUInt32BE(0);
    block = block.subarray(4);
    return value;
  };
  return (below) => {
    const most = Math.floor(2 ** 32 / below) * below;
    for (;;) {
      const value = word();
      if (value < most) return value % below;
    }
  };
}

function shuffled(list: readonly Entrant[], next: (below: number) => number): Entrant[] {
  const out = [...list].sort((a, b) => (a.entry < b.entry ? -1 : 1));
  for (let at = out.length - 1; at > 0; at--) {
    const other = next(at + 1);
    const [a, b] = [out[at], out[other]];
    if (a && b) [out[at], out[other]] = [b, a];
  }
  return out;
}

const byWaiting = (a: Entrant, b: Entrant): number =>
  a.since === b.since ? (a.entry < b.entry ? -1 : 1) : a.since < b.since ? -1 : 1;

/** The order of a list: groups by priority, within a group by lot, by score or by the time waited. */
export function orderOf(
  of: Pick<Commitment, 'plan' | 'ranking' | 'list' | 'listHash'>,
  seed: string,
  witness: string,
): string[] {
  const next = numbers(sha256(Buffer.from(seed, 'hex'), Buffer.from(of.listHash, 'hex'), witness));
  const groups = [...new Set(of.list.map(({ priority }) => priority))].sort((a, b) => b - a);
  return groups.flatMap((group) => {
    const members = of.list.filter(({ priority }) => priority === group);
    if (of.ranking === 'lottery') return shuffled(members, next).map(({ entry }) => entry);
    const sorted = [...members].sort((a, b) =>
      of.ranking === 'score' && a.score !== b.score ? b.score - a.score : byWaiting(a, b),
    );
    return sorted.map(({ entry }) => entry);
  });
}

export type DrawFault = 'format' | 'list-hash' | 'seed-hash' | 'order';

const isDraw = (value: unknown): value is PublishedDraw => {
  if (value === null || typeof value !== 'object') return false;
  const draw = value as Partial<PublishedDraw>;
  const texts = [draw.plan, draw.listHash, draw.seedHash, draw.seed, draw.witness];
  return (
    draw.format === 'keystead-draw-1' &&
    texts.every((text) => typeof text === 'string') &&
    rankings.some((each) => each === draw.ranking) &&
    Array.isArray(draw.list) &&
    Array.isArray(draw.order)
  );
};

/** Runs a published draw again out of nothing but what was published; answers what does not agree, nothing when all does. */
export function faultsOf(value: unknown): DrawFault[] {
  if (!isDraw(value)) return ['format'];
  const faults: DrawFault[] = [];
  if (hashOfList(value.plan, value.ranking, value.list) !== value.listHash) faults.push('list-hash');
  if (hashOfSeed(value.seed) !== value.seedHash) faults.push('seed-hash');
  if (JSON.stringify(orderOf(value, value.seed, value.witness)) !== JSON.stringify(value.order)) faults.push('order');
  return faults;
}
