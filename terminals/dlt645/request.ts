import { bytesOfDigits, type WallTime } from '@keystead/terminals/port';
import { bytesOfIdentifier, control, control1997, everybody, frameOf } from './frame.ts';

/** Whom a request is for. */
export interface Addressed {
  readonly address: string;
  readonly preamble?: number;
}

/** Who acts, for functions that change something: the meter keeps the operator in its own journal. */
export interface Access {
  /** 0 … 9, the lower the mightier; 2 for parameters, 4 in some meters. */
  readonly level: number;
  /** Six digits. */
  readonly password: string;
  /** Eight digits. */
  readonly operator: string;
}

const accessBytes = ({ level, password, operator }: Access): number[] => [
  level,
  ...bytesOfDigits(password, 3),
  ...bytesOfDigits(operator, 4),
];

function request({ address, preamble }: Addressed, code: number, data: readonly number[]): Uint8Array {
  return frameOf({ address, control: code, data: Uint8Array.from(data) }, preamble);
}

export const readRequest = (to: Addressed, id: number): Uint8Array =>
  request(to, control.read, bytesOfIdentifier(id, 4));

export const readRequest1997 = (to: Addressed, id: number): Uint8Array =>
  request(to, control1997.read, bytesOfIdentifier(id, 2));

/** Asks for the part that follows; `sequence` counts from 1. */
export const moreRequest = (to: Addressed, id: number, sequence: number): Uint8Array =>
  request(to, control.readMore, [...bytesOfIdentifier(id, 4), sequence]);

export const addressRequest = (to: Addressed): Uint8Array => request(to, control.readAddress, []);

const pair = (value: number): number => bytesOfDigits(String(value), 1)[0] ?? 0;

/** The time to all meters at once; those within five minutes of it take it, none answers. */
export function broadcastTime({ year, month, day, hour, minute, second }: WallTime, preamble = 0): Uint8Array {
  const data = [second, minute, hour, day, month, year % 100].map(pair);
  return request({ address: everybody, preamble }, control.broadcastTime, data);
}

/** Sunday = 0, as the standard counts. */
const weekdayOf = ({ year, month, day }: WallTime): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

export function dateRequest(to: Addressed, wall: WallTime, access: Access): Uint8Array {
  const date = [weekdayOf(wall), wall.day, wall.month, wall.year % 100].map(pair);
  return request(to, control.write, [...bytesOfIdentifier(0x04000101, 4), ...accessBytes(access), ...date]);
}

export function timeRequest(to: Addressed, { second, minute, hour }: WallTime, access: Access): Uint8Array {
  const time = [second, minute, hour].map(pair);
  return request(to, control.write, [...bytesOfIdentifier(0x04000102, 4), ...accessBytes(access), ...time]);
}

/** What the relay is to do. `allow`: the resident closes it by the button on the meter. */
export const relayOrders = { open: 0x1a, allow: 0x1b, close: 0x1c } as const;
export type RelayOrder = keyof typeof relayOrders;

/** An order to the relay; the meter refuses it when its clock is past `until`. */
export function relayRequest(to: Addressed, order: RelayOrder, access: Access, until: WallTime): Uint8Array {
  const { second, minute, hour, day, month, year } = until;
  const end = [second, minute, hour, day, month, year % 100].map(pair);
  return request(to, control.relay, [...accessBytes(access), relayOrders[order], 0, ...end]);
}
