import { createPresent, type Present, pathsTo, valueIn } from '@keystead/apps/insight/measures';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import type { Payload } from '@keystead/contracts/events/define';
import { chargesChanged } from '@keystead/contracts/events/ledger';
import { placeChanged } from '@keystead/contracts/events/places';
import { houseChanged, housesImported } from '@keystead/contracts/events/stock';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Kernel } from '@keystead/kernel/module';

/** The three the screen lives by, all rates. */
export const headlines = ['vacancy', 'occupancy', 'collection'] as const;
export const boardTopic = 'supervision.board';

const moving = new Set(
  [houseChanged, housesImported, agreementChanged, chargesChanged, placeChanged].map(({ type }) => type),
);
const spreading = new Set([alarmChanged, caseChanged, thingOnlineChanged].map(({ type }) => type));
const soon = 20; // ms: what comes together is told once
const pause = 100; // ms between two tellings, so that a flood costs ten of them a second
/** When everything was read again: the organisation, the city, districts and projects are told. */
const topLevels = 3;

interface Waiting {
  /** Where rows may have changed. */
  readonly moved: Set<string>;
  /** Where something is to be told. */
  readonly spread: Set<string>;
}

export interface BoardPush {
  /** The headlines at hand for a path, when somebody looks at the organisation. */
  readonly present: Present;
  /** Somebody looks at the board of an organisation: its figures are read once, so that the first change finds them there. */
  watched(organisation: string): void;
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
  const present = createPresent({ db, clock }, headlines);
  let looked = false;
  let running = false;
  let planned = false;
  let last = 0;
  const waiting = new Map<string, Waiting>();

  async function tell(organisation: string, path: string, moved: boolean): Promise<void> {
    const told = moved ? ((await present.figures(organisation, path)) ?? []) : [];
    const figures = told.map(({ measure, num, den }) => ({ measure, num, den, value: valueIn('rate', { num, den }) }));
    live.publish(boardTopic, { organisation, place: path }, { place: path, figures });
  }

  async function deliver(organisation: string, { moved, spread }: Waiting): Promise<void> {
    if (moved.size > 0) await present.refresh(organisation, [...moved]);
    const shown = new Set([...moved].flatMap(pathsTo));
    if (moved.has('')) for (const path of await present.tops(organisation, topLevels)) shown.add(path);
    for (const path of shown) await tell(organisation, path, true);
    const others = new Set([...spread].flatMap(pathsTo));
    for (const path of others) if (!shown.has(path)) await tell(organisation, path, false);
  }

  async function flush(): Promise<void> {
    last = performance.now();
    const due = [...waiting];
    waiting.clear();
    await Promise.all(due.map(([organisation, what]) => deliver(organisation, what)));
  }

  function plan(): void {
    if (planned || running) return;
    planned = true;
    const run = async (): Promise<void> => {
      [planned, running] = [false, true];
      await flush().catch((cause) => log.error({ err: cause }, 'the board could not be told'));
      running = false;
      if (waiting.size > 0) plan();
    };
    setTimeout(() => void run(), Math.max(soon, last + pause - performance.now()));
  }

  live.topic(boardTopic, {
    permission: 'measure:read',
    onFirst: () => {
      looked = true;
    },
    onLast: () => {
      looked = false;
      present.forget();
    },
  });
  bus.onAnnounced(({ type, organisation, place, payload }) => {
    if (!looked || !(moving.has(type) || spreading.has(type))) return;
    const isPlace = type === placeChanged.type;
    if (isPlace && (payload as Payload<typeof placeChanged>).to === undefined) return;
    const found = waiting.get(organisation) ?? { moved: new Set<string>(), spread: new Set<string>() };
    // A place that was hung up elsewhere changes the sums of both its old and its new surroundings.
    (moving.has(type) ? found.moved : found.spread).add(isPlace ? '' : place);
    waiting.set(organisation, found);
    plan();
  });
  return {
    present,
    watched: (organisation) => {
      void present
        .figures(organisation, '')
        .then((found) => (found ? undefined : present.refresh(organisation, [''])))
        .catch((cause) => log.error({ err: cause }, 'the board could not be read'));
    },
  };
}
