import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Audience } from './audience.ts';
import { CampaignMissing, type CampaignPlan, type CampaignState, type Danger } from './campaign.ts';
import type { TargetState } from './target.ts';

export interface Campaign {
  id: string;
  organisation: OrganisationId;
  place: string;
  name: string;
  package: string;
  rollbackOf: string | null;
  audience: Audience;
  plan: CampaignPlan;
  dangers: Danger[];
  reason: string;
  state: CampaignState;
  pauseReason: string | null;
  /** Counted from 1. */
  wave: number;
  waves: number;
  waveEndedAt: Date | null;
  requester: string;
  requesterName: string;
  approverName: string | null;
  approvalNote: string | null;
  createdAt: Date;
  approvedAt: Date | null;
  endedAt: Date | null;
}

export interface Target {
  campaign: string;
  organisation: OrganisationId;
  place: string;
  thing: number;
  thingId: string;
  thingCode: string;
  thingName: string;
  family: string;
  wave: number;
  state: TargetState;
  reason: string | null;
  detail: string | null;
  fromTitle: string | null;
  fromVersion: string | null;
  received: number;
  tries: number;
  command: string | null;
  offeredAt: Date | null;
  movedAt: Date;
  endedAt: Date | null;
}

export const campaignColumns =
  sql.raw(`c.id, c.organisation, c.place, c.name, c.package, c.rollback_of as "rollbackOf", c.audience, c.plan,
  c.dangers, c.reason, c.state, c.pause_reason as "pauseReason", c.wave, c.waves, c.wave_ended_at as "waveEndedAt", c.requester,
  c.requester_name as "requesterName", c.approver_name as "approverName", c.approval_note as "approvalNote", c.created_at as "createdAt",
  c.approved_at as "approvedAt", c.ended_at as "endedAt"`);
export const targetColumns =
  sql.raw(`t.campaign, t.organisation, t.place, t.thing, t.thing_id as "thingId", t.thing_code as "thingCode",
  t.thing_name as "thingName", t.family, t.wave, t.state, t.reason, t.detail, t.from_title as "fromTitle", t.from_version as "fromVersion",
  t.received, t.tries, t.command, t.offered_at as "offeredAt", t.moved_at as "movedAt", t.ended_at as "endedAt"`);

/** Locked until the transaction ends. Throws CampaignMissing. */
export const lockCampaign = (tx: Tx, scope: Scope, id: string): Promise<Campaign> =>
  tx.one(
    sql<Campaign>`select ${campaignColumns} from firmware.campaign c
      where c.id = ${id} and c.organisation = ${scope.organisation} and ${inSubtrees(scope, 'c.place')} for update`,
    () => new CampaignMissing({ id }),
  );

export const openCampaigns = (): Query<{ id: string; organisation: OrganisationId }> =>
  sql<{ id: string; organisation: OrganisationId }>`
    select id, organisation from firmware.campaign where state = 'running' order by id limit 500`;

export async function insertCampaign(tx: Tx, c: Campaign): Promise<void> {
  await tx.run(sql`
    insert into firmware.campaign (id, organisation, place, name, package, rollback_of, audience, plan, dangers, reason, state, wave, waves,
      requester, requester_name, created_at, changed_at)
    values (${c.id}, ${c.organisation}, ${c.place}, ${c.name}, ${c.package}, ${c.rollbackOf}, ${JSON.stringify(c.audience)},
      ${JSON.stringify(c.plan)}, ${c.dangers}::text[], ${c.reason}, ${c.state}, ${c.wave}, ${c.waves}, ${c.requester}, ${c.requesterName},
      ${c.createdAt}, ${c.createdAt})`);
}

export type NewTarget = Pick<
  Target,
  'place' | 'thing' | 'thingId' | 'thingCode' | 'thingName' | 'family' | 'wave' | 'fromTitle' | 'fromVersion'
>;

/** Those another campaign took meanwhile are left out; gives how many came in. */
export const insertTargets = (
  tx: Tx,
  { id, organisation }: Campaign,
  rows: readonly NewTarget[],
  now: Date,
): Promise<number> =>
  tx.run(sql`
    insert into firmware.target (campaign, organisation, place, thing, thing_id, thing_code, thing_name, family, wave, rank, state, from_title,
      from_version, moved_at)
    select ${id}, ${organisation}, r.place, r.thing, r."thingId", r."thingCode", r."thingName", r.family, r.wave, r.rank, 'pending',
      r."fromTitle", r."fromVersion", ${now}
    from jsonb_to_recordset(${JSON.stringify(rows.map((row, rank) => ({ ...row, rank })))}::jsonb) as r(place text, thing bigint,
      "thingId" uuid, "thingCode" text, "thingName" text, family text, wave int, rank int, "fromTitle" text, "fromVersion" text)
    on conflict do nothing`);

export const saveCampaign = (tx: Tx, c: Campaign, now: Date): Promise<number> =>
  tx.run(sql`
    update firmware.campaign set state = ${c.state}, pause_reason = ${c.pauseReason}, wave = ${c.wave}, wave_ended_at = ${c.waveEndedAt},
      approver_name = ${c.approverName}, approval_note = ${c.approvalNote}, approved_at = ${c.approvedAt}, ended_at = ${c.endedAt},
      changed_at = ${now}, version = version + 1 where id = ${c.id}`);

/** The open work of one device, with its campaign; undefined = none. */
export const openTarget = (thing: number, lock = false): Query<Target> =>
  sql<Target>`select ${targetColumns} from firmware.target t where t.thing = ${thing} and t.ended_at is null ${lock ? sql`for update` : sql``}`;
