import { type Actor, inScope, type Scope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { PlacesService } from '@keystead/data/places';
import type { Kernel } from '@keystead/kernel/module';
import { measureOf, measures } from './catalogue.ts';
import { fold } from './fold.ts';
import { type Measure, nothing, type Sums, valueIn, type Window } from './measure.ts';
import { MeasureMissing } from './problems.ts';
import * as store from './store.ts';
import { monthBack, windowOf, yearBefore } from './window.ts';
import { createWorking } from './working.ts';

export interface Figure extends Sums {
  measure: string;
  version: number;
  day: string;
  /** The cut-off. */
  at: Date;
  /** Told at the end of that day and kept; not worked out now. */
  frozen: boolean;
  /** In the unit of the measure; null when there is nothing to divide by. */
  value: number | null;
}

export interface Asked {
  measure: string;
  /** Id of a place; without it everything within reach. */
  place?: string | undefined;
  /** `YYYY-MM-DD`; today unless told. */
  day?: string | undefined;
}

/** Levels that do not lie within each other, so that their parts can be asked for over those between. */
export type PartKind = 'project' | 'building';

export interface Child extends store.ChildPlace, Sums {
  value: number | null;
}

const longestRows = 500;

/** Figures, what they are made of, and how they stood before (H-8.5-b). All within the actor's reach. */
export function createFigures({
  db,
  clock,
  places,
}: Pick<Kernel, 'db' | 'clock'> & { places: Pick<PlacesService, 'get'> }) {
  const working = createWorking({ db });

  function known(id: string): Measure {
    const measure = measureOf(id);
    if (!measure) throw new MeasureMissing({ measure: id });
    return measure;
  }

  /** Path and id of what is asked about; '' and null for everything within reach. Throws PlaceMissing. */
  async function ground(actor: Actor, place: string | undefined): Promise<{ path: string; id: string | null }> {
    if (place === undefined) return { path: '', id: null };
    const found = await places.get(actor, place);
    return { path: found.path, id: found.id };
  }

  /** What the place was frozen under; nothing for a part of the organisation that is no place. */
  const frozenId = (scope: Scope, id: string | null): string | undefined =>
    id ?? (inScope(scope, '') ? store.everywhere : undefined);

  async function frozen(scope: Scope, measure: Measure, days: readonly string[], ids: readonly string[]) {
    const past = days.filter((day) => day < localDate(clock.now()));
    if (past.length === 0 || ids.length === 0) return [];
    return db.read(scope, store.frozenOf(scope, [measure.id], past, ids));
  }

  const worked = async (measure: Measure, window: Window): Promise<Sums> =>
    (await working.sums([measure], window)).get(measure.id) ?? nothing();

  const tell = (
    measure: Measure,
    day: string,
    sums: Sums & { at: Date; version?: number },
    isFrozen: boolean,
  ): Figure => ({
    ...{ measure: measure.id, version: sums.version ?? measure.version, day, at: sums.at, frozen: isFrozen },
    ...{ num: sums.num, den: sums.den, rows: sums.rows, value: valueIn(measure.shape, sums) },
  });

  async function figureAt(actor: Actor, measure: Measure, where: { path: string; id: string | null }, day: string) {
    const window = windowOf(actor.scope, where.path, day, clock.now());
    const id = frozenId(actor.scope, where.id);
    const [kept] = id ? await frozen(actor.scope, measure, [day], [id]) : [];
    if (kept) return tell(measure, day, kept, true);
    return tell(measure, day, { ...(await worked(measure, window)), at: window.at }, false);
  }

  /** Throws MeasureMissing, PlaceMissing, InputInvalid (a day to come). */
  async function figure(actor: Actor, asked: Asked): Promise<Figure> {
    const measure = known(asked.measure);
    return figureAt(actor, measure, await ground(actor, asked.place), asked.day ?? localDate(clock.now()));
  }

  /**
   * The figure and those of the next level: regions, projects, buildings, houses; or of all projects or buildings below,
   * whatever lies between. `itself` is what belongs to the place and to
   * none of them; with it the children add up to the whole, to the last unit.
   */
  async function children(
    actor: Actor,
    asked: Asked & { kind?: PartKind | undefined },
  ): Promise<{ figure: Figure; itself: Sums; children: Child[] }> {
    const measure = known(asked.measure);
    const day = asked.day ?? localDate(clock.now());
    const where = await ground(actor, asked.place);
    const window = windowOf(actor.scope, where.path, day, clock.now());
    const { scope } = actor;
    const below = await db.read(
      scope,
      asked.kind ? store.placesOfKind(scope, asked.kind, where.path) : store.childrenOf(scope, where.id),
    );
    const child = (place: store.ChildPlace, { num, den, rows }: Sums): Child => ({
      ...place,
      ...{ num, den, rows, value: valueIn(measure.shape, { num, den }) },
    });
    const own = frozenId(actor.scope, where.id);
    const kept = own ? await frozen(actor.scope, measure, [day], [own, ...below.map(({ id }) => id)]) : [];
    const byId = new Map(kept.map((each) => [each.placeId, each]));
    const whole = own ? byId.get(own) : undefined;
    if (whole && below.every(({ id }) => byId.has(id))) {
      const parts = below.map((place) => child(place, byId.get(place.id) ?? whole));
      const rest = (pick: (sums: Sums) => number) => parts.reduce((left, part) => left - pick(part), pick(whole));
      const itself = { num: rest(({ num }) => num), den: rest(({ den }) => den), rows: rest(({ rows }) => rows) };
      return { figure: tell(measure, day, whole, true), itself, children: parts };
    }
    const sums = fold(
      await working.byPlace(measure, window),
      below.map(({ path }) => path),
    );
    return {
      figure: tell(measure, day, { ...sums.whole, at: window.at }, false),
      itself: sums.itself,
      children: below.map((place) => child(place, sums.of.get(place.path) ?? { num: 0, den: 0, rows: 0 })),
    };
  }

  /**
   * The rows a figure counts, by reference, with their sums: `figure` is worked out from the same rows at the same cut-off.
   * `told` is what was frozen, when that is another: data were corrected since.
   */
  async function rows(actor: Actor, asked: Asked, page: { limit: number; after?: string | undefined }) {
    const measure = known(asked.measure);
    const day = asked.day ?? localDate(clock.now());
    const where = await ground(actor, asked.place);
    const window = windowOf(actor.scope, where.path, day, clock.now());
    const limit = Math.min(page.limit, longestRows);
    const [sums, found, told] = await Promise.all([
      worked(measure, window),
      db.read(actor.scope, store.rowsOf(measure, window, { limit: limit + 1, after: page.after ?? '' })),
      figureAt(actor, measure, where, day),
    ]);
    const items = found.slice(0, limit);
    return {
      figure: tell(measure, day, { ...sums, at: window.at }, false),
      told: told.frozen ? told : null,
      items,
      next: found.length > limit ? (items.at(-1)?.ref ?? null) : null,
    };
  }

  /**
   * Every figure of a day, as told then when it is over and was kept, else worked out. Throws PlaceMissing, InputInvalid.
   */
  async function all(actor: Actor, asked: Omit<Asked, 'measure'>): Promise<Figure[]> {
    const day = asked.day ?? localDate(clock.now());
    const where = await ground(actor, asked.place);
    const window = windowOf(actor.scope, where.path, day, clock.now());
    const id = day < localDate(clock.now()) ? frozenId(actor.scope, where.id) : undefined;
    const ids = measures.map((each) => each.id);
    const kept = id ? await db.read(actor.scope, store.frozenOf(actor.scope, ids, [day], [id])) : [];
    const told = new Map(kept.map((each) => [each.measure, each]));
    const missing = measures.filter((each) => !told.has(each.id));
    const sums = await working.sums(missing, window);
    return measures.map((measure) => {
      const frozenOne = told.get(measure.id);
      if (frozenOne) return tell(measure, day, frozenOne, true);
      return tell(measure, day, { ...(sums.get(measure.id) ?? nothing()), at: window.at }, false);
    });
  }

  /** Ends of the months before a day and the day itself, the oldest first, with the same day a year before. */
  async function trend(actor: Actor, asked: Asked, months: number): Promise<{ points: Figure[]; yearBefore: Figure }> {
    const measure = known(asked.measure);
    const now = localDate(clock.now());
    const day = asked.day ?? now;
    const where = await ground(actor, asked.place);
    const id = frozenId(actor.scope, where.id);
    const days = [yearBefore(day), ...Array.from({ length: months }, (_, n) => monthBack(day, months - 1 - n))];
    const kept = new Map((id ? await frozen(actor.scope, measure, days, [id]) : []).map((each) => [each.day, each]));
    const sisters = measures.filter(({ source }) => source === measure.source);
    const told = async (of: string): Promise<Figure> => {
      const found = kept.get(of);
      if (found) return tell(measure, of, found, true);
      const window = windowOf(actor.scope, where.path, of, clock.now());
      const sums = of < now ? await working.past(measure, sisters, window) : await worked(measure, window);
      return tell(measure, of, { ...(sums ?? nothing()), at: window.at }, false);
    };
    const points: Figure[] = [];
    // Two at a time: the others who look have the database too.
    for (let from = 0; from < days.length; from += 2)
      points.push(...(await Promise.all(days.slice(from, from + 2).map(told))));
    const [before, ...rest] = points;
    if (!before) throw new RangeError('a curve has no points');
    return { points: rest, yearBefore: before };
  }

  /** The places of the next level below a place, or of the top. */
  const below = async (actor: Actor, place?: string): Promise<{ path: string; places: store.ChildPlace[] }> => {
    const where = await ground(actor, place);
    return { path: where.path, places: await db.read(actor.scope, store.childrenOf(actor.scope, where.id)) };
  };

  return { figure, all, children, rows, trend, below };
}

export type Figures = ReturnType<typeof createFigures>;
