import type { CommandsService } from '@keystead/apps/work/commands';
import { systemActor } from '@keystead/contracts/access';
import { noOffer } from '@keystead/contracts/firmware';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Target, targetColumns } from './store.ts';
import { isEnded, type Step } from './target.ts';
import type { Telling } from './telling.ts';

interface Deps extends Pick<Kernel, 'clock'> {
  commands: Pick<CommandsService, 'offering'>;
  things: Pick<ThingsService, 'attributes'>;
  telling: Telling;
}

/** Carries one device a step further: its row, its command, its attributes, and word to the pages, together. */
export function createMoving({ clock, commands, things, telling }: Deps) {
  /** Undefined when somebody else moved it meanwhile. */
  return async function move(tx: Tx, before: Target, step: Step): Promise<Target | undefined> {
    const { state, reason = null, detail = null } = step;
    const now = clock.now();
    const ended = isEnded(state);
    const after = await tx.maybe(sql<Target>`
      update firmware.target t set state = ${state}, reason = ${reason}, detail = ${detail}, moved_at = ${now},
        ended_at = ${ended ? now : null}, received = case when ${state} = 'succeeded' then p.size else t.received end
      from firmware.campaign c join firmware.package p on p.id = c.package
      where t.campaign = ${before.campaign} and t.thing = ${before.thing} and t.state = ${before.state} and c.id = t.campaign
      returning ${targetColumns}`);
    if (!after) return undefined;
    const actor = systemActor('firmware', before.organisation);
    if (before.command !== null) {
      const { offering } = commands;
      if (state === 'succeeded') await offering.follow(tx, actor, before.command, 'verified');
      else if (state === 'skipped' || state === 'pending')
        await offering.follow(tx, actor, before.command, 'cancelled');
      else if (ended) await offering.follow(tx, actor, before.command, 'failed', reason ?? state);
      else if (before.state === 'offered') await offering.follow(tx, actor, before.command, 'acknowledged');
    }
    // What failed or was taken back is not tried by a device that starts anew and looks what it was told.
    if (before.state !== 'pending' && (state === 'pending' || (ended && state !== 'succeeded')))
      await things.attributes.share(actor, before.thingId, noOffer(), tx);
    await telling.target(tx, after);
    return after;
  };
}

export type Move = ReturnType<typeof createMoving>;
