import { Type } from 'typebox';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Id = Type.String({ format: 'uuid' });
const Moment = Type.String({ format: 'date-time' });
const Next = Type.Union([Type.String(), Type.Null()]);
const Severity = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);
const StateOfTask = Type.Enum(['open', 'verified', 'waived']);
const Version = Text(120);

export const AdvisoryRef = Type.Object({ id: Id });
export const pageFields = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
};
export const AdvisoryQuery = Type.Object({ text: Type.Optional(Text(100)), ...pageFields });
export const TaskQuery = Type.Object({ state: Type.Optional(StateOfTask), ...pageFields });
export const AssetQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  /** Number of the last asset seen. */
  after: Type.Integer({ minimum: 0, default: 0 }),
});

const AffectedSchema = Type.Object({
  ecosystem: Type.String({ pattern: '^[a-z0-9.+-]+(:[a-z0-9.]+)?$', maxLength: 60 }),
  name: Text(200),
  ranges: Type.Array(
    Type.Object({
      introduced: Type.Optional(Version),
      fixed: Type.Optional(Version),
      lastAffected: Type.Optional(Version),
    }),
    { maxItems: 100 },
  ),
  versions: Type.Array(Version, { maxItems: 2000 }),
});

export const AdvisoryBody = Type.Object({
  code: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9:._#/-]{1,99}$' }),
  title: Text(300),
  summary: Type.String({ maxLength: 10_000, default: '' }),
  severity: Severity,
  affected: Type.Array(AffectedSchema, { minItems: 1, maxItems: 200 }),
  links: Type.Array(Type.String({ format: 'uri', maxLength: 1000 }), { maxItems: 20, default: [] }),
  publishedAt: Type.Optional(Moment),
});

export const ImportBody = Type.Object({
  format: Type.Enum(['osv', 'csaf']),
  documents: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 500 }),
});
export const ImportReply = Type.Object({
  added: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  refused: Type.Array(Type.Object({ index: Type.Integer(), problem: Type.String() })),
});

const advisoryFields = {
  id: Id,
  code: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  severity: Type.Integer(),
  source: Type.Enum(['hand', 'osv', 'csaf']),
  affected: Type.Array(
    Type.Object({
      ecosystem: Type.String(),
      name: Type.String(),
      ranges: Type.Array(
        Type.Object({
          introduced: Type.Optional(Type.String()),
          fixed: Type.Optional(Type.String()),
          lastAffected: Type.Optional(Type.String()),
        }),
      ),
      versions: Type.Array(Type.String()),
    }),
  ),
  links: Type.Array(Type.String()),
  publishedAt: Type.Optional(Moment),
  withdrawnAt: Type.Optional(Moment),
  version: Type.Integer(),
};
export const AdvisoryView = Type.Object(advisoryFields);
export const AdvisoryPage = Type.Object({
  items: Type.Array(
    Type.Object({
      ...advisoryFields,
      recordedAt: Moment,
      affectedAssets: Type.Integer(),
      assets: Type.Integer(),
    }),
  ),
  next: Next,
});

const TaskView = Type.Object({
  id: Id,
  advisory: Id,
  code: Type.String(),
  title: Type.String(),
  severity: Type.Integer(),
  group: Type.String(),
  caseId: Id,
  caseCode: Type.String(),
  state: StateOfTask,
  affected: Type.Integer(),
  patched: Type.Integer(),
  openedAt: Moment,
  checkedAt: Moment,
  verifiedAt: Type.Optional(Moment),
});
export const TaskPage = Type.Object({ items: Type.Array(TaskView), next: Next });

export const AdvisoryFile = Type.Object({
  advisory: AdvisoryView,
  tasks: Type.Array(TaskView),
  findings: Type.Array(
    Type.Object({
      assetKind: Type.Enum(['platform', 'thing']),
      asset: Type.String(),
      label: Type.String(),
      ecosystem: Type.String(),
      package: Type.String(),
      version: Type.String(),
      fixed: Type.Optional(Type.String()),
      state: Type.Enum(['affected', 'patched', 'gone']),
      foundAt: Moment,
      seenAt: Moment,
    }),
  ),
});

export const CheckReply = Type.Object({
  advisories: Type.Integer(),
  opened: Type.Integer(),
  verified: Type.Integer(),
  reopened: Type.Integer(),
});

export const AssetList = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.Enum(['platform', 'thing']),
      id: Type.String(),
      label: Type.String(),
      group: Type.String(),
      components: Type.Integer(),
      /** Entries of its list that cannot be read. */
      unreadable: Type.Integer(),
      inUse: Type.Boolean(),
      seenAt: Moment,
    }),
  ),
  /** Where to go on; absent at the end. */
  next: Type.Optional(Type.Integer()),
});
