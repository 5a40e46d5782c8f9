import type { MoveInsService } from '@keystead/apps/housing/movein';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { eligibilityBarLifted, eligibilityBarred } from '@keystead/contracts/events/eligibility';
import type { moveInChanged } from '@keystead/contracts/events/movein';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import * as store from './barring-store.ts';
import { type Entry, entryCode } from './plan.ts';

type Parts = Pick<Kernel, 'clock' | 'audit'> & { moveIns: Pick<MoveInsService, 'endIn'> };

/**
 * What ends the place of a household on the list and what gives it back: a decision about it and its being lifted, a way into a
 * house that came to nothing.
 */
export function createBarring({ clock, audit, moveIns }: Parts) {
  const noted = (tx: Tx, actor: Actor, action: string, { id, place, household }: Entry, detail: object) =>
    audit.add(tx, actor, { action, subject: `waiting-entry:${id}`, place, detail: { household, ...detail } });

  return {
    /** Barred: it waits no more, wants no house any more, and a house it chose but did not sign for is free. */
    barred: async (
      { organisation, payload }: EventEnvelope<Payload<typeof eligibilityBarred>>,
      tx: Tx,
    ): Promise<void> => {
      const { household, sanction, code, until } = payload;
      const actor = systemActor('allocation.bar', organisation as OrganisationId);
      const reason = `处理决定 ${code}`;
      const entries = await tx.all(store.heldBy(organisation, household));
      const given = new Set((await moveIns.endIn(tx, actor, household, reason)).map(({ id }) => id));
      for (const entry of entries) {
        const process = entry.process && given.has(entry.process) ? entry.process : null;
        if (entry.state === 'allocated' && process === null) continue;
        await store.endIntents(tx, entry.id, process, reason);
        await store.endEntry(tx, entry.id, { sanction, code }, clock.now());
        await noted(tx, actor, 'allocation.bar', entry, { sanction: code, until, from: entry.state });
      }
    },

    /** Lifted: the household has its place again as if it had never left; with another decision in force, that one is named now. */
    lifted: async (
      { organisation, payload }: EventEnvelope<Payload<typeof eligibilityBarLifted>>,
      tx: Tx,
    ): Promise<void> => {
      const { household, sanction, code, barredBy } = payload;
      const actor = systemActor('allocation.restore', organisation as OrganisationId);
      for (const entry of await tx.all(store.endedBy(organisation, sanction))) {
        if (barredBy) await store.endEntry(tx, entry.id, barredBy, clock.now());
        else if (await tx.maybe(store.standsAlready(organisation, household))) continue;
        else {
          await store.restoreEntry(tx, entry.id, clock.now());
          await store.restoreIntents(tx, entry.id, entryCode(entry.number));
        }
        const action = barredBy ? 'allocation.bar' : 'allocation.restore';
        await noted(tx, actor, action, entry, { sanction: barredBy?.code ?? code, lifted: code });
      }
    },

    /** The way into the house it chose was cancelled: the house is free, and it waits again as if it had not chosen. */
    wayEnded: async (
      { organisation, payload }: EventEnvelope<Payload<typeof moveInChanged>>,
      tx: Tx,
    ): Promise<void> => {
      if (payload.to !== 'cancelled') return;
      const entry = await tx.maybe(store.heldOnWay(organisation, payload.id));
      if (!entry) return;
      const actor = systemActor('allocation.restore', organisation as OrganisationId);
      await store.endIntents(tx, entry.id, payload.id, '');
      await store.restoreEntry(tx, entry.id, clock.now());
      await store.restoreIntents(tx, entry.id, entryCode(entry.number));
      await noted(tx, actor, 'allocation.restore', entry, { moveIn: payload.id });
    },
  };
}
