import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import { type Checking, type CheckingParts, createChecking } from './checking.ts';
import type { AssetReading } from './inventory.ts';
import { createRegister } from './register.ts';
import type { SoftwareBill } from './sbom.ts';
import { cycloneDx } from './sbom.ts';

export interface PatchParts extends CheckingParts {
  readonly ownSoftware: () => Promise<SoftwareBill>;
}

/** Patch tracking 补丁跟踪: what runs where, what is known to be weak, and the work between the two (I-8.3-c). */
export function createPatches(parts: PatchParts) {
  const { db, clock, audit, inventory, ownSoftware } = parts;
  const checking: Checking = createChecking(parts);

  return {
    ...createRegister(parts),
    ...checking,

    /** Reads all versions now instead of at the next round. */
    checkNow: async (actor: Actor) => {
      const result = await checking.check(actor.scope.organisation);
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, { action: 'patch.check', subject: 'patch:all', detail: { ...result } }),
      );
      return result;
    },

    /** The platform's own bill of software as CycloneDX; for its operator only: throws NotAllowed. */
    ownBill: async (actor: Actor) => {
      if (!(await inventory.isOperator(actor.scope.organisation))) throw new NotAllowed({ reason: 'not-the-operator' });
      return cycloneDx(await ownSoftware(), newId(), clock.now());
    },

    /** Assets that tell what they run, as far as the actor sees them; `next` is absent at the end. */
    assets: async (actor: Actor, { after, limit }: { after: number; limit: number }) => {
      const { organisation } = actor.scope;
      const found = await inventory.thingsAfter(organisation, { after, limit });
      const own: AssetReading[] =
        after === 0 && (await inventory.isOperator(organisation)) ? [await inventory.platform()] : [];
      const last = found.at(-1);
      const items = [...own, ...found].filter(({ asset }) => inScope(actor.scope, asset.place));
      return { items, ...(last && found.length === limit ? { next: last.number } : {}) };
    },
  };
}

export type PatchesService = ReturnType<typeof createPatches>;
