import { isUtf8 } from 'node:buffer';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Library, Varbind } from './library.ts';
import type { SnmpPoint } from './settings.ts';

type Form = SnmpPoint['form'];

/** A number of any length, most significant byte first; beyond what a double holds exactly, as decimal text. */
function wide(bytes: Uint8Array): number | string {
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

/** Text where the bytes are text, hexadecimal with colons where they are not (addresses of cards). */
function octets(bytes: Uint8Array, form: Form): string | number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').replace(/\0+$/, '');
  if (form === 'number') return text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);
  const isText = isUtf8(bytes) && ![...text].some((sign) => sign < ' ' && !'\t\r\n'.includes(sign));
  if (form === 'text' || (form !== 'hex' && isText)) return text;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Floats that net-snmp agents wrap into an opaque value: tag 9f 78 and four bytes, 9f 79 and eight. */
function opaque(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes[0] !== 0x9f) return undefined;
  if (bytes[1] === 0x78 && bytes.length === 7) return view.getFloat32(3);
  return bytes[1] === 0x79 && bytes.length === 11 ? view.getFloat64(3) : undefined;
}

/** The value of a variable as JSON has it; undefined when there is none (no such object) or it has no such form. */
export function plainOf({ type, value }: Varbind, types: Library['ObjectType'], form?: Form): unknown {
  if (value instanceof Uint8Array) {
    if (type === types.Counter64) return wide(value);
    if (type === types.Opaque) return opaque(value) ?? octets(value, 'hex');
    return octets(value, form);
  }
  const isPlain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  return isPlain ? value : undefined;
}

/** Words and factor of a point; the shortest decimal of the product. */
export function pointValue(point: Pick<SnmpPoint, 'labels' | 'scale'>, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const word = point.labels?.[String(value)];
  if (word !== undefined) return word;
  return point.scale === undefined ? value : Number((value * point.scale).toPrecision(12));
}

/** What is written for a value; throws `InputInvalid` where its type or limits do not allow it. */
export function writtenValue(point: SnmpPoint, given: unknown): unknown {
  const invalid = (code: string) => new InputInvalid({ point: point.name }, [{ pointer: '/value', code }]);
  if (point.writable === undefined) throw new InputInvalid({}, [{ pointer: '/point', code: 'read-only' }]);
  if (point.writable === 'OctetString') {
    if (typeof given !== 'string' || Buffer.byteLength(given) > 1024) throw invalid('text');
    return point.form === 'hex' ? Buffer.from(given.replaceAll(':', ''), 'hex') : given;
  }
  if (point.writable === 'OID' || point.writable === 'IpAddress') {
    const pattern = point.writable === 'OID' ? /^[0-2](\.\d{1,10}){1,126}$/ : /^(\d{1,3}\.){3}\d{1,3}$/;
    if (typeof given !== 'string' || !pattern.test(given)) throw invalid(point.writable);
    return given;
  }
  const word = Object.entries(point.labels ?? {}).find(([, label]) => label === given);
  const number = word ? Number(word[0]) : given;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw invalid('number');
  if (number < (point.min ?? -Infinity) || number > (point.max ?? Infinity)) throw invalid('range');
  const raw = word || point.scale === undefined ? number : Math.round(number / point.scale);
  const [least, most] = point.writable === 'Integer' ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
  if (!Number.isInteger(raw) || raw < least || raw > most) throw invalid('range');
  return raw;
}
