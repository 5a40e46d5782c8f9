import { Type } from 'typebox';
import { textNames, triggers } from './notice.ts';
import { obstacles } from './trying.ts';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const OptionalText = Type.Optional(Type.String());
const OptionalMoment = Type.Optional(Moment);
const Hour = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const PlacePath = Type.String({ maxLength: 400, pattern: '^([0-9a-z]+/)*$' });

export const Ref = Type.Object({ id: Id });
export const IdReply = Type.Object({ id: Id });
const Next = Type.Union([Type.String(), Type.Null()]);
export const pageFields = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
};

export const LanguageSchema = Type.Union([Type.Literal('zh-CN'), Type.Literal('en')]);
export const ChannelKindSchema = Type.Union([
  Type.Literal('in-app'),
  Type.Literal('mail'),
  Type.Literal('sms'),
  Type.Literal('webhook'),
]);
const SeveritySchema = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);

export const MessageQuery = Type.Object({ unread: Type.Optional(Type.Boolean()), ...pageFields });
export const MessagePage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      trigger: Type.String(),
      severity: Type.Integer(),
      title: Type.String(),
      body: Type.String(),
      aboutKind: Type.String(),
      aboutId: Type.String(),
      createdAt: Moment,
      readAt: OptionalMoment,
    }),
  ),
  next: Next,
});
export const CountReply = Type.Object({ count: Type.Integer() });

export const DefinitionSchema = Type.Object({
  triggers: Type.Array(Type.Enum([...triggers]), { minItems: 1, maxItems: 20, uniqueItems: true }),
  severity: Type.Object({ from: SeveritySchema, to: SeveritySchema }),
  place: PlacePath,
  audience: Type.Object({
    users: Type.Array(Id, { maxItems: 100 }),
    roles: Type.Array(Id, { maxItems: 20 }),
    permission: Type.Optional(Type.String({ pattern: '^[a-z-]+:[a-z-]+$', maxLength: 60 })),
    assignee: Type.Boolean(),
  }),
  channels: Type.Array(Type.Union([Type.Literal('in-app'), Type.Literal('mail'), Type.Literal('sms')]), {
    maxItems: 3,
    uniqueItems: true,
  }),
  webhooks: Type.Array(Id, { maxItems: 10, uniqueItems: true }),
  quiet: Type.Optional(Type.Object({ from: Hour, to: Hour, zone: Type.Optional(Text(64)) })),
  throttle: Type.Optional(
    Type.Object({
      seconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
      per: Type.Union([Type.Literal('subject'), Type.Literal('rule')]),
    }),
  ),
});
const ruleFields = { name: Text(120), enabled: Type.Boolean(), definition: DefinitionSchema };
export const RuleBody = Type.Object(ruleFields);
export const RuleList = Type.Object({
  items: Type.Array(Type.Object({ id: Id, ...ruleFields, version: Type.Integer() })),
});
export const PreviewBody = Type.Object({
  definition: DefinitionSchema,
  sample: Type.Object({
    trigger: Type.Enum([...triggers]),
    severity: SeveritySchema,
    place: PlacePath,
    assignee: Type.Optional(Id),
  }),
});
export const PreviewReply = Type.Object({
  items: Type.Array(
    Type.Object({
      channel: ChannelKindSchema,
      receiver: Type.String(),
      address: Type.String(),
      at: Moment,
      title: Type.String(),
      body: Type.String(),
    }),
  ),
});
export const TrialReply = Type.Object({ deliveries: Type.Array(Id) });

export const TextRef = Type.Object({
  trigger: Type.Enum([...textNames]),
  channel: Type.Union([
    Type.Literal('any'),
    Type.Literal('in-app'),
    Type.Literal('mail'),
    Type.Literal('sms'),
    Type.Literal('webhook'),
  ]),
  language: LanguageSchema,
});
export const TextBody = Type.Object({ title: Text(200), body: Text(2000) });
export const TextList = Type.Object({
  items: Type.Array(
    Type.Object({
      trigger: Type.String(),
      channel: Type.String(),
      language: LanguageSchema,
      title: Type.String(),
      body: Type.String(),
      version: Type.Integer(),
    }),
  ),
  placeholders: Type.Array(Type.String()),
});

const MailSettingsSchema = Type.Object({
  host: Text(253),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')]),
  user: Type.Optional(Text(200)),
  from: Text(200),
});
const SmsSettingsSchema = Type.Union([
  Type.Object({ provider: Type.Literal('log') }),
  Type.Object({
    provider: Type.Literal('http'),
    url: Text(500),
    sign: Type.Optional(Text(20)),
    template: Type.Optional(Text(60)),
  }),
]);
const WebhookSettingsSchema = Type.Object({ url: Type.String({ format: 'uri', maxLength: 1000 }) });

const draftFields = {
  name: Text(80),
  enabled: Type.Boolean(),
  /** Password of the relay or key of the signature. Left out: stays; null: removed. Never told again. */
  secret: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Null()])),
};
export const ChannelBody = Type.Union([
  Type.Object({ kind: Type.Literal('mail'), settings: MailSettingsSchema, ...draftFields }),
  Type.Object({ kind: Type.Literal('sms'), settings: SmsSettingsSchema, ...draftFields }),
  Type.Object({ kind: Type.Literal('webhook'), settings: WebhookSettingsSchema, ...draftFields }),
]);
export const ChannelList = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.String(),
      name: Type.String(),
      enabled: Type.Boolean(),
      settings: Type.Record(Type.String(), Type.Unknown()),
      secretSet: Type.Boolean(),
      version: Type.Integer(),
    }),
  ),
});
/** Where the test text goes; a webhook needs none. */
export const TrialBody = Type.Object({ to: Type.Optional(Text(200)) });
export const TriedView = Type.Object({
  ok: Type.Boolean(),
  sentTo: Type.String({ description: 'Masked' }),
  /** Kept by the demonstration carrier and not sent. */
  kept: Type.Boolean(),
  obstacle: Type.Optional(Type.Enum(obstacles)),
  error: OptionalText,
});
export const TargetsBody = Type.Object({ targets: Type.Array(Text(50), { maxItems: 100 }) });

export const LogQuery = Type.Object({
  state: Type.Optional(
    Type.Union([Type.Literal('queued'), Type.Literal('sent'), Type.Literal('failed'), Type.Literal('suppressed')]),
  ),
  channel: Type.Optional(ChannelKindSchema),
  trigger: Type.Optional(Text(40)),
  about: Type.Optional(Type.String({ maxLength: 121, pattern: '^[^:]+:.+$' })),
  ...pageFields,
});
export const LogPage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      trigger: Type.String(),
      phase: Type.String(),
      channel: ChannelKindSchema,
      receiverName: Type.String(),
      severity: Type.Integer(),
      title: Type.String(),
      body: Type.String(),
      aboutKind: Type.String(),
      aboutId: Type.String(),
      state: Type.String(),
      reason: OptionalText,
      attempts: Type.Integer(),
      error: OptionalText,
      sentTo: OptionalText,
      createdAt: Moment,
      nextAt: OptionalMoment,
      sentAt: OptionalMoment,
      mergedInto: Type.Optional(Id),
    }),
  ),
  next: Next,
});
export const SmsPage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      delivery: Id,
      receiverName: Type.String(),
      sentTo: Type.String(),
      text: Type.String(),
      at: Moment,
    }),
  ),
});
