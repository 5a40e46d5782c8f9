import type { Device } from './device.ts';
import type { Fleet } from './fleet.ts';
import type { Speaker } from './speaker.ts';

export interface BackFillOptions {
  /** Homes, spread over the community. */
  readonly homes: number;
  readonly hours: number;
  /** Seconds between two points. */
  readonly step: number;
  /** Messages a second. */
  readonly rate: number;
}

const standard: BackFillOptions = { homes: 40, hours: 24, step: 300, rate: 40 };
const pointsAMessage = 24;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Messages with the readings and events a device would have sent between two real moments. */
export function* historyOf(device: Device, from: number, to: number, step: number) {
  for (let at = from; at < to; ) {
    const items: object[] = [];
    const begin = at;
    for (; at < to && items.length < pointsAMessage; at += step * 1000) items.push({ ts: at, values: device.past(at) });
    yield { kind: 'telemetry' as const, items };
    const events = device
      .pastEvents(begin, Math.min(at, to))
      .map(({ at: ts, ...one }) => ({ ...one, ts: Math.round(ts) }));
    if (events.length > 0) yield { kind: 'events' as const, items: events };
  }
}

/** Connected speakers of homes spread evenly, and everything outside the homes. */
function sample(fleet: Fleet, homes: number): Speaker[] {
  const gateways = fleet.speakers.filter(({ own }) => own.unit.family === 'home-gateway');
  const every = Math.max(1, Math.floor(gateways.length / homes));
  const places = new Set(gateways.filter((_, at) => at % every === 0).map(({ own }) => own.unit.place));
  const inHomes = new Set(gateways.map(({ own }) => own.unit.place));
  return fleet.speakers.filter(({ own }) => places.has(own.unit.place) || !inHomes.has(own.unit.place));
}

/**
 * Sends the last day of some homes, so that charts have something to show, a few messages a second beside the live
 * ones. Answers the number of points, or undefined when it was cut off.
 */
export async function backFill(
  fleet: Fleet,
  now: number,
  stopped: AbortSignal,
  options: Partial<BackFillOptions> = {},
): Promise<number | undefined> {
  const { homes, hours, step, rate } = { ...standard, ...options };
  let points = 0;
  for (const speaker of sample(fleet, homes)) {
    for (const device of speaker.devices) {
      for (const { kind, items } of historyOf(device, now - hours * 3_600_000, now, step)) {
        if (stopped.aborted || !speaker.connected) return undefined;
        // The acknowledgement is awaited: what is slow to be committed is not pushed harder.
        await Promise.all([speaker.report(device, kind, items), pause(1000 / rate)]);
        points += items.length;
      }
    }
  }
  return points;
}
