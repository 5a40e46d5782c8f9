import { type TSchema, Type } from 'typebox';
import { approvalReasons, campaignStates } from './campaign.ts';
import type { FirmwarePackage } from './package.ts';
import { mostModels } from './package.ts';
import type { CampaignRow } from './reading.ts';
import { algorithms } from './signer.ts';
import type { Signer } from './signers.ts';
import type { Campaign, Target } from './store.ts';
import { targetStates } from './target.ts';

export const IdText = Type.String({ format: 'uuid' });
export const Ref = Type.Object({ id: IdText });
const TimeText = Type.String({ format: 'date-time' });
const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const FamilyText = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' });
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Words that stand in a signed line: no control signs, no comma. */
export const TitleText = Type.String({ pattern: '^[^\\u0000-\\u001f,]{1,100}$' });
export const VersionText = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]{0,59}$' });
export const ModelsText = Type.String({
  pattern: `^[a-z][a-z0-9-]{1,62}(,[a-z][a-z0-9-]{1,62}){0,${mostModels - 1}}$`,
});
export const SignatureText = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 400 });
export const NoteText = Type.String({ maxLength: 500, default: '' });

export const SignerView = Type.Object({
  id: IdText,
  name: Type.String(),
  algorithm: Type.Enum(algorithms),
  publicKey: Type.String(),
  fingerprint: Type.String(),
  madeAt: TimeText,
  madeBy: Type.String(),
});
export const signerView = (row: Signer) => ({ ...row, madeAt: row.madeAt.toISOString() });

export const PackageView = Type.Object({
  id: IdText,
  title: Type.String(),
  version: Type.String(),
  models: Type.Array(Type.String()),
  size: Type.Integer(),
  hash: Type.String(),
  signer: IdText,
  signerName: Type.String(),
  algorithm: Type.Enum(algorithms),
  trusted: Type.Boolean(),
  note: Type.String(),
  madeAt: TimeText,
  madeBy: Type.String(),
  withdrawnAt: Nullable(TimeText),
});
export const packageView = ({ signature: _, fingerprint: __, record: ___, ...row }: FirmwarePackage) => ({
  ...row,
  madeAt: row.madeAt.toISOString(),
  withdrawnAt: iso(row.withdrawnAt),
});

export const AudienceInput = Type.Object({
  models: Type.Optional(Type.Array(FamilyText, { minItems: 1, maxItems: mostModels })),
  under: Type.Optional(Type.String({ maxLength: 200 })),
  labels: Type.Optional(
    Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,62}$' }), Type.String({ maxLength: 200 }), {
      maxProperties: 10,
    }),
  ),
  things: Type.Optional(Type.Array(IdText, { minItems: 1, maxItems: 20_000 })),
  versions: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 50 })),
});

const ClockText = Type.String({ pattern: '^([01]\\d|2[0-4]):[0-5]\\d$' });
const Seconds = (minimum: number, maximum: number, fallback: number) =>
  Type.Integer({ minimum, maximum, default: fallback });

export const PlanInput = Type.Object({
  waves: Type.Array(
    Type.Union([
      Type.Object({ devices: Type.Integer({ minimum: 1, maximum: 20_000 }) }),
      Type.Object({ percent: Type.Integer({ minimum: 1, maximum: 100 }) }),
    ]),
    { maxItems: 10 },
  ),
  window: Type.Optional(
    Type.Object({
      from: ClockText,
      until: ClockText,
      weekdays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 })),
      zone: Type.String({ maxLength: 60, default: 'Asia/Shanghai' }),
    }),
  ),
  parallel: Type.Integer({ minimum: 1, maximum: 1000, default: 20 }),
  failures: Type.Number({ minimum: 0, maximum: 1, default: 0.1 }),
  soak: Seconds(0, 7 * 86_400, 300),
  patience: Type.Object(
    {
      offer: Seconds(60, 30 * 86_400, 86_400),
      download: Seconds(30, 86_400, 1800),
      apply: Seconds(30, 86_400, 900),
    },
    { default: {} },
  ),
});

