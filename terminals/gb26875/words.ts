import {
  type Occurrence,
  PayloadMalformed,
  type Reading,
  type Refusal,
  refuse,
  type Uplink,
} from '@keystead/terminals/port';
import { type ClockForm, readClock } from './clock-form.ts';
import { type FireObject, type FirePlace, objectKind, readUnit } from './objects.ts';

export interface Translation {
  /** Name of the device that stands at a place; '' or undefined place = the transmitter itself. */
  nameOf(place: FirePlace): string | undefined;
  /** Name of the transmitter. */
  transmitter: string;
  clock: ClockForm;
  zone: string;
  /** Our own clock, ms since 1970. */
  now: number;
}

/** State words of a transmitter are told under names of their own where a system of the building has the same. */
const stateful = new Set<number>([objectKind.system, objectKind.component, objectKind.analog, objectKind.transmitter]);
const operations = new Set<number>([objectKind.operation, objectKind.transmitterOperation]);

const placeWords = ({ system, component }: FirePlace) => ({
  ...(system ? { system: `${system.kind}.${system.address}` } : {}),
  ...(component ? { componentKind: component.kind, component: component.address } : {}),
});

/** What happened, for a place nobody has made a device of: the gravest first. */
const eventOf = ({ values }: FireObject): string => {
  if (values.fire === true) return 'fire';
  if (values.started === true) return 'started';
  if (values.fault === true) return 'fault';
  return 'state';
};

/**
 * An application data unit in the words of terminals. States and analogue values of a configured device are its
 * readings; those of a place nobody configured are events of the transmitter (`fire`, `started`, `fault`, `state`), so
 * that no alarm is lost for want of a configuration (H-6.3-a-2). Operations are events.
 */
export function uplinksOf(data: Uint8Array, translation: Translation): { uplinks: Uplink[]; refusal?: Refusal } {
  const { objects, fault } = readUnit(data);
  const readings: Reading[] = [];
  const occurrences: Occurrence[] = [];
  for (const one of objects) {
    const stamp = one.clock && readClock(one.clock, translation.clock, translation.zone, translation.now);
    const time = stamp === undefined ? {} : { time: stamp * 1000 };
    const itself = one.place.system === undefined;
    const device = itself ? translation.transmitter : translation.nameOf(one.place);
    if (operations.has(one.kind)) {
      const done = Object.entries(one.values).filter(([, on]) => on === true);
      for (const [event] of done)
        occurrences.push({
          device: device ?? translation.transmitter,
          ...time,
          event,
          data: { operator: one.values.operator, ...placeWords(one.place) },
        });
      continue;
    }
    if (stateful.has(one.kind) && device === undefined) {
      occurrences.push({
        device: translation.transmitter,
        ...time,
        event: eventOf(one),
        data: { ...one.values, ...placeWords(one.place) },
      });
      continue;
    }
    if (Object.keys(one.values).length > 0)
      readings.push({ device: device ?? translation.transmitter, ...time, values: one.values });
  }
  const uplinks: Uplink[] = [];
  if (readings.length > 0) uplinks.push({ kind: 'readings', readings });
  if (occurrences.length > 0) uplinks.push({ kind: 'occurrences', occurrences });
  return fault === undefined ? { uplinks } : { uplinks, refusal: refuse(PayloadMalformed, fault) };
}
