import { checkApprover } from '@keystead/apps/work/commands';
import { type Actor, inScope, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Audience, drawn, type Found, type PickAudience, type Picked } from './audience.ts';
import {
  AudienceChanged,
  AudienceEmpty,
  type CampaignPlan,
  CampaignReasonMissing,
  type CampaignState,
  CampaignStepRefused,
  checkPlan,
  dangersOf,
  waveSizes,
} from './campaign.ts';
import type { Packages } from './packages.ts';
import type { PauseAlarm } from './pause-alarm.ts';
import type { Campaign } from './store.ts';
import * as store from './store.ts';
import type { Telling } from './telling.ts';

export interface CampaignWish {
  name: string;
  package: string;
  audience: Audience;
  plan: CampaignPlan;
  reason: string;
  /** Devices the preview showed. */
  expected?: number;
}

export interface CampaignDeps extends Pick<Kernel, 'db' | 'clock'> {
  packages: Pick<Packages, 'fit'>;
  pick: PickAudience;
  telling: Telling;
  alarm: PauseAlarm;
}

/** Where a campaign belongs: the organisation, or the subtree its maker answers for. */
function homeOf({ scope }: Actor): string {
  const [first] = scope.subtrees;
  if (first === undefined) throw new NotAllowed();
  return inScope(scope, '') ? '' : first;
}

