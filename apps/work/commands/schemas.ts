import { SheetFormatSchema } from '@keystead/kernel/sheet';
import { type Static, Type } from 'typebox';
import { commandStates, origins } from './command.ts';

const IdText = Type.String({ format: 'uuid' });
const TimeText = Type.String({ format: 'date-time' });
const Name = Type.Object({ zh: Type.String(), en: Type.String() });
const Key = Type.String({ minLength: 1, maxLength: 100 });
const Note = Type.String({ maxLength: 1000 });
const risks = ['read', 'normal', 'dangerous', 'vital'];

export const CommandRef = Type.Object({ id: IdText });
export const WindowSchema = Type.Object({ from: Type.Optional(TimeText), until: TimeText });

export const WishSchema = Type.Object({
  service: Type.String({ minLength: 1, maxLength: 64 }),
  input: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  reason: Type.Optional(Note),
  /** The same key with the same wish gives the same command again. */
  key: Type.Optional(Key),
  /** Seconds it may wait for a sleeping device. */
  expiresIn: Type.Optional(Type.Integer({ minimum: 1, maximum: 604_800 })),
  window: Type.Optional(WindowSchema),
  draft: Type.Optional(Type.Boolean()),
});

export const SendInput = Type.Object({ thing: IdText, ...WishSchema.properties });
export const StepInput = Type.Object({ note: Type.Optional(Note), window: Type.Optional(WindowSchema) });

export const TargetsSchema = Type.Object({
  things: Type.Optional(Type.Array(IdText, { maxItems: 2000 })),
  /** Everything of the ledger that matches. */
  query: Type.Optional(
    Type.Object({
      family: Type.Optional(Type.String({ maxLength: 500 })),
      under: Type.Optional(Type.String({ maxLength: 200 })),
      text: Type.Optional(Type.String({ maxLength: 100 })),
    }),
  ),
});
export type Targets = Static<typeof TargetsSchema>;

export const BatchInput = Type.Object({
  targets: TargetsSchema,
  ...WishSchema.properties,
  /** What the preview said; when it is no longer so, nothing is sent. */
  count: Type.Optional(Type.Integer({ minimum: 0 })),
});

export const PreviewInput = Type.Object({ targets: TargetsSchema, ...WishSchema.properties });

export const PreviewView = Type.Object({
  count: Type.Integer(),
  /** At most 200 of them. */
  items: Type.Array(
    Type.Object({
      thing: IdText,
      code: Type.String(),
      name: Type.String(),
      problem: Type.Optional(Type.String()),
      errors: Type.Optional(
        Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.Optional(Type.String()) })),
      ),
      request: Type.Optional(Type.Object({ method: Type.String(), params: Type.Unknown() })),
      risk: Type.Optional(Type.String()),
      permission: Type.Optional(Type.String()),
      approval: Type.Optional(Type.Union([Type.Literal('second-person'), Type.Literal('none')])),
      limits: Type.Optional(Type.Unknown()),
      before: Type.Optional(Type.Unknown()),
      deadline: Type.Optional(Type.Integer()),
    }),
  ),
});

export const CommandView = Type.Object({
  id: IdText,
  number: Type.Integer(),
  thing: IdText,
  thingCode: Type.String(),
  thingName: Type.String(),
  place: Type.String(),
  family: Type.String(),
  kind: Type.Enum(['service', 'desired']),
  method: Type.String(),
  methodName: Name,
  input: Type.Unknown(),
  before: Type.Unknown(),
  risk: Type.Enum(risks),
  urgent: Type.Boolean(),
  origin: Type.Enum([...origins]),
  originId: Type.Optional(Type.String()),
  requester: Type.String(),
  requesterName: Type.String(),
  reason: Type.String(),
  group: Type.Optional(IdText),
  state: Type.Enum([...commandStates]),
  failure: Type.Optional(Type.String()),
  reply: Type.Unknown(),
  wanted: Type.Optional(Type.Unknown()),
  approver: Type.Optional(Type.String()),
  approverName: Type.Optional(Type.String()),
  approvalNote: Type.Optional(Type.String()),
  windowFrom: Type.Optional(TimeText),
  windowUntil: Type.Optional(TimeText),
  createdAt: TimeText,
  approvedAt: Type.Optional(TimeText),
  queuedAt: Type.Optional(TimeText),
  deadline: Type.Optional(TimeText),
  sentAt: Type.Optional(TimeText),
  sends: Type.Integer(),
  acknowledgedAt: Type.Optional(TimeText),
  seenAt: Type.Optional(TimeText),
  endedAt: Type.Optional(TimeText),
});
export type CommandView = Static<typeof CommandView>;

const filter = {
  thing: Type.Optional(IdText),
  state: Type.Optional(Type.Enum([...commandStates])),
  risk: Type.Optional(Type.Enum(risks)),
  origin: Type.Optional(Type.Enum([...origins])),
  method: Type.Optional(Type.String({ maxLength: 64 })),
  requester: Type.Optional(Type.String({ maxLength: 100 })),
  group: Type.Optional(IdText),
  /** Path of a place: everything in its subtree. */
  place: Type.Optional(Type.String({ maxLength: 200 })),
  /** Part of the code or name of the thing, or of who asked. */
  text: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(TimeText),
  to: Type.Optional(TimeText),
};
export const CommandFilter = Type.Object({
  ...filter,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});
export type CommandFilter = Static<typeof CommandFilter>;
export const ExportFilter = Type.Object({ ...filter, format: SheetFormatSchema });

export const CommandPage = Type.Object({
  items: Type.Array(CommandView),
  next: Type.Union([Type.String(), Type.Null()]),
});

export const CalibrationView = Type.Object({
  id: IdText,
  thing: IdText,
  command: IdText,
  method: Type.String(),
  input: Type.Unknown(),
  result: Type.Unknown(),
  by: Type.String(),
  at: TimeText,
});

const Milliseconds = Type.Union([Type.Number(), Type.Null()]);
export const LatencyView = Type.Object({
  /** Commands looked at. */
  count: Type.Integer(),
  p50Ms: Milliseconds,
  p99Ms: Milliseconds,
  limitMs: Type.Number(),
  /** `fit`, `unfit`, or `unknown` as long as there are too few. */
  verdict: Type.String(),
});

export const RefusedTarget = Type.Object({ thing: Type.String(), code: Type.String(), problem: Type.String() });
export const RunView = Type.Object({
  id: IdText,
  scene: Type.Optional(IdText),
  name: Type.String(),
  origin: Type.String(),
  by: Type.String(),
  startedAt: TimeText,
  wanted: Type.Integer(),
  /** Commands by state. */
  states: Type.Record(Type.String(), Type.Integer()),
  /** `running`, `done`, `partly-failed` or `failed`. */
  outcome: Type.String(),
  /** What could not even be sent. */
  refused: Type.Array(RefusedTarget),
});
export type RunView = Static<typeof RunView>;
