import type { CommandsService } from '@keystead/apps/work/commands';
import type { OrganisationId, Scope } from '@keystead/contracts/access';
import { offerValues } from '@keystead/contracts/firmware';
import { Problem } from '@keystead/contracts/problem';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { isOpen, isTooBad } from './campaign.ts';
import { platformActor } from './campaigns.ts';
import type { Move } from './moving.ts';
import { type FirmwarePackage, offerOf } from './package.ts';
import { packageQuery } from './packages.ts';
import type { PauseAlarm } from './pause-alarm.ts';
import { type Campaign, lockCampaign, openCampaigns, saveCampaign, type Target, targetColumns } from './store.ts';
import { overdue, workingStates } from './target.ts';
import type { Telling } from './telling.ts';

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  things: Pick<ThingsService, 'byNumber'>;
  commands: Pick<CommandsService, 'offering'>;
  move: Move;
  telling: Telling;
  alarm: PauseAlarm;
}

/** Offers in one step of one campaign. */
const offeredAtOnce = 50;
/** An offer nobody took up by then keeps no place among the downloads. */
const takenWithin = 60; // s
const workingText = workingStates.join(',');

interface WaveState {
  size: number;
  waiting: number;
  working: number;
  /** Not those somebody has looked at already. */
  failed: number;
  slots: number;
}

