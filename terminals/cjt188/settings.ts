import { meterLineFields } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';
import { StatusBit } from './status.ts';

const strict = { additionalProperties: false } as const;
const Byte = Type.Integer({ minimum: 0, maximum: 255 });

/** What one maker does otherwise than the standard, or beside it. */
export const Maker = Type.Object(
  {
    /** Bytes behind A017; 0x55 and 0x99 by the standard. `forceOpen`: opens whatever the account says. */
    valve: Type.Optional(Type.Object({ open: Byte, close: Byte, forceOpen: Type.Optional(Byte) }, strict)),
    status: Type.Optional(Type.Array(StatusBit, { maxItems: 16 })),
    /** Identifier (four hex digits) of the newest daily freeze, and how many there are; the standard has none. */
    daily: Type.Optional(
      Type.Object(
        { first: Type.String({ pattern: '^[0-9A-Fa-f]{4}$' }), count: Type.Integer({ minimum: 1, maximum: 62 }) },
        strict,
      ),
    ),
    heatUnit: Type.Optional(Byte),
  },
  strict,
);
export type Maker = Static<typeof Maker>;

export const Cjt188Settings = Type.Object(
  { ...meterLineFields, makers: Type.Record(Type.String({ maxLength: 64 }), Maker, { default: {} }) },
  strict,
);
export type Cjt188Settings = Static<typeof Cjt188Settings>;

export const Cjt188At = Type.Object(
  {
    /** 14 digits as on the name plate. */
    address: Type.String({ pattern: '^[0-9]{14}$' }),
    /** Kind of meter, two hex digits: 10 cold water, 11 hot water, 20 heat, 30 gas … */
    type: Type.String({ pattern: '^[1-5][0-9]$', default: '10' }),
    /** Order of the identifier's bytes; found out by trying when `auto`. */
    order: Type.Union([Type.Literal('auto'), Type.Literal('high-first'), Type.Literal('low-first')], {
      default: 'auto',
    }),
    /** One of the makers in the settings. */
    maker: Type.Optional(Type.String({ maxLength: 64 })),
    /** False: its freezes are not fetched (the meter keeps none). */
    past: Type.Boolean({ default: true }),
    /** Day of the month at which the meter settles. */
    settlementDay: Type.Integer({ minimum: 1, maximum: 28, default: 1 }),
  },
  strict,
);
export type Cjt188At = Static<typeof Cjt188At>;
