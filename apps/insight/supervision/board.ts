import { type Figure, type Figures, fold, measureCatalogue, type PlaceSums } from '@keystead/apps/insight/measures';
import type { Actor, Scope } from '@keystead/contracts/access';
import { inSubtrees, sql, underPath } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

export interface Board {
  at: Date;
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

/** What the supervisor's screen shows (H-10.1-a, b): every figure of this moment, and how things are spread. */
export function createBoard({ db, clock }: Pick<Kernel, 'db' | 'clock'>, figures: Figures) {
  return async (actor: Actor, place?: string): Promise<Board> => {
    const { scope } = actor;
    const { path, places } = await figures.below(actor, place);
    const at = clock.now();
    const since = new Date(at.getTime() - violationDays * 86_400_000);
    const [told, devices, warnings, found] = await Promise.all([
      Promise.all(measureCatalogue.map(({ id }) => figures.present(scope, id, path))),
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
    return { at, figures: told, devices, warnings, violations: [...parts, ...itself] };
  };
}
