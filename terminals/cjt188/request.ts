import { bytesOfDigits, type WallTime } from '@keystead/terminals/port';
import { control, frameOf } from './frame.ts';
import { bytesOfIdentifier, identifiers, type Order } from './identifier.ts';

/** Whom a request is for, and how its identifier is written. */
export interface Addressed {
  readonly type: number;
  readonly address: string;
  readonly order: Order;
  /** Serial number of the request, repeated in the answer by most meters. */
  readonly serial: number;
  readonly preamble?: number;
}

function request(to: Addressed, code: number, id: number, more: readonly number[] = []): Uint8Array {
  const data = Uint8Array.from([...bytesOfIdentifier(id, to.order), to.serial, ...more]);
  return frameOf({ type: to.type, address: to.address, control: code, data }, to.preamble);
}

export const readRequest = (to: Addressed, id: number): Uint8Array => request(to, control.read, id);

export const readAddressRequest = (to: Addressed): Uint8Array => request(to, control.readAddress, identifiers.address);

/** `code`: 55 opens and 99 closes by the standard; makers have others. */
export const valveRequest = (to: Addressed, code: number): Uint8Array =>
  request(to, control.write, identifiers.valve, [code]);

export function clockRequest(to: Addressed, wall: WallTime): Uint8Array {
  const pair = (value: number) => bytesOfDigits(String(value), 1)[0] ?? 0;
  const { second, minute, hour, day, month, year } = wall;
  const time = [second, minute, hour, day, month].map(pair);
  return request(to, control.write, identifiers.setClock, [...time, ...bytesOfDigits(String(year), 2)]);
}
