import { defaultZone } from '@keystead/contracts/calendar';
import { type Static, Type } from 'typebox';
import { ByteLineSettings } from '../line/byte-line.ts';

const strict = { additionalProperties: false } as const;

/** What every line of meters is told, whatever its protocol; a protocol adds fields of its own. */
export const meterLineFields = {
  line: ByteLineSettings,
  /** ms until an answer is given up. */
  timeout: Type.Integer({ minimum: 20, maximum: 30_000, default: 1_500 }),
  /** ms of quiet after which half a frame is given up. */
  gap: Type.Integer({ minimum: 5, maximum: 5_000, default: 200 }),
  /** ms of quiet before each question. */
  turnaround: Type.Integer({ minimum: 0, maximum: 1_000, default: 20 }),
  /** Times a question without effect is repeated at once to a meter that is there. */
  tries: Type.Integer({ minimum: 1, maximum: 10, default: 3 }),
  /** Bytes FE sent ahead of each frame to wake the receiver. */
  preamble: Type.Integer({ minimum: 0, maximum: 8, default: 4 }),
  /** Zone of the meters' clocks. */
  zone: Type.String({ maxLength: 64, default: defaultZone }),
  schedule: Type.Object(
    {
      every: Type.Integer({ minimum: 10, maximum: 86_400, default: 900 }),
      window: Type.Integer({ minimum: 5, maximum: 86_400, default: 900 }),
      attempts: Type.Integer({ minimum: 1, maximum: 50, default: 8 }),
      retryAfter: Type.Number({ minimum: 0, maximum: 3_600, default: 5 }),
    },
    { ...strict, default: {} },
  ),
  clock: Type.Object(
    {
      /** Seconds a meter's clock may be off before it is set. */
      limit: Type.Integer({ minimum: 5, maximum: 86_400, default: 60 }),
      correct: Type.Boolean({ default: true }),
    },
    { ...strict, default: {} },
  ),
} as const;

const MeterLineSettings = Type.Object(meterLineFields, strict);
export type MeterLineSettings = Static<typeof MeterLineSettings>;
