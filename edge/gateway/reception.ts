import { convertValue, type QualityPlan, type ThingQuality } from '@keystead/contracts/quality';
import type { AcceptedMessage } from '@keystead/contracts/telemetry';
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
import { type CompiledModel, compileModel } from './compiled-model.ts';
import { judgeTime, timeRefusal } from './event-time.ts';
import type { Admitted } from './ports.ts';
import { ThingStates } from './thing-states.ts';

/** A thing whose words are being taken: admitted, its model compiled. */
export interface Source {
  readonly admitted: Admitted;
  readonly model: CompiledModel;
  readonly peer: string;
}

export const sourceOf = (admitted: Admitted, peer: string): Source => ({
  admitted,
  model: compileModel(admitted.model),
  peer,
});

/** What is remembered of a thing between its readings. */
interface ThingState {
  /** Last time the gateway gave out for this thing, µs. */
  assigned: number;
  /** The plan the checker belongs to; a new model version starts a new one. */
  plan?: QualityPlan;
  checker?: ThingQuality;
}

export type OnRefusal = (refusal: Refusal) => void;

/** An empty parcel of who speaks to us; its settling is decided by its maker. */
export function parcelFor({ model }: Source, bytes: number, settle: (failure?: Error) => void): Parcel {
  return { level: 1, urgent: model.urgent, messages: [], events: [], bytes, settle };
}

/**
 * Turns what devices said into what is committed: names become numbers of the model, values are checked against
 * their type and never changed, doubtful ones get their reason as quality, absent times are given out strictly
 * rising by thing.
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
    const { thing } = source.admitted;
    const state = this.#states.get(thing);
    const verdict = reading.time === undefined ? 'good' : judgeTime(reading.time, now);
    if (verdict === 'refused') {
      onRefusal(timeRefusal(reading.device));
      return;
    }
    const time = reading.time ?? this.#assign(state, now);
    const { plan } = source.model;
    const checker = checkerOf(state, plan);
    const message: AcceptedMessage = { thing, time, keys: [], values: [], qualities: [] };
    for (const name in reading.values) {
      const property = plan.properties.get(name);
      if (property === undefined) {
        onRefusal(refuse(PropertyUnknown, undefined, pointerOf(name), reading.device));
        continue;
      }
      const converted = property.convert(reading.values[name]);
      if (!converted.ok) {
        onRefusal(refuse(ValueWrongType, converted.reason, pointerOf(name), reading.device));
        continue;
      }
      if (converted.text !== undefined) {
        message.texts ??= {};
        message.texts[property.key] = converted.text;
      }
      message.keys.push(property.key);
      message.values.push(converted.value);
      message.qualities.push(checker.check(property.key, converted.value, time, now));
      if (property.transferLevel > parcel.level) parcel.level = property.transferLevel;
    }
    if (message.keys.length === 0) return;
    if (verdict === 'suspect') onRefusal(refuse(ClockSuspect, `${time} µs`, '/ts', reading.device));
    parcel.messages.push(message);
  }

  occurrence(source: Source, occurrence: Occurrence, parcel: Parcel, onRefusal: OnRefusal): void {
    const { device, data } = occurrence;
    const event = source.model.events.get(occurrence.event);
    if (event === undefined) {
      onRefusal(refuse(EventUnknown, undefined, '/event', device));
      return;
    }
    const now = this.#clock.now().getTime() * 1000;
    const verdict = occurrence.time === undefined ? 'good' : judgeTime(occurrence.time, now);
    if (verdict === 'refused') {
      onRefusal(timeRefusal(device));
      return;
    }
    const unkept = data === undefined ? undefined : unkeepable(data);
    if (unkept) {
      onRefusal(refuse(ValueWrongType, unkept, '/data', device));
      return;
    }
    const { thing } = source.admitted;
    const time = occurrence.time ?? this.#assign(this.#states.get(thing), now);
    if (event.transferLevel > parcel.level) parcel.level = event.transferLevel;
    if (verdict === 'suspect') onRefusal(refuse(ClockSuspect, `${time} µs`, '/ts', device));
    parcel.events.push({ thing, time, event: event.id, ...(data !== undefined && { data }) });
  }

  #assign(state: ThingState, now: number): number {
    state.assigned = now > state.assigned ? now : state.assigned + 1;
    return state.assigned;
  }
}

/** Why a JSON value could not be kept as it is (NUL, half a character, too long); undefined = it can. */
export function unkeepable(value: unknown): string | undefined {
  const converted = convertValue({ type: 'json' }, value ?? false);
  return converted.ok ? undefined : converted.reason;
}

function checkerOf(state: ThingState, plan: QualityPlan): ThingQuality {
  if (state.plan !== plan || state.checker === undefined) {
    state.plan = plan;
    state.checker = plan.start();
  }
  return state.checker;
}

const pointerOf = (name: string): string => `/${name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`;
