import type { Figures } from '@keystead/apps/insight/measures';
import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import { moneyReceived } from '@keystead/contracts/events/ledger';
import { houseChanged, housesImported } from '@keystead/contracts/events/stock';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Kernel } from '@keystead/kernel/module';

/** The three the screen lives by. */
export const headlines = ['vacancy', 'occupancy', 'collection'] as const;
export const boardTopic = 'supervision.board';

const moving = new Set([houseChanged.type, housesImported.type, agreementChanged.type, moneyReceived.type]);
const spreading = new Set([alarmChanged.type, caseChanged.type, thingOnlineChanged.type]);
const soon = 30; // ms: what comes together is told once
const pause = 250; // ms between two tellings, so that a flood costs four of them a second
/** The organisation, the city, the district: further down a page asks for itself. */
const levels = 2;

/** `1/2/3/` → '', `1/`, `1/2/`. */
export function pathsAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: Math.min(levels, parts.length) + 1 }, (_, n) =>
    parts
      .slice(0, n)
      .map((part) => `${part}/`)
      .join(''),
  );
}

/**
 * Tells open screens the headline figures when something moved them (H-10.1-a), and that something else changed, so that
 * they ask again (H-10.1-b). Works only while somebody looks. Who sees a district hears of the district.
 */
export function pushBoard({ bus, live, log }: Pick<Kernel, 'bus' | 'live' | 'log'>, figures: Figures): void {
  let looked = false;
  let planned = false;
  let last = 0;
  const waiting = new Map<string, { places: Set<string>; moved: boolean }>();

  async function tell(organisation: string, path: string, moved: boolean): Promise<void> {
    const scope: Scope = { organisation: organisation as OrganisationId, subtrees: [''] };
    const told = moved ? await Promise.all(headlines.map((id) => figures.present(scope, id, path))) : [];
    const shown = told.map(({ measure, num, den, value }) => ({ measure, num, den, value }));
    live.publish(boardTopic, { organisation, place: path }, { place: path, figures: shown });
  }

  async function flush(): Promise<void> {
    planned = false;
    last = performance.now();
    const due = [...waiting];
    waiting.clear();
    await Promise.all(
      due.flatMap(([organisation, { places, moved }]) => [...places].map((path) => tell(organisation, path, moved))),
    );
  }

  live.topic(boardTopic, {
    permission: 'measure:read',
    onFirst: () => {
      looked = true;
    },
    onLast: () => {
      looked = false;
    },
  });
  bus.onAnnounced(({ type, organisation, place }) => {
    if (!looked || !(moving.has(type) || spreading.has(type))) return;
    const found = waiting.get(organisation) ?? { places: new Set<string>(), moved: false };
    for (const path of pathsAbove(place)) found.places.add(path);
    found.moved ||= moving.has(type);
    waiting.set(organisation, found);
    if (planned) return;
    planned = true;
    setTimeout(
      () => void flush().catch((cause) => log.error({ err: cause }, 'the board could not be told')),
      Math.max(soon, last + pause - performance.now()),
    );
  });
}
