import { isJsonObject, type Refusal, refuse, ValueWrongType } from '@keystead/terminals/port';
import type { Face } from './faces.ts';

const unknownWords = new Set(['', 'unknown', 'unavailable', 'None', 'none', 'null', 'nan', 'NaN']);

const longest = 4_096;

/** A state in the words of the platform: `none` where nothing is said, a refusal where the wire says what cannot be. */
export function wordOf(face: Face, payload: string): { value: unknown } | 'none' | Refusal {
  const said = face.template ? face.template(payload) : payload;
  if (said === undefined || (typeof said === 'string' && unknownWords.has(said.trim()))) return 'none';
  const pointer = `/${face.id}`;
  if (face.meanings) {
    const meaning = face.meanings.get(typeof said === 'boolean' ? pythonic(said) : String(said));
    // Devices write `true` where their words are True or ON; truth itself is plain.
    if (meaning !== undefined) return { value: meaning };
    if (face.type === 'boolean' && typeof said === 'boolean') return { value: said };
    return refuse(ValueWrongType, `neither of its words: ${String(said).slice(0, 40)}`, pointer);
  }
  if (face.type === 'number') {
    const number = typeof said === 'string' ? Number(said) : said;
    return typeof number === 'number' && Number.isFinite(number)
      ? { value: number }
      : refuse(ValueWrongType, `no number: ${String(said).slice(0, 40)}`, pointer);
  }
  if (typeof said === 'string' && said.length > longest) return refuse(ValueWrongType, 'too long', pointer);
  if (face.type !== 'any' || typeof said === 'string') return { value: typeof said === 'string' ? said : String(said) };
  if (typeof said === 'number' || typeof said === 'boolean' || isJsonObject(said) || Array.isArray(said))
    return { value: said };
  return refuse(ValueWrongType, 'no value', pointer);
}

const pythonic = (value: boolean): string => (value ? 'True' : 'False');

function isFit(face: Face, value: unknown): boolean {
  const { type, payloads, options, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = face;
  if (payloads) return payloads.has(value);
  if (type === 'number') return typeof value === 'number' && value >= least && value <= most;
  if (typeof value !== 'string') return false;
  if (options) return options.includes(value);
  return type === 'string' && value.length >= least && value.length <= most;
}

/** What is sent to set a value, or why it cannot be: only what the device itself names. */
export function payloadFor(face: Face, value: unknown): string | Refusal {
  if (!isFit(face, value)) return refuse(ValueWrongType, 'not within what the device names', `/${face.id}`);
  const word = face.payloads?.get(value) ?? value;
  return face.command ? face.command(word) : String(word);
}
