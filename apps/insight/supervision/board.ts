import { type Figure, type Figures, fold, measureOf, type PlaceSums, valueIn } from '@keystead/apps/insight/measures';
import { type Actor, inScope, type Scope } from '@keystead/contracts/access';
import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { BoardPush } from './board-push.ts';

export interface Board {
  at: Date;
  /** What it is about, as pushes name it; null when it is several places without a path of their own. */
  path: string | null;
  figures: Figure[];
  /** Devices in use by whether they are heard. */
  devices: { state: string; count: number }[];
  /** Warnings not closed, by severity 1–4. */
  warnings: { severity: number; count: number }[];
  /** Violations of the last 30 days by the places below. */
  violations: { place: string | null; name: string; count: number }[];
}

/** Kinds of case that are a breach of rules or of security. */
export const violationKinds = ['violation', 'security'];
const violationDays = 30;
/** What several screens ask within this time is worked out once, ms; the headlines are told at once beside it. */
const shortly = 1500;
const mostKept = 500;

const within = (scope: Scope, path: string) =>
  sql`organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')} and ${underPath(path, 'place')}`;

const deviceStates = (scope: Scope, path: string) => sql<{ state: string; count: number }>`
  select online as state, count(*)::bigint as count from things_pub.thing
  where ${within(scope, path)} and state not in ('retired', 'scrapped') group by 1 order by 1`;

const openWarnings = (scope: Scope, path: string) => sql<{ severity: number; count: number }>`
  select severity, count(*)::bigint as count from alarms_pub.alarm
  where ${within(scope, path)} and (condition = 'active' or handling <> 'closed') group by 1 order by 1`;

const violations = (scope: Scope, path: string, since: Date) => sql<PlaceSums>`
  select place, count(*)::bigint as num, count(*)::bigint as den, count(*)::bigint as rows from cases_pub.case
  where ${within(scope, path)} and kind = any(${violationKinds}::text[]) and opened_at >= ${since} group by 1`;

/**
 * What the supervisor's screen shows (H-10.1-a, b): every figure of this moment, or as told at the end of a day, and how
 * things are spread now.
 */
export function createBoard({ db, clock }: Pick<Kernel, 'db' | 'clock'>, figures: Figures, push: BoardPush) {
  const worked = new Map<string, { began: number; figures: Promise<Figure[]> }>();

  /** Figures of this moment, worked out once for all that ask at the same time for the same. */
  function now(actor: Actor, place: string | undefined): { began: number; figures: Promise<Figure[]> } {
    const { organisation, subtrees } = actor.scope;
    const key = [organisation, subtrees.join(), place].join(' ');
    const found = worked.get(key);
    if (found && found.began + shortly > performance.now()) return found;
    if (worked.size >= mostKept) worked.clear();
    const made = { began: performance.now(), figures: figures.all(actor, { place }) };
    worked.set(key, made);
    made.figures.catch(() => worked.delete(key));
    return made;
  }

  /**
   * The headlines as they were told last, where that is younger: never older than what a screen has already shown. Where
   * they were worked out later and differ, rows came that nobody told of, as in a bulk load: the later reading counts.
   */
  async function present(actor: Actor, place: string | undefined, path: string): Promise<Figure[]> {
    const { organisation } = actor.scope;
    const { began, figures } = now(actor, place);
    const all = await figures;
    push.watched(organisation);
    if (!inScope(actor.scope, path)) return all;
    const told = await push.told(organisation, path);
    return all.map((figure) => {
      const shape = measureOf(figure.measure)?.shape;
      const found = told.find(({ measure }) => measure === figure.measure);
      if (!found || !shape) return figure;
      const { asOf, ...sums } = found;
      const isOlder = asOf >= began;
      const isSame = sums.num === figure.num && sums.den === figure.den;
      push.compared(organisation, figure.measure, isSame ? 'same' : isOlder ? 'older' : 'newer');
      return isOlder ? { ...figure, ...sums, value: valueIn(shape, sums) } : figure;
    });
  }

  return async (
    actor: Actor,
    { place, day }: { place?: string | undefined; day?: string | undefined },
  ): Promise<Board> => {
    const { scope } = actor;
    const { path: asked, places } = await figures.below(actor, place);
    // Who sees one part of the organisation sees that part as the whole.
    const [only = '', ...more] = scope.subtrees;
    const path = asked === '' && more.length === 0 ? only : asked;
    const at = clock.now();
    const since = new Date(at.getTime() - violationDays * 86_400_000);
    const [all, devices, warnings, found] = await Promise.all([
      day === undefined ? present(actor, place, path) : figures.all(actor, { place, day }),
      db.read(scope, deviceStates(scope, path)),
      db.read(scope, openWarnings(scope, path)),
      db.read(scope, violations(scope, path, since)),
    ]);
    const spread = fold(
      found,
      places.map((each) => each.path),
    );
    const parts = places.map(({ id, name, path: below }) => ({
      place: id,
      name,
      count: spread.of.get(below)?.num ?? 0,
    }));
    const itself = spread.itself.num > 0 ? [{ place: null, name: '', count: spread.itself.num }] : [];
    return {
      at,
      path: inScope(scope, path) ? path : null,
      figures: all,
      devices,
      warnings,
      violations: [...parts, ...itself],
    };
  };
}
