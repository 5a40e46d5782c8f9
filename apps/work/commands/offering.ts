import type { Actor } from '@keystead/contracts/access';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { CommandState } from './command.ts';
import { type SharedWish, sharedCommand } from './shared-command.ts';
import * as store from './store.ts';
import { toldColumns } from './store.ts';
import type { Telling, Told } from './telling.ts';

/** An operation that takes its time and whose course somebody else follows, as an update of firmware does. */
export type Offering = Required<Pick<SharedWish, 'values' | 'method' | 'name' | 'originId' | 'reason' | 'risk'>>;

/** How such an operation ends, or that the device took it up. */
export type OfferingState = Extract<CommandState, 'acknowledged' | 'verified' | 'failed' | 'cancelled'>;

interface Deps extends Pick<Kernel, 'clock'> {
  things: Pick<ThingsService, 'attributes'>;
  telling: Telling;
}

/** Operations told by shared attributes and ended by whoever gave them: each a command, with its line in the journal. */
export function createOffering({ clock, things, telling }: Deps) {
  /**
   * Tells a thing, in the caller's transaction; gives the id of the command. The caller has judged who may do this.
   * Throws AutonomyProtected and the problems of attributes.
   */
  async function offer(tx: Tx, actor: Actor, thing: ThingRef, offering: Offering): Promise<string> {
    const row = sharedCommand(actor, thing, {
      ...offering,
      before: null,
      now: clock.now(),
      lastsS: null,
      origin: 'plan',
    });
    await things.attributes.share(actor, thing.id, offering.values, tx);
    await store.insertAll(tx, [row]);
    await telling.journal(tx, [{ actor, row, verb: 'send', detail: { by: offering.originId } }]);
    await telling.announce(tx, [row]);
    return row.id;
  }

  /** Carries it on or ends it; one that has ended stays as it is. */
  async function follow(tx: Tx, actor: Actor, id: string, state: OfferingState, failure?: string): Promise<void> {
    const now = clock.now();
    const ended = state === 'acknowledged' ? null : now;
    const rows = await tx.all(sql<Told>`
      update commands.command c set state = ${state}, failure = ${failure ?? null}, ended_at = ${ended},
        acknowledged_at = coalesce(c.acknowledged_at, ${now}), seen_at = ${state === 'verified' ? now : null}
      where c.id = ${id} and c.ended_at is null and c.state is distinct from ${state} returning ${toldColumns}`);
    if (rows.length === 0) return;
    const verb = state === 'verified' ? 'verify' : state === 'acknowledged' ? 'answer' : 'end';
    await telling.journal(
      tx,
      rows.map((row) => ({ actor, row, verb })),
    );
    await telling.announce(tx, rows);
  }

  return { offer, follow };
}
