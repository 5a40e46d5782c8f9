import { reconcileDial } from '@keystead/contracts/device-contract';
import { problem } from '@keystead/contracts/problem';
import type { Property, ThingModel } from '@keystead/contracts/thing-model';

/** The model counts nothing, so there is no register a dial could be held against. */
export class DialWithoutRegister extends problem('dial-without-register', 422) {}
/** A photo of a time to come, or older than anybody remembers. */
export class DialTimeWrong extends problem('dial-time-wrong', 422) {}
/** The digits are no reading of a dial. */
export class DialUnreadable extends problem('dial-unreadable', 422) {}
/** The file is no picture. */
export class DialPhotoUnfit extends problem('dial-photo-unfit', 422) {}
export class DialCheckMissing extends problem('dial-check-missing', 404) {}
/** There is a verdict already. */
export class DialCheckReviewed extends problem('dial-check-reviewed', 409) {}
/** A register is put right by a second person, not by whoever took the photo. */
export class DialOwnPhoto extends problem('dial-own-photo', 403) {}
/** What agrees needs no correction. */
export class DialAgrees extends problem('dial-agrees', 409) {}

export const verdicts = ['confirmed', 'corrected', 'unreadable'] as const;
/** `confirmed`: the register is right; `corrected`: the dial is, and the register was put right; `unreadable`: the photo says nothing. */
export type Verdict = (typeof verdicts)[number];
/** `agrees` and `waiting` are found by calculation, the others by a person. */
export const checkStates = ['waiting', 'agrees', ...verdicts] as const;
export type CheckState = (typeof checkStates)[number];

/** What the meter itself said nearest to the moment of the photo. */
export interface Register {
  readonly value: number;
  /** Event time, every digit of it. */
  readonly time: string;
}

export interface Comparison {
  /** Distance in steps of the last place of the dial; null: no register value was near. */
  readonly lastPlaces: number | null;
  readonly state: 'waiting' | 'agrees';
}

/** A meter read once a day still says something of a photo taken in between. */
export const nearMs = 24 * 3_600_000;
const skewMs = 5 * 60_000;
const oldestMs = 400 * 24 * 3_600_000;

/** The counter of a model, or the one named. Throws DialWithoutRegister. */
export function registerOf(model: ThingModel, id: string | undefined): Property {
  const counters = model.properties.filter(
    ({ cumulative, type }) => cumulative === true && (type === 'number' || type === 'integer'),
  );
  const found = id === undefined ? counters[0] : counters.find((property) => property.id === id);
  if (!found) throw new DialWithoutRegister({ family: model.family, ...(id === undefined ? {} : { property: id }) });
  return found;
}

/** Throws DialTimeWrong. */
export function checkTime(takenAt: Date, now: Date): void {
  const age = now.getTime() - takenAt.getTime();
  if (!(age >= -skewMs && age <= oldestMs)) throw new DialTimeWrong({ takenAt: String(takenAt.getTime()) });
}

interface Reading {
  readonly time: string;
  readonly value: unknown;
  readonly quality: string;
}

/** The reading nearest to a moment that can be trusted. */
export function nearest(takenAt: Date, readings: readonly Reading[]): Register | undefined {
  let found: Register | undefined;
  const away = ({ time }: { time: string }) => Math.abs(Date.parse(time) - takenAt.getTime());
  for (const { time, value, quality } of readings) {
    if ((quality !== 'good' && quality !== 'corrected') || typeof value !== 'number') continue;
    if (found === undefined || away({ time }) < away(found)) found = { time, value };
  }
  return found;
}

/** Holds the digits against the register (H-6.4-b-1). Throws DialUnreadable. */
export function compare(dial: string, register: number | null): Comparison {
  if (!reconcileDial(dial, 0)) throw new DialUnreadable({ dial });
  const found = register === null ? undefined : reconcileDial(dial, register);
  if (!found) return { lastPlaces: null, state: 'waiting' };
  return { lastPlaces: found.lastPlaces, state: found.agrees ? 'agrees' : 'waiting' };
}
