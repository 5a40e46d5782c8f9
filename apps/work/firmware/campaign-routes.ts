import { OwnApproval } from '@keystead/apps/work/commands';
import { NotAllowed } from '@keystead/contracts/problem';
import { ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import type { Translate } from '@keystead/kernel/i18n';
import { SheetFormatSchema, sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import {
  AudienceChanged,
  AudienceEmpty,
  AudienceTooLarge,
  CampaignMissing,
  CampaignPlanInvalid,
  CampaignReasonMissing,
  CampaignStepRefused,
} from './campaign.ts';
import type { Campaigns } from './campaigns.ts';
import { PackageMissing, PackageUnfit } from './package.ts';
import type { Reading } from './reading.ts';
import {
  CampaignInput,
  CampaignLine,
  CampaignPage,
  CampaignView,
  campaignLine,
  campaignView,
  IdText,
  InstalledView,
  NoteText,
  PreviewView,
  packageView,
  Ref,
  TargetView,
  ThingFirmware,
  targetView,
} from './schemas.ts';
import { targetStates } from './target.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const audienceProblems = [
  ThingMissing,
  PackageMissing,
  PackageUnfit,
  AudienceEmpty,
  AudienceTooLarge,
  CampaignPlanInvalid,
];
const makingProblems = [...audienceProblems, AudienceChanged, CampaignReasonMissing, NotAllowed];
const Note = Type.Object({ note: NoteText });
const stepProblems = [CampaignMissing, CampaignStepRefused];

const making = (campaigns: Campaigns): MountedRoute[] => [
  route({
    id: 'firmware.preview',
    at: 'POST /campaigns/preview',
    summary: 'What a campaign would do: devices, waves, who is left out and why, who must agree; nothing is written',
    permission: 'firmware:manage',
    body: Type.Object({
      package: IdText,
      audience: CampaignInput.properties.audience,
      plan: CampaignInput.properties.plan,
    }),
    bodyLimit: 2 * 1024 * 1024,
    reply: PreviewView,
    problems: audienceProblems,
    run: async ({ actor, body }) => {
      const found = await campaigns.preview(actor, body);
      return { ...found, package: packageView(found.package) };
    },
  }),
  route({
    id: 'firmware.begin',
    at: 'POST /campaigns',
    summary: 'Begin a campaign; where lives or machines are concerned it waits for a second person',
    permission: 'firmware:manage',
    body: CampaignInput,
    bodyLimit: 2 * 1024 * 1024,
    reply: CampaignView,
    status: 201,
    problems: makingProblems,
    run: async ({ actor, body }) => campaignView(await campaigns.create(actor, body)),
  }),
  route({
    id: 'firmware.rollBack',
    at: 'POST /campaigns/:id/rollback',
    summary: 'Bring the devices a campaign has updated to another package; the campaign ends',
    permission: 'firmware:manage',
    params: Ref,
    body: Type.Object({
      name: CampaignInput.properties.name,
      package: IdText,
      plan: CampaignInput.properties.plan,
      reason: NoteText,
    }),
    reply: CampaignView,
    status: 201,
    problems: [...makingProblems, ...stepProblems],
    run: async ({ actor, params, body }) => campaignView(await campaigns.rollBack(actor, params.id, body)),
  }),
];

const steps = (campaigns: Campaigns): MountedRoute[] => [
  route({
    id: 'firmware.approve',
    at: 'POST /campaigns/:id/approval',
    summary: 'Agree as the second person',
    permission: 'firmware:approve',
    params: Ref,
    body: Note,
    reply: CampaignView,
    problems: [...stepProblems, OwnApproval],
    run: async ({ actor, params, body }) => campaignView(await campaigns.approve(actor, params.id, body.note)),
  }),
  route({
    id: 'firmware.refuse',
    at: 'POST /campaigns/:id/refusal',
    summary: 'Refuse as the second person',
    permission: 'firmware:approve',
    params: Ref,
    body: Note,
    reply: CampaignView,
    problems: [...stepProblems, OwnApproval],
    run: async ({ actor, params, body }) => campaignView(await campaigns.refuse(actor, params.id, body.note)),
  }),
  route({
    id: 'firmware.pause',
    at: 'POST /campaigns/:id/pause',
    summary: 'Offer to nobody new; what is on its way comes to its end',
    permission: 'firmware:manage',
    params: Ref,
    body: Note,
    reply: CampaignView,
    problems: stepProblems,
    run: async ({ actor, params, body }) => campaignView(await campaigns.pause(actor, params.id, body.note)),
  }),
  route({
    id: 'firmware.resume',
    at: 'POST /campaigns/:id/resumption',
    summary: 'Let a held campaign go on; failures so far count no more, or are tried again',
    permission: 'firmware:manage',
    params: Ref,
    body: Type.Object({ retry: Type.Boolean({ default: false }), note: NoteText }),
    reply: CampaignView,
    problems: [...stepProblems, PackageMissing, PackageUnfit],
    run: async ({ actor, params, body }) => campaignView(await campaigns.resume(actor, params.id, body)),
  }),
  route({
    id: 'firmware.cancel',
    at: 'POST /campaigns/:id/cancellation',
    summary: 'End a campaign; devices that wait are let go',
    permission: 'firmware:manage',
    params: Ref,
    body: Note,
    reply: CampaignView,
    problems: stepProblems,
    run: async ({ actor, params, body }) => campaignView(await campaigns.cancel(actor, params.id, body.note)),
  }),
];

const looking = (reading: Reading, translate: (language: 'zh-CN' | 'en') => Translate): MountedRoute[] => [
  route({
    id: 'firmware.campaigns',
    at: 'GET /campaigns',
    summary: 'Campaigns and how far they are, the newest first',
    permission: 'firmware:read',
    query: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
      cursor: Type.Optional(IdText),
    }),
    reply: Type.Object({ items: Type.Array(CampaignLine), next: Nullable }),
    run: async ({ actor, query }) => {
      const { items, next } = await reading.list(actor, query);
      return { items: items.map(campaignLine), next };
    },
  }),
  route({
    id: 'firmware.campaign',
    at: 'GET /campaigns/:id',
    summary: 'One campaign: its plan, its waves, and what failed by reason',
    permission: 'firmware:read',
    params: Ref,
    reply: CampaignPage,
    problems: [CampaignMissing],
    run: async ({ actor, params }) => {
      const row = await reading.get(actor, params.id);
      return { ...campaignLine(row), audience: row.audience, plan: row.plan, failures: row.failures };
    },
  }),
  route({
    id: 'firmware.targets',
    at: 'GET /campaigns/:id/devices',
    summary: 'Devices of a campaign in the order of their waves',
    permission: 'firmware:read',
    params: Ref,
    query: Type.Object({
      state: Type.Optional(Type.Enum(targetStates)),
      reason: Type.Optional(Type.String({ maxLength: 60 })),
      wave: Type.Optional(Type.Integer({ minimum: 1 })),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
    }),
    reply: Type.Object({ items: Type.Array(TargetView), next: Nullable }),
    problems: [CampaignMissing],
    run: async ({ actor, params, query }) => {
      const { items, next } = await reading.targets(actor, params.id, query);
      return { items: items.map(targetView), next };
    },
  }),
  route({
    id: 'firmware.export',
    at: 'GET /campaigns/:id/export',
    summary: 'Devices of a campaign as a file',
    permission: 'firmware:read',
    params: Ref,
    query: Type.Object({ format: SheetFormatSchema }),
    problems: [CampaignMissing],
    run: async ({ actor, params, query, facts }) =>
      sheetFile(await reading.sheet(actor, params.id, translate(facts.language)), query.format),
  }),
  route({
    id: 'firmware.versions',
    at: 'GET /versions',
    summary: 'How many devices of which model run which version',
    permission: 'firmware:read',
    query: Type.Object({ family: Type.Optional(Type.String({ maxLength: 63 })) }),
    reply: Type.Array(InstalledView),
    run: ({ actor, query }) => reading.report(actor, query.family),
  }),
  route({
    id: 'firmware.thing',
    at: 'GET /things/:id',
    summary: 'What one device runs, and the updates that were tried with it',
    permission: 'firmware:read',
    params: Ref,
    reply: ThingFirmware,
    run: async ({ actor, params }) => {
      const { installed, history } = await reading.ofThing(actor, params.id);
      return {
        installed: installed && {
          ...installed,
          toldAt: installed.toldAt.toISOString(),
          since: installed.since.toISOString(),
        },
        history: history.map((row) => ({
          ...targetView(row),
          campaign: row.campaign,
          title: row.title,
          version: row.version,
        })),
      };
    },
  }),
];

export const campaignRoutes = (
  campaigns: Campaigns,
  reading: Reading,
  translate: (language: 'zh-CN' | 'en') => Translate,
): MountedRoute[] => [...making(campaigns), ...steps(campaigns), ...looking(reading, translate)];
