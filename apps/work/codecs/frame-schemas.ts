import { Type } from 'typebox';
import { CodecName } from './schemas.ts';

const refused = Type.Object({ refused: Type.String(), detail: Type.Optional(Type.String()) });
const made = Type.Object({ made: Type.Record(Type.String(), Type.Unknown()) });
const Byte = Type.Integer({ minimum: 0 });

/** Exactly one of hex, base64 and text. */
export const FrameQuestion = Type.Object(
  {
    hex: Type.Optional(Type.String({ minLength: 1, maxLength: 400_000 })),
    base64: Type.Optional(Type.String({ minLength: 1, maxLength: 100_000 })),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 65_536 })),
    /** A codec script to be tried on the bytes beside; its published version, or else its newest. */
    codec: Type.Optional(CodecName),
    fPort: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
  },
  { additionalProperties: false },
);

const partFields = {
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  start: Byte,
  end: Byte,
  value: Type.String(),
};
// As deep as any reader goes.
const Leaf = Type.Object({ ...partFields, fields: Type.Optional(Type.Array(Type.Object(partFields))) });
const Branch = Type.Object({ ...partFields, fields: Type.Optional(Type.Array(Leaf)) });
const Part = Type.Object({ ...partFields, fields: Type.Optional(Type.Array(Branch)) });

export const FrameAnswer = Type.Object({
  /** The bytes as they were understood. */
  hex: Type.String(),
  /** Protocols that were tried. */
  protocols: Type.Array(Type.String()),
  /** The surest first. */
  frames: Type.Array(
    Type.Object({
      protocol: Type.String(),
      start: Byte,
      end: Byte,
      certainty: Type.Number(),
      checksum: Type.Enum(['right', 'wrong', 'none']),
      fields: Type.Array(Part),
      points: Type.Array(
        Type.Object({
          kind: Type.Enum(['reading', 'event', 'attribute']),
          device: Type.Optional(Type.String()),
          time: Type.Optional(Type.Number()),
          name: Type.String(),
          value: Type.Optional(Type.Unknown()),
        }),
      ),
      refused: Type.Optional(refused),
    }),
  ),
  codec: Type.Optional(
    Type.Object({
      name: Type.String(),
      number: Type.Integer(),
      up: Type.Union([made, refused]),
      down: Type.Union([made, refused]),
    }),
  ),
});
