import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { Kernel } from '@keystead/kernel/module';
import { measures as catalogue } from './catalogue.ts';
import { foldUp } from './fold.ts';
import { add, nothing, type Sums } from './measure.ts';
import * as store from './store.ts';
import { windowOf } from './window.ts';
import { bySource } from './working.ts';

/** A figure of this moment for one place. */
export interface PresentFigure extends Sums {
  readonly measure: string;
}

interface Standing {
  day: string;
  /** When everything was read, and when the last reading of any place ended: `performance.now()`. */
  readAt: number;
  asOf: number;
  /** What the rows at one place make of each measure; the sums of all places below a path are kept in `up`. */
  readonly at: Map<string, Sums[]>;
  up: Map<string, Sums>[];
}

/** More places than this at once are read as a whole. */
const mostPlaces = 100;
const usuallyAgainMs = 600_000;
/** So many places are added up before others get their turn. */
const inOneTurn = 2000;

/** `1/2/3/` → '', `1/`, `1/2/`, `1/2/3/`. */
export function pathsTo(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, n) =>
    parts
      .slice(0, n)
      .map((part) => `${part}/`)
      .join(''),
  );
}

const nextTurn = (): Promise<void> => new Promise((go) => setImmediate(go));

/**
 * Figures of this moment kept at hand by place, so that a change costs the reading of the place it happened at instead of
 * all homes (H-10.1-a). Rows are read by the definitions of the measures, never counted up or down by what an event says.
 * Everything is read anew beside the figures in use, so that nobody who tells of a change waits for it: when somebody says
 * that something was missed (`renew`), and at times. Measures that are to come independently of each other are kept by
 * one of these each.
 */
