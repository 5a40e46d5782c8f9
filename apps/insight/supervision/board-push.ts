import { createPresent, type Present, type PresentFigure, pathsTo, valueIn } from '@keystead/apps/insight/measures';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import type { EventType, Payload } from '@keystead/contracts/events/define';
import { chargesChanged } from '@keystead/contracts/events/ledger';
import { placeChanged } from '@keystead/contracts/events/places';
import { houseChanged, housesImported } from '@keystead/contracts/events/stock';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Kernel } from '@keystead/kernel/module';
import { createTelling, type Telling } from './telling.ts';

/**
 * The three the screen lives by, all rates, and what moves them. Those of one line are read together; each line is read
 * and told by itself, so that many bills do not hold up what happens to houses.
 */
const lines: readonly { measures: readonly string[]; movedBy: readonly EventType[] }[] = [
  { measures: ['vacancy', 'occupancy'], movedBy: [houseChanged, housesImported, agreementChanged, placeChanged] },
  { measures: ['collection'], movedBy: [chargesChanged, placeChanged] },
];
export const boardTopic = 'supervision.board';
const spreading = new Set([alarmChanged, caseChanged, thingOnlineChanged].map(({ type }) => type));
/** When everything was read again: the organisation, the city, districts and projects are told. */
const topLevels = 3;
/** Everything is read anew at most so often because somebody saw that something was missed, ms. */
const patience = 10_000;
/** A figure that is older than what was told may well differ, but not for so long, ms. */
const doubtful = 5000;

interface Line {
  readonly present: Present;
  readonly movedBy: ReadonlySet<string>;
  readonly tellings: Map<string, Telling>;
  /** By organisation: when it was read anew because something was missed, and since when figures differ. */
  readonly missed: Map<string, number>;
  readonly differing: Map<string, number>;
}

/** A headline as it stands in front of those who look, and when it was read (`performance.now()`). */
export interface ToldFigure extends PresentFigure {
  readonly asOf: number;
}

/** How a figure that was worked out anew compares with what was told: the same, or another that is older or newer. */
export type Comparison = 'same' | 'older' | 'newer';

export interface BoardPush {
  /** The headlines at hand for a path; none while nobody looks. */
  told(organisation: string, path: string): Promise<ToldFigure[]>;
  /** Somebody looks at the board of an organisation: its figures are read once, so that the first change finds them there. */
  watched(organisation: string): void;
  /** A newer one that differs, or one that differs time and again, means that rows came of which nobody told. */
  compared(organisation: string, measure: string, as: Comparison): void;
}

/**
 * Tells open screens the headline figures when something moved them (H-10.1-a), and that something else changed, so that
 * they ask again (H-10.1-b). Works only while somebody looks. Each path is told to who may see it: who sees a district hears
 * of the district and what is below.
 */
export function pushBoard({
  bus,
  live,
  log,
  db,
  clock,
}: Pick<Kernel, 'bus' | 'live' | 'log' | 'db' | 'clock'>): BoardPush {
  const kept = lines.map(
    ({ measures, movedBy }): Line => ({
      present: createPresent({ db, clock }, measures),
      movedBy: new Set(movedBy.map(({ type }) => type)),
      ...{ tellings: new Map(), missed: new Map(), differing: new Map() },
    }),
  );
  const spread = new Map<string, Telling>();
  let looked = false;
  const failed = (cause: unknown): void => log.error({ err: cause }, 'the board could not be told');

  function say(organisation: string, path: string, told: readonly PresentFigure[]): void {
    const figures = told.map(({ measure, num, den }) => ({ measure, num, den, value: valueIn('rate', { num, den }) }));
    live.publish(boardTopic, { organisation, place: path }, { place: path, figures });
  }
  async function tell({ present }: Line, organisation: string, paths: Iterable<string>): Promise<void> {
    for (const path of paths) say(organisation, path, (await present.figures(organisation, path)) ?? []);
  }
  /** Everything is read anew beside; the top levels hear of it. */
  async function renew(line: Line, organisation: string): Promise<void> {
    await line.present.refresh(organisation, ['']);
    await tell(line, organisation, await line.present.tops(organisation, topLevels));
  }

  async function moved(line: Line, organisation: string, paths: Set<string>): Promise<void> {
    const places = [...paths].filter((path) => path !== '');
    // Not waited for: what happens to single houses is told meanwhile.
    if (paths.has('')) renew(line, organisation).catch(failed);
    if (places.length === 0) return;
    await line.present.refresh(organisation, places);
    await tell(line, organisation, new Set(places.flatMap(pathsTo)));
  }

  function tellingOf(
    tellings: Map<string, Telling>,
    organisation: string,
    hand: (paths: Set<string>) => Promise<void>,
  ): Telling {
    const found = tellings.get(organisation) ?? createTelling(hand, failed);
    tellings.set(organisation, found);
    return found;
  }

  live.topic(boardTopic, {
    permission: 'measure:read',
    onFirst: () => {
      looked = true;
    },
    onLast: () => {
      looked = false;
      for (const { present } of kept) present.forget();
    },
  });
  bus.onAnnounced(({ type, organisation, place, payload }) => {
    if (!looked) return;
    const isPlace = type === placeChanged.type;
    if (isPlace && (payload as Payload<typeof placeChanged>).to === undefined) return;
    // A place that was hung up elsewhere changes the sums of both its old and its new surroundings.
    const where = isPlace ? '' : place;
    for (const line of kept)
      if (line.movedBy.has(type))
        tellingOf(line.tellings, organisation, (paths) => moved(line, organisation, paths)).add(where);
    if (spreading.has(type))
      tellingOf(spread, organisation, async (paths) => {
        for (const path of new Set([...paths].flatMap(pathsTo))) say(organisation, path, []);
      }).add(where);
  });

  return {
    told: async (organisation, path) => {
      if (!looked) return [];
      const found = await Promise.all(
        kept.map(async ({ present }) => {
          const asOf = await present.asOf(organisation);
          const figures = asOf === undefined ? [] : ((await present.figures(organisation, path)) ?? []);
          return figures.map((figure) => ({ ...figure, asOf: asOf ?? 0 }));
        }),
      );
      return found.flat();
    },
    watched: (organisation) => {
      for (const { present } of kept)
        void present
          .asOf(organisation)
          .then((found) => (found === undefined ? present.refresh(organisation, ['']) : undefined))
          .catch(failed);
    },
    compared: (organisation, measure, as) => {
      const line = kept[lines.findIndex(({ measures }) => measures.includes(measure))];
      if (!line) return;
      const now = performance.now();
      const since = line.differing.get(organisation) ?? now;
      if (as === 'same') line.differing.delete(organisation);
      else line.differing.set(organisation, since);
      const isMissed = as === 'newer' || (as === 'older' && now - since > doubtful);
      if (!isMissed || (line.missed.get(organisation) ?? Number.NEGATIVE_INFINITY) > now - patience) return;
      line.missed.set(organisation, now);
      log.info({ organisation, measure }, 'figures moved and nobody said so: read anew');
      renew(line, organisation).catch(failed);
    },
  };
}
