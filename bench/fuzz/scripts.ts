import { isRefusal } from '@keystead/terminals/port';
import { createCodecs, cutOf, decodedOf, encodedOf, fieldsOf, scriptLimits } from '@keystead/terminals/script';
import type { Decoder } from './decoder.ts';
import { type Chance, damaged, strange } from './inputs.ts';

const codec = `function one(bytes) {
  return { sum: bytes.reduce((a, b) => a + b, 0), text: String.fromCharCode.apply(null, bytes), first: bytes[0] << 8 | bytes[1] };
}`;
/** Many inputs in one run: each goes through the codec by itself, and its words are judged as a reading of their own. */
const many = `${codec}
function decodeUplink({ bytes }) {
  const readings = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] << 8 | bytes[at + 1];
    readings.push({ data: one(bytes.slice(at + 2, at + 2 + length)) });
    at += 2 + length;
  }
  return { readings };
}`;
const single = `${codec}
function decodeUplink({ bytes }) { return { data: one(bytes) }; }`;

const together = 50;

function batch(chance: Chance, frames: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let n = 0; n < together; n++) {
    const bytes = damaged(chance, frames);
    parts.push(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

const newCodecs = () => createCodecs({ now: () => new Date() }, scriptLimits);

/** What a script may give back, in every word there is. */
const results: readonly unknown[] = [
  { data: { temperature: 21.5 }, time: '2026-03-01T08:00:00Z', device: 'D1', warnings: ['w'] },
  {
    readings: [
      { data: { a: 1 }, time: 1_790_000_000_000 },
      { data: { b: 'x' }, device: 'D2' },
    ],
    events: [{ event: 'door', data: { open: true }, time: 1 }],
    attributes: { firmware: '1.2' },
    reply: { request: 7, value: { ok: true } },
    answer: [1, 2, 255],
  },
  { bytes: [1, 2, 3], fPort: 10, replies: false },
  {
    frames: [
      [0, 4],
      [-1, 3],
      [7, 20],
    ],
    rest: 20,
  },
  { errors: ['too short'], data: null },
];

/** Scripts and what is made of their results. `air`: frames as devices send them. */
export const scriptDecoders = (air: readonly Uint8Array[]): Record<string, () => Decoder> => ({
  script: () => {
    const codecs = newCodecs();
    const trial = codecs.trial(many);
    return {
      name: 'script',
      together,
      input: (chance) => batch(chance, air),
      decode: async (bytes) => {
        const given = await trial.decode({ bytes });
        // A batch that was not decoded whole would count inputs nobody looked at.
        if (isRefusal(given) || given.readings.length !== together)
          throw new Error(isRefusal(given) ? given.detail : `${given.readings.length} of ${together} came back`);
      },
      close: () => codecs.close(),
    };
  },
  // As in operation: a fresh heap of the engine for each input, which costs 0.4 ms and more.
  'script-runs': () => {
    const codecs = newCodecs();
    const trial = codecs.trial(single);
    return {
      name: 'script-runs',
      share: 0.02,
      input: (chance) => damaged(chance, air),
      decode: (bytes) => trial.decode({ bytes }),
      close: () => codecs.close(),
    };
  },
  'script-results': () => ({
    name: 'script-results',
    input: (chance) => strange(chance, results),
    decode: (bytes) => {
      const fields = fieldsOf(Buffer.from(bytes).toString('utf8'), scriptLimits);
      return isRefusal(fields)
        ? fields
        : [decodedOf(fields, scriptLimits), encodedOf(fields, scriptLimits), cutOf(fields, 20)];
    },
  }),
});