export const CampaignInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  package: IdText,
  audience: AudienceInput,
  plan: PlanInput,
  reason: NoteText,
  /** Devices the preview showed: another number is refused. */
  expected: Type.Optional(Type.Integer({ minimum: 1 })),
});

const Count = Type.Object({ key: Type.String(), count: Type.Integer() });
export const PreviewView = Type.Object({
  package: PackageView,
  count: Type.Integer(),
  waves: Type.Array(Type.Integer()),
  dangers: Type.Array(Type.Enum(approvalReasons)),
  models: Type.Array(Count),
  versions: Type.Array(Count),
  offline: Type.Integer(),
  excluded: Type.Array(Count),
  devices: Type.Array(
    Type.Object({
      id: IdText,
      code: Type.String(),
      name: Type.String(),
      family: Type.String(),
      online: Type.String(),
      version: Nullable(Type.String()),
    }),
  ),
});

const campaign = {
  id: IdText,
  name: Type.String(),
  package: IdText,
  rollbackOf: Nullable(IdText),
  dangers: Type.Array(Type.Enum(approvalReasons)),
  reason: Type.String(),
  state: Type.Enum(campaignStates),
  pauseReason: Nullable(Type.String()),
  wave: Type.Integer(),
  waves: Type.Integer(),
  requester: Type.String(),
  requesterName: Type.String(),
  approverName: Nullable(Type.String()),
  approvalNote: Nullable(Type.String()),
  createdAt: TimeText,
  approvedAt: Nullable(TimeText),
  endedAt: Nullable(TimeText),
};
export const CampaignView = Type.Object(campaign);
export const campaignView = (row: Campaign) => {
  const { organisation: _, place: __, audience: ___, plan: ____, waveEndedAt: _____, ...shown } = row;
  return {
    ...shown,
    createdAt: row.createdAt.toISOString(),
    approvedAt: iso(row.approvedAt),
    endedAt: iso(row.endedAt),
  };
};

export const CampaignLine = Type.Object({
  ...campaign,
  packageTitle: Type.String(),
  packageVersion: Type.String(),
  packageSize: Type.Integer(),
  counts: Type.Array(Type.Object({ wave: Type.Integer(), state: Type.Enum(targetStates), count: Type.Integer() })),
});
export const campaignLine = (row: CampaignRow) => {
  const { packageTitle, packageVersion, packageSize, counts } = row;
  return { ...campaignView(row), packageTitle, packageVersion, packageSize, counts };
};

export const CampaignPage = Type.Object({
  ...CampaignLine.properties,
  audience: AudienceInput,
  plan: Type.Unsafe<Campaign['plan']>(PlanInput),
  failures: Type.Array(Type.Object({ reason: Type.String(), state: Type.Enum(targetStates), count: Type.Integer() })),
});

export const TargetView = Type.Object({
  thingId: IdText,
  thingCode: Type.String(),
  thingName: Type.String(),
  family: Type.String(),
  wave: Type.Integer(),
  state: Type.Enum(targetStates),
  reason: Nullable(Type.String()),
  detail: Nullable(Type.String()),
  fromVersion: Nullable(Type.String()),
  received: Type.Integer(),
  tries: Type.Integer(),
  command: Nullable(IdText),
  movedAt: TimeText,
});
export const targetView = (row: Target) => {
  const { thingId, thingCode, thingName, family, wave, state, reason, detail, fromVersion, received, tries, command } =
    row;
  return {
    ...{ thingId, thingCode, thingName, family, wave, state, reason, detail, fromVersion, received, tries, command },
    movedAt: row.movedAt.toISOString(),
  };
};

export const InstalledView = Type.Object({
  family: Type.String(),
  title: Nullable(Type.String()),
  version: Nullable(Type.String()),
  count: Type.Integer(),
});

export const ThingFirmware = Type.Object({
  installed: Nullable(Type.Object({ title: Type.String(), version: Type.String(), toldAt: TimeText, since: TimeText })),
  history: Type.Array(
    Type.Object({ ...TargetView.properties, campaign: IdText, title: Type.String(), version: Type.String() }),
  ),
});