/** Making campaigns, and what people decide about them. */
export function createCampaigns({ db, clock, packages, pick, telling, alarm }: CampaignDeps) {
  async function examine(
    actor: Actor,
    { package: id, audience, plan }: Pick<CampaignWish, 'package' | 'audience' | 'plan'>,
  ) {
    checkPlan(plan);
    const wanted = await packages.fit(actor.scope, id);
    const picked = await pick(actor, audience, wanted);
    const dangers = dangersOf(picked.models, picked.targets.length);
    return { wanted, picked, dangers, sizes: waveSizes(picked.targets.length, plan.waves) };
  }

  const rowsOf = (id: string, home: string, targets: readonly Found[], sizes: readonly number[]): store.NewTarget[] => {
    const inside = targets.filter(({ row }) => row.place.startsWith(home));
    const waves = sizes.flatMap((size, at) => Array.from({ length: size }, () => at + 1));
    return drawn(id, inside, ({ row }) => row.id).map(({ row, fromTitle, fromVersion }, at) => ({
      place: row.place,
      thing: row.number,
      thingId: row.id,
      thingCode: row.code,
      thingName: row.name,
      family: row.family,
      wave: waves[at] ?? sizes.length,
      fromTitle,
      fromVersion,
    }));
  };

  /**
   * Begins a campaign, or leaves it waiting for a second person when it touches life, machines that move, the edge
   * itself or very many. Throws AudienceEmpty, AudienceChanged, CampaignReasonMissing, PackageUnfit, CampaignPlanInvalid.
   */
  async function create(actor: Actor, wish: CampaignWish, rollbackOf: string | null = null): Promise<Campaign> {
    const { picked, dangers, sizes } = await examine(actor, wish);
    const { targets } = picked;
    if (targets.length === 0) throw new AudienceEmpty();
    if (wish.expected !== undefined && wish.expected !== targets.length)
      throw new AudienceChanged({ count: targets.length });
    if (dangers.length > 0 && wish.reason.trim() === '') throw new CampaignReasonMissing({ dangers });
    const now = clock.now();
    const home = homeOf(actor);
    const campaign: Campaign = {
      id: newId(now.getTime()),
      organisation: actor.scope.organisation,
      place: home,
      name: wish.name,
      package: wish.package,
      rollbackOf,
      audience: wish.audience,
      plan: wish.plan,
      dangers,
      reason: wish.reason,
      state: dangers.length > 0 ? 'awaiting-approval' : 'running',
      pauseReason: null,
      wave: 1,
      waves: sizes.length,
      waveEndedAt: null,
      requester: actor.id,
      requesterName: actor.name,
      approverName: null,
      approvalNote: null,
      createdAt: now,
      approvedAt: null,
      endedAt: null,
    };
    await db.transaction(actor.scope, async (tx) => {
      await store.insertCampaign(tx, campaign);
      const taken = await store.insertTargets(tx, campaign, rowsOf(campaign.id, home, targets, sizes), now);
      if (taken !== targets.length) throw new AudienceChanged({ count: taken });
      const detail = { package: wish.package, devices: taken, dangers, reason: wish.reason };
      await telling.campaign(tx, actor, campaign, 'created', detail);
    });
    return campaign;
  }

  async function step(
    actor: Actor,
    id: string,
    change: string,
    from: readonly CampaignState[],
    to: (before: Campaign, tx: Tx) => Campaign | Promise<Campaign>,
    detail: Record<string, unknown> = {},
  ): Promise<Campaign> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await store.lockCampaign(tx, actor.scope, id);
      if (!from.includes(before.state)) throw new CampaignStepRefused({ step: change, state: before.state });
      const after = await to(before, tx);
      await store.saveCampaign(tx, after, clock.now());
      await telling.campaign(tx, actor, after, change, detail);
      return after;
    });
  }

  /** The second person agrees; nobody agrees to what he asked for himself. Throws OwnApproval. */
  const approve = (actor: Actor, id: string, note: string): Promise<Campaign> =>
    step(
      actor,
      id,
      'approved',
      ['awaiting-approval'],
      (before) => {
        checkApprover(before, actor);
        return { ...before, state: 'running', approverName: actor.name, approvalNote: note, approvedAt: clock.now() };
      },
      { note },
    );

  /** Devices that wait are let go; what is on its way comes to its end. */
  const letGo = (tx: Tx, { id }: Campaign): Promise<number> =>
    tx.run(sql`
      update firmware.target set state = 'skipped', reason = 'campaign-ended', moved_at = ${clock.now()}, ended_at = ${clock.now()}
      where campaign = ${id} and state = 'pending'`);

  const refuse = (actor: Actor, id: string, note: string): Promise<Campaign> =>
    step(
      actor,
      id,
      'refused',
      ['awaiting-approval'],
      async (before, tx) => {
        checkApprover(before, actor);
        await letGo(tx, before);
        return { ...before, state: 'refused', approverName: actor.name, approvalNote: note, endedAt: clock.now() };
      },
      { note },
    );

  const pause = (actor: Actor, id: string, note: string): Promise<Campaign> =>
    step(actor, id, 'paused', ['running'], (before) => ({ ...before, state: 'paused', pauseReason: 'by-hand' }), {
      note,
    });

  /** Goes on; with `retry`, those that failed so far get another try. */
  const resume = (actor: Actor, id: string, { retry, note }: { retry: boolean; note: string }): Promise<Campaign> =>
    step(
      actor,
      id,
      'resumed',
      ['paused'],
      async (before, tx) => {
        await packages.fit(actor.scope, before.package);
        if (retry)
          await tx.run(sql`
            update firmware.target t set state = 'pending', reason = null, detail = null, ended_at = null, moved_at = ${clock.now()}
            where t.campaign = ${id} and t.state in ('failed', 'rolled-back')
              and not exists (select from firmware.target o where o.thing = t.thing and o.ended_at is null)`);
        // The failures there were have been looked at: what counts from now on is what comes.
        else
          await tx.run(
            sql`update firmware.target set forgiven = true where campaign = ${id} and state in ('failed', 'rolled-back')`,
          );
        await alarm.clear(tx, before);
        return { ...before, state: 'running', pauseReason: null, waveEndedAt: null };
      },
      { retry, note },
    );

  /** Ends it: nobody new is updated. What is on its way comes to its end. */
  const cancel = (actor: Actor, id: string, note: string): Promise<Campaign> =>
    step(
      actor,
      id,
      'cancelled',
      ['awaiting-approval', 'running', 'paused'],
      async (before, tx) => {
        await letGo(tx, before);
        await alarm.clear(tx, before);
        return { ...before, state: 'cancelled', endedAt: clock.now() };
      },
      { note },
    );

  /**
   * Brings those it has updated to another package, usually the one they came from: a campaign of its own, with its own
   * approval; the first is cancelled when it still runs.
   */
  async function rollBack(
    actor: Actor,
    id: string,
    wish: Pick<CampaignWish, 'package' | 'plan' | 'reason' | 'name'>,
  ): Promise<Campaign> {
    const { state } = await db.transaction(actor.scope, (tx) => store.lockCampaign(tx, actor.scope, id));
    const found = await db.read(
      actor.scope,
      sql<{
        thing: string;
      }>`select thing_id as thing from firmware.target where campaign = ${id} and state = 'succeeded' limit 20000`,
    );
    if (found.length === 0) throw new AudienceEmpty();
    await packages.fit(actor.scope, wish.package);
    if (state === 'running' || state === 'paused') await cancel(actor, id, wish.reason);
    return create(actor, { ...wish, audience: { things: found.map(({ thing }) => thing) } }, id);
  }

  /** What a campaign would do; nothing is written. */
  async function preview(actor: Actor, wish: Pick<CampaignWish, 'package' | 'audience' | 'plan'>) {
    const { wanted, picked, dangers, sizes } = await examine(actor, wish);
    return { package: wanted, dangers, waves: sizes, ...summaryOf(picked) };
  }

  return { create, approve, refuse, pause, resume, cancel, rollBack, preview };
}

const shown = 50;

const countBy = <T>(all: readonly T[], keyOf: (each: T) => string): { key: string; count: number }[] =>
  [...Map.groupBy(all, keyOf)].map(([key, some]) => ({ key, count: some.length })).sort((a, b) => b.count - a.count);

function summaryOf({ targets, excluded }: Picked) {
  const about = ({ id, code, name, family, online }: Found['row']) => ({ id, code, name, family, online });
  return {
    count: targets.length,
    models: countBy(targets, ({ row }) => row.family),
    versions: countBy(targets, ({ fromVersion }) => fromVersion ?? '').slice(0, shown),
    offline: targets.filter(({ row }) => row.online === 'offline').length,
    excluded: countBy(excluded, ({ why }) => why),
    devices: targets.slice(0, shown).map(({ row, fromVersion }) => ({ ...about(row), version: fromVersion })),
  };
}

export const platformActor = (campaign: Pick<Campaign, 'organisation'>): Actor =>
  systemActor('firmware', campaign.organisation);
export type Campaigns = ReturnType<typeof createCampaigns>;
