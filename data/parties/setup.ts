import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { createDataKeys, type DataKeys, openEnvelope } from '@keystead/kernel/security/keys';
import { type ConsentPurpose, createConsents } from './consents.ts';
import { createErasure } from './erasure.ts';
import { createHistory } from './history.ts';
import { createOwn } from './own.ts';
import type { Party } from './party.ts';
import { createProposals } from './proposals.ts';
import { createPurposes } from './purposes.ts';
import { createReading } from './reading.ts';
import { createRegister, type PlacePaths } from './register.ts';
import { createSealing, sealText, unsealText } from './sealing.ts';
import { createValues } from './values.ts';

/** Joins the parts of the module; what comes out is what other modules know as `parties`. */
export function createParties(
  kernel: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'settings'>,
  places: PlacePaths,
) {
  let known: DataKeys | undefined;
  // The master key is made when the first value asks for it, not by merely setting up.
  const keys = (): DataKeys => {
    known ??= createDataKeys(openEnvelope(kernel.settings.DATA_DIR), kernel.clock);
    return known;
  };
  const sealing = createSealing(keys);
  const purposes = createPurposes(kernel);
  const values = createValues({ ...kernel, sealing, purposes });
  const consents = createConsents(kernel);
  const register = createRegister({ ...kernel, places, values });
  const reading = createReading({ ...kernel, sealing, values });
  const proposals = createProposals({ ...kernel, sealing, values, register });
  const own = createOwn({ ...kernel, reading, values, consents });
  const erasure = createErasure({ ...kernel, sealing });
  return {
    ...register,
    ...reading,
    ...erasure,
    importHistory: createHistory({ ...kernel, sealing, purposes }),
    purposes,
    consents,
    proposals,
    own,
    /** Text of another module about a party, under the party's own key: it goes when the party is erased. */
    sealText: async (tx: Tx, party: Party, at: string, text: string): Promise<Buffer> =>
      sealText(await sealing.partyKey(tx, party.organisation, party.id), at, text),
    unsealText: async (tx: Tx, party: string, at: string, sealed: Buffer): Promise<string> =>
      unsealText(await sealing.openKey(tx, party), at, sealed),
    giveConsent: (actor: Actor, party: string, to: readonly ConsentPurpose[], wording: string) =>
      kernel.db.transaction(actor.scope, (tx) => consents.give(tx, actor, party, to, wording)),
  };
}

export type PartiesService = ReturnType<typeof createParties>;
