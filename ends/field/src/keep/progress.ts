import type { Kept } from './keeper.ts';
import { type Act, saidOf, type Task } from './types.ts';

/** How far a task is: what the platform knew, and what was said on this phone since. */
export interface Progress {
  readonly started: boolean;
  readonly finished: boolean;
  readonly read: ReadonlySet<number>;
  readonly ticked: ReadonlySet<string>;
  /** Photos taken, counted with those the platform has. */
  readonly evidence: number;
  readonly parts: readonly { part: string; quantity: number }[];
  readonly scanned: boolean;
  /** Said of it and not sent yet. */
  readonly waiting: number;
  /** What still stands between it and its end. */
  readonly lacks: readonly ('points' | 'items' | 'evidence')[];
}

const begun = ['in-progress', 'waiting', 'done', 'confirmed', 'closed'];
const proven = ['inspection', 'repair'];

const actsOf = ({ queue, log }: Pick<Kept, 'queue' | 'log'>, task: string): Act[] =>
  [...log.filter(({ outcome }) => outcome === 'done'), ...queue]
    .filter(({ text }) => text !== '')
    .map(saidOf)
    .filter((said) => said.case === task)
    .map(({ act }) => act);

const picturesIn = (acts: readonly Act[]): number =>
  acts.filter((act) => act.kind === 'photo' || (act.kind === 'read' && act.photo !== undefined)).length;

/** Each part once, with how many of it were used. */
function partsIn(acts: readonly Act[]): Progress['parts'] {
  const used = new Map<string, number>();
  for (const act of acts) if (act.kind === 'part') used.set(act.part, (used.get(act.part) ?? 0) + act.quantity);
  return [...used].map(([part, quantity]) => ({ part, quantity }));
}

export function progressOf(kept: Pick<Kept, 'queue' | 'log'>, task: Task): Progress {
  const acts = actsOf(kept, task.id);
  const read = new Set(task.round?.read ?? []);
  const ticked = new Set(task.items.filter(({ done }) => done).map(({ id }) => id));
  for (const act of acts) {
    if (act.kind === 'read') read.add(act.point);
    if (act.kind === 'tick') ticked.add(act.item);
  }
  const evidence = Math.max(task.evidence, picturesIn(acts));
  const points = task.round?.points.length ?? 0;
  const openItems = task.items.some(({ id, required }) => required && !ticked.has(id));
  return {
    read,
    ticked,
    evidence,
    started: begun.includes(task.state) || acts.some(({ kind }) => kind === 'start'),
    finished: acts.some(({ kind }) => kind === 'finish'),
    scanned: acts.some(({ kind }) => kind === 'scan'),
    parts: partsIn(acts),
    waiting: kept.queue.filter((each) => saidOf(each).case === task.id).length,
    lacks: [
      ...(read.size < points ? (['points'] as const) : []),
      ...(openItems ? (['items'] as const) : []),
      ...(proven.includes(task.kind) && evidence === 0 ? (['evidence'] as const) : []),
    ],
  };
}

/** Whether a value keeps the limits of its point; undefined where nothing is measured. */
export function within(point: { low?: number; high?: number }, value: number | undefined): boolean | undefined {
  const { low, high } = point;
  if (low === undefined && high === undefined) return undefined;
  if (value === undefined || Number.isNaN(value)) return false;
  return (low === undefined || value >= low) && (high === undefined || value <= high);
}
