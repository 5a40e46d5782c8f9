import type { FieldError } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';

/** Ways a lock opens when everything else failed (H-6.5-b-2). */
export const emergencyOpenings = ['password', 'mechanical-key', 'card', 'external-power'] as const;
export const nearBearers = ['ble', 'nfc', 'zigbee', 'nearlink', 'infrared', 'rs-485'] as const;
export const remoteBearers = ['nb-iot', 'lora', 'wifi', 'cellular', 'ethernet'] as const;

/**
 * What the maker promises of every device of a model (H-6.*). Absent = nothing was stated, which is not the same as
 * a promise that falls short. Held against the device contract by contracts/device-contract.
 */
export const CapabilitiesSchema = Type.Object(
  {
    /** Hours of own records kept while the link is down (H-6.1-2). */
    cacheHours: Type.Optional(Type.Number({ minimum: 0, maximum: 87_600 })),
    /** Life of one set of batteries, years (H-6.3-d, H-6.4-c-1). */
    batteryYears: Type.Optional(Type.Number({ minimum: 0, maximum: 50 })),
    /** Working temperature, °C (H-6.1-5, H-6.1-6). */
    temperature: Type.Optional(
      Type.Object(
        { min: Type.Number({ minimum: -100, maximum: 200 }), max: Type.Number({ minimum: -100, maximum: 2000 }) },
        { additionalProperties: false },
      ),
    ),
    /** Days of frozen daily readings a meter keeps (H-6.4-b-4). */
    freezeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
    /** Days a lock keeps its own opening records (H-6.5-d-2). */
    lockLogDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
    emergencyOpening: Type.Optional(Type.Array(Type.Enum(emergencyOpenings), { maxItems: 10, uniqueItems: true })),
    bearers: Type.Optional(
      Type.Object(
        {
          near: Type.Array(Type.Enum(nearBearers), { maxItems: 10, uniqueItems: true }),
          remote: Type.Array(Type.Enum(remoteBearers), { maxItems: 10, uniqueItems: true }),
        },
        { additionalProperties: false },
      ),
    ),
    /** Sounds or flashes by itself, without the platform (H-6.3-a-3, H-6.6-a-2). */
    localAlarm: Type.Optional(Type.Boolean()),
    /** A mechanical reading is turned into a number by the device itself (H-6.4-b-1). */
    digitised: Type.Optional(Type.Boolean()),
    /** Takes firmware from afar (H-6.1-3, H-6.4-d). */
    ota: Type.Optional(Type.Boolean()),
    /** Form of the device's own certificate. */
    certificateForm: Type.Optional(Type.Enum(['gm-t-0014', 'x509'])),
    /** Standards the maker states, such as `GA 374-2019`. */
    standards: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 60 }), { maxItems: 50, uniqueItems: true }),
    ),
  },
  { additionalProperties: false },
);
export type Capabilities = Static<typeof CapabilitiesSchema>;

/** What the schema cannot say of capabilities; pointers begin at them. */
export function capabilityErrors({ temperature }: Capabilities): FieldError[] {
  if (!temperature || temperature.min <= temperature.max) return [];
  const detail = `${temperature.min} > ${temperature.max}`;
  return [{ pointer: '/temperature/max', code: 'min-above-max', detail }];
}
