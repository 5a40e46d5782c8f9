import type { AcceptedMessage } from '@keystead/contracts/telemetry';
import { quality } from '@keystead/contracts/telemetry';
import type { Clock } from '@keystead/kernel/base';
import {
  ClockSuspect,
  EventUnknown,
  type Occurrence,
  PropertyUnknown,
  type Reading,
  type Refusal,
  refuse,
  ValueWrongType,
} from '@keystead/terminals/port';
import type { Parcel } from './batcher.ts';
import type { CompiledModel } from './compiled-model.ts';
import { judgeTime, timeRefusal } from './event-time.ts';
import type { Admitted } from './ports.ts';
import { ThingStates } from './thing-states.ts';
import { convertValue } from './values.ts';

/** A thing whose words are being taken: admitted, its model compiled. */
export interface Source {
  readonly admitted: Admitted;
  readonly model: CompiledModel;
  readonly peer: string;
}

interface ThingState {
  /** Last time the gateway gave out for this thing, µs. */
  assigned: number;
}

export type OnRefusal = (refusal: Refusal) => void;

/** An empty parcel whose settling is decided by its maker. */
export function parcelFor(bytes: number, settle: (failure?: Error) => void): Parcel {
  return { level: 1, messages: [], events: [], bytes, settle };
}

/**
 * Turns what devices said into what is committed: names become numbers of the model, values are checked against
 * their type and never changed, doubtful times are flagged, absent times are given out strictly rising by thing.
 */
export class Reception {
  readonly #states: ThingStates<ThingState>;
  readonly #clock: Clock;

  constructor(clock: Clock, things: number) {
    this.#clock = clock;
    this.#states = new ThingStates(things, () => ({ assigned: 0 }));
  }

  /** Adds one reading to the parcel. Each part that cannot be kept is refused alone; the rest is kept. */
  reading(source: Source, reading: Reading, parcel: Parcel, onRefusal: OnRefusal): void {
    const now = this.#clock.now().getTime() * 1000;
    const state = this.#states.get(source.admitted.thing);
    let suspect = false;
    if (reading.time !== undefined) {
      const verdict = judgeTime(reading.time, now);
      if (verdict === 'refused') {
        onRefusal(timeRefusal(reading.device));
        return;
      }
      suspect = verdict === 'suspect';
    }
    const { properties } = source.model;
    const message: AcceptedMessage = { thing: source.admitted.thing, time: 0, keys: [], values: [], qualities: [] };
    for (const name in reading.values) {
      const property = properties.get(name);
      if (property === undefined) {
        onRefusal(refuse(PropertyUnknown, undefined, `/${name}`, reading.device));
        continue;
      }
      const converted = convertValue(property, reading.values[name]);
      if (converted === undefined) {
        onRefusal(refuse(ValueWrongType, `expected ${property.type}`, `/${name}`, reading.device));
        continue;
      }
      if (typeof converted === 'string') {
        message.texts ??= {};
        message.texts[property.key] = converted;
        message.values.push(Number.NaN);
      } else message.values.push(converted);
      message.keys.push(property.key);
      message.qualities.push(suspect ? quality.suspectClock : quality.good);
      if (property.transferLevel > parcel.level) parcel.level = property.transferLevel;
    }
    if (message.keys.length === 0) return;
    if (suspect) onRefusal(refuse(ClockSuspect, `${reading.time} µs`, '/ts', reading.device));
    message.time = reading.time ?? this.#assign(state, now);
    parcel.messages.push(message);
  }

  occurrence(source: Source, occurrence: Occurrence, parcel: Parcel, onRefusal: OnRefusal): void {
    const event = source.model.events.get(occurrence.event);
    if (event === undefined) {
      onRefusal(refuse(EventUnknown, undefined, '/event', occurrence.device));
      return;
    }
    const now = this.#clock.now().getTime() * 1000;
    const verdict = occurrence.time === undefined ? 'good' : judgeTime(occurrence.time, now);
    if (verdict === 'refused') {
      onRefusal(timeRefusal(occurrence.device));
      return;
    }
    const { thing } = source.admitted;
    const time = occurrence.time ?? this.#assign(this.#states.get(thing), now);
    if (event.transferLevel > parcel.level) parcel.level = event.transferLevel;
    if (verdict === 'suspect') onRefusal(refuse(ClockSuspect, `${time} µs`, '/ts', occurrence.device));
    parcel.events.push({
      thing,
      time,
      event: event.id,
      level: event.transferLevel,
      data: occurrence.data,
      ...(verdict === 'suspect' && { clockSuspect: true }),
    });
  }

  #assign(state: ThingState, now: number): number {
    state.assigned = now > state.assigned ? now : state.assigned + 1;
    return state.assigned;
  }
}
