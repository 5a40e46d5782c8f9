import { type Static, type TSchema, Type } from 'typebox';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Moment = Type.String({ format: 'date-time' });
const Fields = Type.Record(Type.String(), Type.Unknown());
const VersionNumber = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const CodecRef = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const VersionRef = Type.Object({ id: Type.String({ format: 'uuid' }), number: VersionNumber });

/** The name channels are configured with. */
export const CodecName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' });

const Variables = Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 64 }));
const Expected = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 32 });

/** A frame and what the script must make of it, or a command and the bytes it must become. */
export const SampleSchema = Type.Union([
  Type.Object(
    {
      way: Type.Literal('up'),
      name: Text(80),
      hex: Type.String({ maxLength: 16_384 }),
      fPort: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
      /** ms since 1970. */
      recvTime: Type.Optional(Type.Integer({ minimum: 0 })),
      variables: Variables,
      expected: Expected,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      way: Type.Literal('down'),
      name: Text(80),
      method: Text(128),
      params: Type.Optional(Type.Unknown()),
      request: Type.Optional(Type.Integer({ minimum: 0 })),
      device: Type.Optional(Text(128)),
      variables: Variables,
      expected: Expected,
    },
    { additionalProperties: false },
  ),
]);
export type Sample = Static<typeof SampleSchema>;

const source = Text(131_072);
const samples = Type.Array(SampleSchema, { maxItems: 50, default: [] });

export const CodecDraft = Type.Object({
  name: CodecName,
  title: Type.String({ maxLength: 120, default: '' }),
  source,
  samples,
  note: Type.String({ maxLength: 500, default: '' }),
});
export type CodecDraft = Static<typeof CodecDraft>;

export const VersionDraft = Type.Object({
  source,
  samples,
  note: Type.String({ maxLength: 500, default: '' }),
  title: Type.Optional(Type.String({ maxLength: 120 })),
});
export type VersionDraft = Static<typeof VersionDraft>;

export const TrialInput = Type.Object({ source, samples });
export const NumberInput = Type.Object({ number: VersionNumber });

export const CodecView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  title: Type.String(),
  latest: Type.Integer(),
  published: Nullable(Type.Integer()),
  changedAt: Moment,
  changedBy: Type.String(),
});
export const CodecList = Type.Object({ items: Type.Array(CodecView) });

export const CodecFile = Type.Object({
  ...CodecView.properties,
  /** Newest first, at most 200. */
  versions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      note: Type.String(),
      functions: Type.Array(Type.String()),
      samples: Type.Integer(),
      writtenAt: Moment,
      writtenBy: Type.String(),
    }),
  ),
  /** Newest first, at most 200. */
  publications: Type.Array(
    Type.Object({ number: Type.Integer(), way: Type.Enum(['publish', 'roll-back']), at: Moment, by: Type.String() }),
  ),
  /** Channels and devices that are configured with it. */
  users: Type.Array(Type.String()),
});

export const VersionView = Type.Object({
  number: Type.Integer(),
  source: Type.String(),
  samples: Type.Array(SampleSchema),
  functions: Type.Array(Type.String()),
  note: Type.String(),
  writtenAt: Moment,
  writtenBy: Type.String(),
});

const refusedFields = { refused: Type.Optional(Type.String()), detail: Type.Optional(Type.String()) };
export const TrialReply = Type.Object({
  /** Functions it defines; empty when it could not be read: `refused` and `detail` say why. */
  functions: Type.Array(Type.String()),
  ...refusedFields,
  verdicts: Type.Array(
    Type.Object({
      name: Type.String(),
      passed: Type.Boolean(),
      differences: Type.Array(Type.String()),
      made: Type.Optional(Fields),
      ...refusedFields,
    }),
  ),
});
