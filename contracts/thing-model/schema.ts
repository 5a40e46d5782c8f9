import { type Static, Type } from 'typebox';
import { CapabilitiesSchema } from './capabilities.ts';

const Level = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]);
const Name = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 80 }), en: Type.String({ minLength: 1, maxLength: 80 }) },
  { additionalProperties: false },
);
/** Wire name of a property, event or service: what devices send as a key. */
const Key = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$' });

export const ValueType = Type.Union([
  Type.Literal('number'),
  Type.Literal('integer'),
  Type.Literal('boolean'),
  Type.Literal('enum'),
  Type.Literal('string'),
  Type.Literal('json'),
]);

export const PropertySchema = Type.Object(
  {
    id: Key,
    /** Dense number of the property inside its model family; assigned at publish, never reused. */
    key: Type.Integer({ minimum: 1, maximum: 32767 }),
    name: Name,
    type: ValueType,
    /** UCUM code, such as `Cel`, `%`, `kW.h`; '' or absent = a plain number. */
    unit: Type.Optional(Type.String({ maxLength: 24 })),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    /** Smallest step the sensor can show, in `unit`. */
    resolution: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** Largest believable change, in `unit` per second. */
    maxRate: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** Seconds after which a value that has not changed at all is suspect (stuck sensor). */
    maxStill: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000 })),
    /** True for counters (meters) that never fall. */
    cumulative: Type.Optional(Type.Boolean()),
    /** Names of an enum's values; a reading is one of `value`. */
    values: Type.Optional(
      Type.Array(
        Type.Object(
          { value: Type.Union([Type.String(), Type.Integer()]), name: Name },
          { additionalProperties: false },
        ),
        { maxItems: 256 },
      ),
    ),
    access: Type.Union([Type.Literal('r'), Type.Literal('w'), Type.Literal('rw')]),
    /** `disables` = writing it may keep a fire device from starting by itself: nobody may (H-6.3-b-2). */
    autonomy: Type.Optional(Type.Literal('disables')),
    transferLevel: Level,
    storeLevel: Level,
  },
  { additionalProperties: false },
);

export const EventSchema = Type.Object(
  {
    id: Key,
    name: Name,
    severity: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)])),
    transferLevel: Level,
    storeLevel: Level,
  },
  { additionalProperties: false },
);

/** How a written value is seen again in what the device reports. */
export const ReadBackSchema = Type.Object(
  {
    property: Key,
    /** Field of the input that holds the wanted value. */
    from: Type.Optional(Key),
    /** The wanted value itself, when the service has no field for it: `stop` wants `runState` to be `stopped`. */
    value: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    /** Largest difference of a number, in the unit of the property; exact unless told. */
    tolerance: Type.Optional(Type.Number({ minimum: 0 })),
    /** Seconds from the acknowledgement until it must have been seen. */
    within: Type.Integer({ minimum: 1, maximum: 3600 }),
  },
  { additionalProperties: false },
);

export const ServiceSchema = Type.Object(
  {
    id: Key,
    name: Name,
    /** JSON Schema of the input. */
    input: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    risk: Type.Union([Type.Literal('read'), Type.Literal('normal'), Type.Literal('dangerous'), Type.Literal('vital')]),
    /** Seconds after which an unanswered command has expired. */
    deadline: Type.Integer({ minimum: 1, maximum: 86_400 }),
    /** Verified by what the device reports afterwards (I-5.2.2.3-b). */
    readBack: Type.Optional(ReadBackSchema),
    /** Emergency: goes ahead of everything and waits for no approval. */
    urgent: Type.Optional(Type.Boolean()),
    /** Carried out twice it does no more than once: may be sent again after a broken connection. */
    repeatable: Type.Optional(Type.Boolean()),
    /** Least level of the person who sends it (I-5.2.2.3-d); by the risk unless told. */
    level: Type.Optional(Level),
    /** Whether a second person must agree; by the risk unless told. */
    approval: Type.Optional(Type.Union([Type.Literal('second-person'), Type.Literal('none')])),
    /** What is kept beside the command when the device has done it (I-5.2.2.3-c). */
    record: Type.Optional(Type.Literal('calibration')),
    /** `disables` = it may keep a fire device from starting by itself: nobody may (H-6.3-b-2). */
    autonomy: Type.Optional(Type.Literal('disables')),
  },
  { additionalProperties: false },
);

/** One immutable version of a thing model 物模型 (concepts: Thing). */
export const ThingModelSchema = Type.Object(
  {
    /** Family name such as `smoke-detector`; versions share it. */
    family: Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' }),
    version: Type.Integer({ minimum: 1 }),
    name: Name,
    /** The three classification axes of I-5.2.1-a-3. */
    category: Type.Object(
      { function: Type.String(), domain: Type.String(), specification: Type.String() },
      { additionalProperties: false },
    ),
    /** Identity policy by hardware capability (H-11.2-d). */
    authentication: Type.Union([Type.Literal('certificate'), Type.Literal('secret'), Type.Literal('gateway')]),
    /** Seconds between expected reports; silence longer than this plus `grace` means offline. */
    interval: Type.Integer({ minimum: 1, maximum: 604_800 }),
    grace: Type.Integer({ minimum: 0, maximum: 604_800 }),
    properties: Type.Array(PropertySchema, { maxItems: 512 }),
    events: Type.Array(EventSchema, { maxItems: 128 }),
    services: Type.Array(ServiceSchema, { maxItems: 128 }),
    /** What devices of this model are promised to be able to do (H-6.*). */
    capabilities: Type.Optional(CapabilitiesSchema),
  },
  { additionalProperties: false },
);

export type ThingModel = Static<typeof ThingModelSchema>;
export type Property = Static<typeof PropertySchema>;
export type ModelEvent = Static<typeof EventSchema>;
export type Service = Static<typeof ServiceSchema>;
export type ReadBack = Static<typeof ReadBackSchema>;
export type PropertyType = Static<typeof ValueType>;
