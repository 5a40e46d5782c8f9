import { InputInvalid } from '@keystead/contracts/problem';
import { type Static, type TSchema, Type } from 'typebox';
import { checkItems } from './check-item.ts';
import { slots } from './slot.ts';

export const IdText = Type.String({ format: 'uuid' });
const TimeText = Type.String({ format: 'date-time' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Number20 = Type.String({ pattern: '^[0-9]{20}$' });
const Url = Type.String({ minLength: 8, maxLength: 300 });
const Host = Type.String({ pattern: '^[0-9A-Za-z.:-]{1,253}$' });
const HourText = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$' });
export const SlotName = Type.Enum([...slots]);

export const CameraRef = Type.Object({ id: IdText });
export const SiteRef = Type.Object({ place: IdText });
export const ItemRef = Type.Object({ id: IdText, item: Type.Enum([...checkItems]) });
export const ChannelRef = Type.Object({ id: IdText, channel: Number20 });

export const UplinkSchema = Type.Object({
  /** Our own number, and that of the platform above. */
  id: Number20,
  upper: Number20,
  realm: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z.-]{1,64}$' })),
  host: Host,
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  announce: Type.Optional(Host),
});
export type Uplink = Static<typeof UplinkSchema>;

const settingFields = {
  mediaUrl: Nullable(Url),
  publicUrl: Nullable(Url),
  app: Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' }),
  segment: Type.Integer({ minimum: 10, maximum: 86_400 }),
  /** Never less than thirty (H-6.2-d-1). */
  retentionDays: Type.Integer({ minimum: 30, maximum: 3650 }),
  middleSlots: Type.Array(SlotName, { maxItems: slots.length, uniqueItems: true }),
  uplink: Nullable(UplinkSchema),
};
export const SettingsBody = Type.Object({
  ...settingFields,
  /** Left out: stays; null: removed. */
  secret: Type.Optional(Nullable(Type.String({ minLength: 8, maxLength: 200 }))),
  uplinkPassword: Type.Optional(Nullable(Type.String({ minLength: 8, maxLength: 64 }))),
});
export type SettingsDraft = Static<typeof SettingsBody>;
export const SettingsView = Type.Object({
  ...settingFields,
  middleSlots: Type.Array(Type.String()),
  secretSet: Type.Boolean(),
  uplinkPasswordSet: Type.Boolean(),
  version: Type.Integer(),
});

export const CameraQuery = Type.Object({
  under: Type.Optional(Type.String({ maxLength: 200 })),
  online: Type.Optional(Type.Enum(['unknown', 'online', 'offline'])),
  recording: Type.Optional(Type.Enum(['unknown', 'kept', 'gaps', 'unreachable'])),
  text: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});
export const GapView = Type.Object({ from: TimeText, to: TimeText });
export const CameraView = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  place: Type.String(),
  placeId: Type.Optional(IdText),
  online: Type.String(),
  lastHeard: Type.Optional(TimeText),
  stream: Type.Optional(Type.String()),
  perimeter: Type.Boolean(),
  upward: Type.Optional(Type.String()),
  recording: Type.String(),
  gaps: Type.Array(GapView),
  checkedAt: Type.Optional(TimeText),
  settled: Type.Integer(),
  /** The channel of a recorder that shows it, by which it is turned and its past is asked for. */
  recorder: Type.Optional(IdText),
  channel: Type.Optional(Type.String()),
  /** Lines the checklist has. */
  lines: Type.Integer(),
  version: Type.Integer(),
});
export const CameraPage = Type.Object({ items: Type.Array(CameraView), next: Type.Optional(Type.String()) });
export const EntryBody = Type.Object({
  stream: Type.String({ pattern: '^[0-9A-Za-z_-]{1,80}$' }),
  perimeter: Type.Boolean({ default: false }),
  upward: Nullable(Number20),
});

export const CheckLineView = Type.Object({
  item: Type.String(),
  state: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  record: Type.Optional(IdText),
  checkedAt: Type.Optional(TimeText),
  checkedBy: Type.Optional(Type.String()),
  gap: Type.Optional(Type.String()),
});
export const CheckBody = Type.Object({
  state: Type.Enum(['met', 'unmet', 'not-applicable']),
  note: Type.String({ maxLength: 1000, default: '' }),
  record: Nullable(IdText),
});

export const LinkView = Type.Object({ url: Type.String(), expiresAt: TimeText });
export const StateView = Type.Object({ live: Type.Boolean(), viewers: Type.Integer(), speed: Type.Integer() });
export const WhileQuery = Type.Object({ from: TimeText, to: TimeText });

/** The while that is meant; `longest`: ms. Throws InputInvalid. */
export function whileIn(
  given: Static<typeof WhileQuery>,
  where: 'querystring' | 'body',
  longest: number,
): { from: Date; to: Date } {
  const [from, to] = [new Date(given.from), new Date(given.to)];
  const ms = to.getTime() - from.getTime();
  if (!(ms >= 1000 && ms <= longest)) throw new InputInvalid({ in: where }, [{ pointer: '/to', code: 'range' }]);
  return { from, to };
}

export const RecordingsView = Type.Object({
  spans: Type.Array(Type.Object({ from: TimeText, to: TimeText, url: Type.String(), expiresAt: TimeText })),
  gaps: Type.Array(GapView),
});
export const PlaybackView = Type.Object({
  /** Recorded files that hold the while, oldest first; `offset`: seconds into the first at which it begins. */
  pieces: Type.Array(
    Type.Object({ from: TimeText, to: TimeText, url: Type.String(), offset: Type.Number(), expiresAt: TimeText }),
  ),
});
export const ResultsView = Type.Array(Type.Object({ slot: Type.String(), results: Type.Integer(), lastAt: TimeText }));
export const NightLightBody = Type.Object({
  light: IdText,
  from: Type.Intersect([HourText], { default: '19:00' }),
  to: Type.Intersect([HourText], { default: '06:00' }),
});

export const RecorderList = Type.Array(
  Type.Object({ id: IdText, code: Type.String(), name: Type.String(), place: Type.String(), online: Type.String() }),
);
export const ChannelList = Type.Array(
  Type.Object({
    id: Type.String(),
    parent: Type.String(),
    name: Type.String(),
    on: Type.Boolean(),
    maker: Type.String(),
    model: Type.String(),
    camera: Type.Optional(IdText),
    cameraName: Type.Optional(Type.String()),
    seenAt: TimeText,
  }),
);

export const SiteView = Type.Object({
  placeId: IdText,
  name: Type.String(),
  path: Type.String(),
  households: Type.Integer(),
  said: Type.Boolean(),
  slots: Type.Array(
    Type.Object({
      slot: SlotName,
      standing: Type.String(),
      on: Type.Boolean(),
      gap: Type.Optional(Type.String()),
      lastAt: Type.Optional(TimeText),
    }),
  ),
  version: Type.Integer(),
});
export const SiteBody = Type.Object({
  households: Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  slots: Type.Partial(Type.Object({ face: Type.Boolean(), behaviour: Type.Boolean(), plate: Type.Boolean() })),
});

/** What ZLMediaKit sends to its hooks on_play and on_http_access, as far as it is asked for. */
export const HookBody = Type.Object(
  {
    app: Type.Optional(Type.String({ maxLength: 100 })),
    stream: Type.Optional(Type.String({ maxLength: 200 })),
    path: Type.Optional(Type.String({ maxLength: 500 })),
    params: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: true },
);