export function createPresent(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  ids: readonly string[],
  readAgainMs = usuallyAgainMs,
) {
  const measures = catalogue.filter(({ id }) => ids.includes(id));
  const known = new Map<string, Promise<Standing>>();
  /** Organisations that are being read anew, with where something happened since, and what is to follow at once. */
  const renewing = new Map<string, { met: Set<string>; done: Promise<void>; next?: Promise<void> }>();
  let forgotten = 0;

  async function read(scope: Scope, day: string): Promise<Map<string, Sums[]>> {
    const window = windowOf(scope, '', day, clock.now());
    const at = new Map<string, Sums[]>();
    for (const [source, all] of bySource(measures))
      for (const row of await db.read(scope, store.placeSums(all, source, window))) {
        const sums = at.get(row.place) ?? measures.map(nothing);
        for (const [n, measure] of all.entries())
          add(sums[measures.indexOf(measure)] ?? nothing(), store.sumsIn(row, n));
        at.set(row.place, sums);
      }
    return at;
  }

  async function whole(organisation: string): Promise<Standing> {
    const [day, readAt] = [localDate(clock.now()), performance.now()];
    const at = await read({ organisation: organisation as OrganisationId, subtrees: [''] }, day);
    const up = measures.map(() => foldUp([]));
    let added = 0;
    for (const [place, sums] of at) {
      for (const [n, each] of sums.entries()) foldUp([{ place, ...each }], up[n]);
      if (++added % inOneTurn === 0) await nextTurn();
    }
    return { day, readAt, asOf: performance.now(), at, up };
  }

  const isUnder = (place: string, paths: readonly string[]): boolean => paths.some((path) => place.startsWith(path));

  /** Takes what stands at these places (and below) anew into the sums above them. */
  async function again(standing: Standing, organisation: string, paths: readonly string[]): Promise<void> {
    const now = await read({ organisation: organisation as OrganisationId, subtrees: [...paths] }, standing.day);
    const apply = (place: string, sums: readonly Sums[], sign: 1 | -1): void => {
      for (const [n, { num, den, rows }] of sums.entries())
        for (const path of pathsTo(place)) {
          const total = standing.up[n]?.get(path) ?? nothing();
          standing.up[n]?.set(path, add(total, { num: sign * num, den: sign * den, rows: sign * rows }));
        }
    };
    for (const [place, sums] of standing.at) {
      if (!isUnder(place, paths)) continue;
      apply(place, sums, -1);
      standing.at.delete(place);
    }
    for (const [place, sums] of now) {
      apply(place, sums, 1);
      standing.at.set(place, sums);
    }
    standing.asOf = performance.now();
  }

  /**
   * Everything is read anew; what happened in the meantime is read once more before the new take the place of the old. Asked
   * while a reading is under way, which may have missed what it is asked for, another follows.
   */
  function renew(organisation: string): Promise<void> {
    const under = renewing.get(organisation);
    if (under) {
      under.next ??= under.done.catch(() => {}).then(() => renew(organisation));
      return under.next;
    }
    const met = new Set<string>();
    const at = forgotten;
    const over = () => renewing.get(organisation)?.met === met && renewing.delete(organisation);
    const take = async (): Promise<void> => {
      const fresh = await whole(organisation);
      if (at !== forgotten) return;
      const turned = (known.get(organisation) ?? Promise.resolve(fresh)).then(async () => {
        over();
        if (met.size > 0) await again(fresh, organisation, [...met]);
        return fresh;
      });
      keep(organisation, turned);
      await turned;
    };
    const done = take().finally(over);
    renewing.set(organisation, { met, done });
    return done;
  }

  function keep(organisation: string, standing: Promise<Standing>): void {
    known.set(organisation, standing);
    // A reading that failed leaves nothing behind that could be half true.
    standing.catch(() => known.get(organisation) === standing && known.delete(organisation));
  }

  async function brought(standing: Standing | undefined, organisation: string, paths: readonly string[]) {
    if (!standing || standing.day !== localDate(clock.now())) return whole(organisation);
    await again(standing, organisation, paths);
    for (const path of paths) renewing.get(organisation)?.met.add(path);
    // What cannot be read now is read at the next change.
    const isOld = performance.now() - standing.readAt > readAgainMs;
    if (isOld && !renewing.has(organisation)) renew(organisation).catch(() => {});
    return standing;
  }

  return {
    /**
     * Reads what stands at these places now; one after the other, so that no older reading comes last. Everything, or more
     * places than can be read one by one, is read beside.
     */
    refresh(organisation: string, paths: readonly string[]): Promise<void> {
      const before = known.get(organisation);
      if (before && (paths.length > mostPlaces || paths.includes(''))) return renew(organisation);
      const next = (before ?? Promise.resolve(undefined)).then((standing) => brought(standing, organisation, paths));
      keep(organisation, next);
      return next.then(() => undefined);
    },

    /** When the last reading ended (`performance.now()`); nothing when there are no figures of today. */
    async asOf(organisation: string): Promise<number | undefined> {
      const standing = await known.get(organisation)?.catch(() => undefined);
      return standing?.day === localDate(clock.now()) ? standing.asOf : undefined;
    },

    /** The figures of a path as they were read last; nothing when nobody asked for the organisation yet. */
    async figures(organisation: string, path: string): Promise<PresentFigure[] | undefined> {
      const standing = await known.get(organisation)?.catch(() => undefined);
      if (!standing || standing.day !== localDate(clock.now())) return undefined;
      return measures.map(({ id }, n) => ({ measure: id, ...(standing.up[n]?.get(path) ?? nothing()) }));
    },

    /** Paths of the top levels that have figures. */
    async tops(organisation: string, levels: number): Promise<string[]> {
      const standing = await known.get(organisation)?.catch(() => undefined);
      return [...(standing?.up[0]?.keys() ?? [])].filter((path) => path.split('/').length - 1 <= levels);
    },

    forget(): void {
      forgotten += 1;
      known.clear();
    },
  };
}

export type Present = ReturnType<typeof createPresent>;
