import { type Static, Type } from 'typebox';

/** A bit a maker gives a meaning to: byte 1 or 2 of the status, bit 0 … 7. */
export const StatusBit = Type.Object(
  {
    byte: Type.Union([Type.Literal(1), Type.Literal(2)]),
    bit: Type.Integer({ minimum: 0, maximum: 7 }),
    /** Property it is told under. */
    name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,62}$' }),
    /** True: 0 means yes. */
    inverted: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type StatusBit = Static<typeof StatusBit>;

/**
 * The two status bytes. By the standard the low two bits of the first are the valve (00 open, 01 closed, 11 faulty) and
 * the next one is a low battery; the rest are the maker's. A byte FF says nothing at all.
 */
export function statusOf(status: Uint8Array, bits: readonly StatusBit[] = []): Record<string, boolean> {
  const [first = 0xff, second = 0xff] = status;
  const values: Record<string, boolean> = {};
  if (first !== 0xff) {
    const valve = first & 0b11;
    if (valve === 0b00 || valve === 0b01) values.valveOpen = valve === 0b00;
    values.valveFault = valve === 0b11;
    values.batteryLow = (first & 0b100) !== 0;
  }
  for (const { byte, bit, name, inverted } of bits) {
    const whole = byte === 1 ? first : second;
    if (whole !== 0xff) values[name] = ((whole >> bit) & 1) === (inverted ? 0 : 1);
  }
  return values;
}