/** Carries running campaigns on: gives up the overdue, offers to the next, holds what fails, opens waves. In the worker. */
export function createAdvancing({ db, clock, log, things, commands, move, telling, alarm }: Deps) {
  const look = (tx: Tx, { id, wave, plan }: Campaign): Promise<WaveState> => {
    const fresh = new Date(clock.now().getTime() - takenWithin * 1000);
    return tx.one(
      sql<WaveState>`
        select count(*)::int as size, count(*) filter (where state = 'pending')::int as waiting,
          count(*) filter (where state = any(string_to_array(${workingText}, ',')))::int as working,
          count(*) filter (where state in ('failed', 'rolled-back') and not forgiven)::int as failed,
          (${plan.parallel}::int - (select count(*) from firmware.target o where o.campaign = ${id}
            and (o.state = 'downloading' or (o.state = 'offered' and o.moved_at > ${fresh}))))::int as slots
        from firmware.target where campaign = ${id} and wave = ${wave}`,
      () => {
        throw new Error('a count gave no row');
      },
    );
  };

  async function giveUpOverdue(tx: Tx, campaign: Campaign): Promise<void> {
    const now = clock.now();
    const { offer, download, apply } = campaign.plan.patience;
    const shortest = new Date(now.getTime() - Math.min(offer, download, apply) * 1000);
    const rows = await tx.all(sql<Target>`
      select ${targetColumns} from firmware.target t where t.campaign = ${campaign.id}
        and t.state = any(string_to_array(${workingText}, ',')) and t.moved_at <= ${shortest} limit 500`);
    for (const row of rows) {
      const reason = overdue({ state: row.state, since: row.movedAt }, campaign.plan.patience, now);
      if (reason) await move(tx, row, { state: 'failed', reason });
    }
  }

  async function offerOne(tx: Tx, campaign: Campaign, wanted: FirmwarePackage, target: Target): Promise<void> {
    const actor = platformActor(campaign);
    const now = clock.now();
    try {
      await tx.savepoint(async () => {
        const thing = await things.byNumber(target.thing);
        const { offering } = commands;
        const command = await offering.offer(tx, actor, thing, {
          values: offerValues(offerOf(wanted)),
          method: 'firmware',
          name: { zh: '固件升级', en: 'Firmware update' },
          originId: campaign.id,
          reason: campaign.reason,
          risk: campaign.dangers.length > 0 ? 'dangerous' : 'normal',
        });
        await tx.run(sql`
          update firmware.target set command = ${command}, offered_at = ${now}, received = 0, tries = tries + 1, forgiven = false
          where campaign = ${campaign.id} and thing = ${target.thing}`);
        await move(tx, { ...target, command }, { state: 'offered' });
      });
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      log.warn({ err: cause, thing: target.thingCode }, 'an update could not be offered');
      await move(tx, target, { state: 'skipped', reason: cause.type.slice(0, 60) });
    }
  }

  async function offerNext(tx: Tx, campaign: Campaign, wanted: FirmwarePackage, slots: number): Promise<void> {
    const rows = await tx.all(sql<Target>`
      select ${targetColumns} from firmware.target t where t.campaign = ${campaign.id} and t.wave <= ${campaign.wave}
        and t.state = 'pending' order by t.wave, t.rank limit ${Math.min(slots, offeredAtOnce)}`);
    for (const row of rows) await offerOne(tx, campaign, wanted, row);
  }

  /** Holds a campaign: offers not taken up are taken back, downloads under way come to their end. */
  async function hold(tx: Tx, campaign: Campaign, reason: string, readings: Record<string, unknown>): Promise<void> {
    const offered = await tx.all(
      sql<Target>`select ${targetColumns} from firmware.target t where t.campaign = ${campaign.id} and t.state = 'offered'`,
    );
    for (const row of offered) await move(tx, row, { state: 'pending' });
    const after: Campaign = { ...campaign, state: 'paused', pauseReason: reason };
    await saveCampaign(tx, after, clock.now());
    await telling.campaign(tx, platformActor(campaign), after, 'paused', readings);
    await alarm.raise(tx, after, { reason, wave: campaign.wave, ...readings });
  }

  /** Whoever took the update and then fell silent has failed. */
  const countSilent = (tx: Tx, { id, wave }: Campaign): Promise<number> =>
    tx.run(sql`
      update firmware.target t set state = 'failed', reason = 'silent-after-update', moved_at = ${clock.now()}
      from things_pub.thing s where t.campaign = ${id} and t.wave = ${wave} and t.state = 'succeeded' and s.number = t.thing
        and s.online = 'offline'`);

  /** The wave is done. Opens the next after the soak, or ends the campaign. */
  async function passWave(tx: Tx, campaign: Campaign): Promise<void> {
    const now = clock.now();
    const actor = platformActor(campaign);
    if (campaign.waveEndedAt === null) {
      await saveCampaign(tx, { ...campaign, waveEndedAt: now }, now);
      return;
    }
    if (now.getTime() - campaign.waveEndedAt.getTime() < campaign.plan.soak * 1000) return;
    if (campaign.plan.soak > 0 && (await countSilent(tx, campaign)) > 0) {
      const { failed, size } = await look(tx, campaign);
      if (isTooBad(failed, size, campaign.plan.failures)) return hold(tx, campaign, 'failures', { failed, size });
    }
    if (campaign.wave < campaign.waves) {
      const after: Campaign = { ...campaign, wave: campaign.wave + 1, waveEndedAt: null };
      await saveCampaign(tx, after, now);
      return telling.campaign(tx, actor, after, 'wave');
    }
    const after: Campaign = { ...campaign, state: 'completed', endedAt: now };
    await saveCampaign(tx, after, now);
    await telling.campaign(tx, actor, after, 'completed');
  }

  async function advanceOne(id: string, organisation: OrganisationId): Promise<void> {
    const scope: Scope = { organisation, subtrees: [''] };
    await db.systemTransaction(async (tx) => {
      const campaign = await lockCampaign(tx, scope, id);
      if (campaign.state !== 'running') return;
      const [wanted] = await tx.all(packageQuery(sql`p.id = ${campaign.package}`));
      if (!wanted || wanted.withdrawnAt || !wanted.trusted) return hold(tx, campaign, 'package-unfit', {});
      await giveUpOverdue(tx, campaign);
      const { size, waiting, working, failed, slots } = await look(tx, campaign);
      if (isTooBad(failed, size, campaign.plan.failures)) return hold(tx, campaign, 'failures', { failed, size });
      if (waiting + working === 0) return passWave(tx, campaign);
      if (waiting > 0 && slots > 0 && isOpen(campaign.plan.window, clock.now()))
        await offerNext(tx, campaign, wanted, slots);
    });
  }

  /** One step of every running campaign; one that cannot be carried on holds no other up. */
  async function advance(): Promise<void> {
    for (const { id, organisation } of await db.systemRead(openCampaigns())) {
      try {
        await advanceOne(id, organisation);
      } catch (cause) {
        log.error({ err: cause, campaign: id }, 'a firmware campaign could not be carried on');
      }
    }
    await endLeftovers();
  }

  /** What was on its way when its campaign was cancelled or held is not waited for without end. */
  async function endLeftovers(): Promise<void> {
    const rows = await db.systemRead(sql<Target & { plan: Campaign['plan'] }>`
      select ${targetColumns}, c.plan from firmware.target t join firmware.campaign c on c.id = t.campaign
      where t.ended_at is null and c.state in ('cancelled', 'paused') and t.state <> 'pending' order by t.moved_at limit 200`);
    for (const { plan, ...row } of rows) {
      const reason = overdue({ state: row.state, since: row.movedAt }, plan.patience, clock.now());
      if (reason) await db.systemTransaction((tx) => move(tx, row, { state: 'failed', reason }));
    }
  }

  return { advance };
}
