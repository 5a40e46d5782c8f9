import { type Static, Type } from 'typebox';
import { type DayUse, type RiskRules, warningKinds } from './facts.ts';
import { type EvidenceLine, reportKinds } from './reports.ts';
import type { Step } from './store.ts';
import { feedbacks, type Warning } from './warning.ts';

export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const IdText = Type.String({ format: 'uuid' });
const When = Type.String({ format: 'date-time' });
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

export const KindSchema = Type.Enum([...warningKinds]);
export const HomeKindSchema = Type.Enum(['idle', 'sublet', 'crowding', 'vacant-use', 'lock-anomaly']);
export const StateSchema = Type.Enum(['open', 'closed']);
export const ReportKindSchema = Type.Enum([...reportKinds]);
const FeedbackSchema = Type.Enum([...feedbacks]);

/** A number of the policy a warning went by. */
const PolicyNumberView = Type.Object({
  rule: Type.String(),
  value: Type.Number(),
  source: Type.String(),
  pack: IdText,
});

export const WarningView = Type.Object({
  id: IdText,
  kind: KindSchema,
  subjectKind: Type.String(),
  subject: IdText,
  name: Type.String(),
  house: Nullable(IdText),
  alarm: IdText,
  grade: Type.Integer({ minimum: 1, maximum: 4 }),
  score: Type.Number(),
  reasons: Type.Array(
    Type.Object({
      fact: Type.String(),
      value: Type.Number(),
      limit: Type.Number(),
      policy: Type.Optional(PolicyNumberView),
    }),
  ),
  state: StateSchema,
  liftedAt: Nullable(When),
  /** `duty` until somebody took it over. */
  owner: Type.String(),
  ownerName: Type.String(),
  caseId: Nullable(IdText),
  caseCode: Nullable(Type.String()),
  action: Nullable(Type.String()),
  person: Nullable(Type.String()),
  result: Nullable(Type.String()),
  feedback: Nullable(FeedbackSchema),
  openedAt: When,
  closedAt: Nullable(When),
  version: Type.Integer(),
});
export const WarningPage = Type.Object({ items: Type.Array(WarningView), next: Nullable(Type.String()) });
export const WarningFile = Type.Object({
  warning: WarningView,
  steps: Type.Array(Type.Object({ at: When, step: Type.String(), grade: Type.Integer(), actorName: Type.String() })),
});

/** Nothing is required here: what is missing is answered for all fields at once, blank ones too. */
export const ClosingBody = Type.Object({
  action: Type.Optional(Type.String({ maxLength: 1000 })),
  person: Type.Optional(Type.String({ maxLength: 100 })),
  result: Type.Optional(Type.String({ maxLength: 1000 })),
  feedback: Type.Optional(FeedbackSchema),
});

export const OpenAges = Type.Array(
  Type.Object({ kind: KindSchema, day: Count, week: Count, month: Count, older: Count, oldest: When }),
);
export const Feedback = Type.Array(
  Type.Object({ kind: KindSchema, confirmed: Count, unfounded: Count, unclear: Count }),
);
export const PersonDetailView = Type.Object({
  days: Type.Array(
    Type.Object({
      entries: Count,
      night: Count,
      users: Count,
      trouble: Count,
      water: Nullable(Type.Number()),
      electricity: Nullable(Type.Number()),
    }),
  ),
  tenants: Type.Array(Type.Object({ party: IdText, name: Type.String(), members: Count })),
});

const Days = Type.Integer({ minimum: 1, maximum: 200 });
const Ladder = Type.Tuple([Days, Days, Days]);
export const RulesSchema = Type.Object({
  stillWater: Type.Number({ minimum: 0, maximum: 10_000 }),
  stillElectricity: Type.Number({ minimum: 0, maximum: 1000 }),
  vacantUseDays: Type.Integer({ minimum: 1, maximum: 60 }),
  strangers: Type.Integer({ minimum: 2, maximum: 60 }),
  lockTroubles: Type.Integer({ minimum: 1, maximum: 1000 }),
  arrearsDays: Ladder,
});
export const RulesView = Type.Object({ rules: RulesSchema, version: Type.Integer() });

export const EvidenceView = Type.Object({
  id: IdText,
  record: IdText,
  mediaType: Type.String(),
  claimed: Type.String(),
  arrived: Type.String(),
  altered: Type.Boolean(),
  takenAt: When,
  longitude: Type.Number(),
  latitude: Type.Number(),
  handedInAt: When,
  handedInBy: Type.String(),
});

export const warningView = (w: Warning): Static<typeof WarningView> => ({
  id: w.id,
  kind: w.kind,
  subjectKind: w.subjectKind,
  subject: w.subject,
  name: w.subjectName,
  house: w.house,
  alarm: w.alarm,
  grade: w.grade,
  score: w.score,
  reasons: w.reasons.map((reason) => ({ ...reason })),
  state: w.state,
  liftedAt: w.liftedAt?.toISOString() ?? null,
  owner: w.owner,
  ownerName: w.ownerName,
  caseId: w.caseId,
  caseCode: w.caseCode,
  action: w.action,
  person: w.person,
  result: w.result,
  feedback: w.feedback,
  openedAt: w.openedAt.toISOString(),
  closedAt: w.closedAt?.toISOString() ?? null,
  version: w.version,
});

export const stepView = ({ at, step, grade, actorName }: Step) => ({ at: at.toISOString(), step, grade, actorName });

export const dayView = ({ entries, night, marks, trouble, water, electricity }: DayUse) => ({
  entries,
  night,
  users: marks.length,
  trouble,
  water: water ?? null,
  electricity: electricity ?? null,
});

export const rulesView = (rules: RiskRules): Static<typeof RulesSchema> => ({
  ...rules,
  arrearsDays: [...rules.arrearsDays],
});

export const evidenceView = (line: EvidenceLine): Static<typeof EvidenceView> => ({
  ...line,
  takenAt: line.takenAt.toISOString(),
  handedInAt: line.handedInAt.toISOString(),
});
