import { meterLineFields } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';
import { readable } from './item.ts';

const strict = { additionalProperties: false } as const;

/** Password and operator for orders and for setting a clock that is far off. */
export const AccessSettings = Type.Object(
  {
    level: Type.Integer({ minimum: 0, maximum: 9, default: 2 }),
    password: Type.String({ pattern: '^[0-9]{6}$', format: 'password' }),
    operator: Type.String({ pattern: '^[0-9]{8}$', default: '00000000' }),
  },
  strict,
);

export const Dlt645Settings = Type.Object({ ...meterLineFields, access: Type.Optional(AccessSettings) }, strict);
export type Dlt645Settings = Static<typeof Dlt645Settings>;

export const Dlt645At = Type.Object(
  {
    /** Up to 12 digits as on the name plate. */
    address: Type.String({ pattern: '^[0-9]{1,12}$' }),
    version: Type.Union([Type.Literal('2007'), Type.Literal('1997')], { default: '2007' }),
    /** What is read in each slot. */
    items: Type.Array(Type.Unsafe<string>(Type.Enum(Object.keys(readable))), {
      maxItems: 30,
      uniqueItems: true,
      default: ['energy', 'voltage', 'current', 'power', 'relay'],
    }),
    /** Daily freezes that are fetched when they are missing; 0 = none (H-6.4-b-4). */
    freezes: Type.Integer({ minimum: 0, maximum: 62, default: 30 }),
    /** `allow`: closing only unlocks the relay, the resident presses the button. */
    closing: Type.Union([Type.Literal('direct'), Type.Literal('allow')], { default: 'direct' }),
    /** Instead of the line's. */
    access: Type.Optional(AccessSettings),
  },
  strict,
);
export type Dlt645At = Static<typeof Dlt645At>;
