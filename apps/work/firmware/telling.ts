import type { Actor } from '@keystead/contracts/access';
import { firmwareCampaignChanged, firmwareTargetChanged } from '@keystead/contracts/events/firmware';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Campaign, Target } from './store.ts';

/** Pages hear of campaigns and their devices; what people and the platform decide about campaigns stands in the journal. */
export function createTelling({ outbox, audit }: Pick<Kernel, 'outbox' | 'audit'>) {
  async function campaign(
    tx: Tx,
    actor: Actor,
    c: Campaign,
    change: string,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const { id, organisation, place, state, wave, pauseReason, name } = c;
    const reason = pauseReason === null ? {} : { reason: pauseReason };
    await outbox.add(tx, firmwareCampaignChanged, { organisation, place }, { id, change, state, wave, ...reason });
    await audit.add(tx, actor, {
      action: `firmware.${change}`,
      subject: `campaign:${id}`,
      place,
      detail: { name, state, wave, ...reason, ...detail },
    });
  }

  async function target(tx: Tx, t: Target): Promise<void> {
    const { organisation, place, campaign, thingId: thing, state, reason } = t;
    const word = reason === null ? {} : { reason };
    await outbox.add(tx, firmwareTargetChanged, { organisation, place }, { campaign, thing, state, ...word });
  }

  return { campaign, target };
}

export type Telling = ReturnType<typeof createTelling>;
