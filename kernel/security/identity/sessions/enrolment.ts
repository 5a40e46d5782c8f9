import type { Actor } from '@keystead/contracts/access';
import type { Context } from '../context.ts';
import { makeRecoveryCodes, recoveryHash } from '../credentials/recovery.ts';
import type { SecondFactor } from '../credentials/second-factor.ts';
import { isWaived } from '../people/organisation.ts';
import { removeFactors } from '../people/store.ts';
import { isPrivileged } from '../rights/permission.ts';
import { requireFresh } from './fresh.ts';
import { permissionsOf } from './holder.ts';
import { FactorPresent, FactorRequired, SessionMissing } from './session.ts';
import type { Step, Steps } from './steps.ts';
import { addRecoveryCodes } from './store.ts';

/** Setting up, renewing and giving up one's own second factor (H-11.1-a-2). */
export function createEnrolment(context: Context, steps: Steps, factor: SecondFactor) {
  const { db, audit } = context;

  return {
    /** What the authenticator app needs: `secret` (base32) and `uri` (for a QR code). Throws FactorPresent, ConfirmationNeeded. */
    begin: async (actor: Actor): Promise<Record<string, string>> => {
      const { session, holder } = await steps.mine(actor, 'enrol', 'active');
      if (session.status === 'active') await requireFresh(context, actor);
      if (holder.enrolled) throw new FactorPresent();
      return db.systemTransaction(async (tx) => {
        await audit.add(tx, actor, { action: 'second-factor.begin', subject: `user:${holder.account}` });
        return factor.begin(tx, holder);
      });
    },

    /** Ends enrolment by a first code; gives the recovery codes, which are shown once. Throws AnswerRefused. */
    confirm: async (actor: Actor, code: string): Promise<Step & { recoveryCodes: string[] }> => {
      const { session, holder } = await steps.mine(actor, 'enrol', 'active');
      const recoveryCodes = makeRecoveryCodes();
      let step: Step | undefined;
      await steps.tried(actor, holder.account, 'second-factor.enrol', () =>
        db.systemTransaction(async (tx) => {
          if (!(await factor.confirm(tx, holder, code))) return false;
          await addRecoveryCodes(tx, holder, recoveryCodes.map(recoveryHash));
          await audit.add(tx, actor, { action: 'second-factor.enrol', subject: `user:${holder.account}` });
          step = await steps.stepUp(tx, session);
          return true;
        }),
      );
      context.forget();
      if (!step) throw new SessionMissing();
      return { ...step, recoveryCodes };
    },

    /** Another ten codes; the old ones are void. */
    renewRecovery: async (actor: Actor): Promise<{ recoveryCodes: string[] }> => {
      const { holder } = await steps.mine(actor, 'active');
      await requireFresh(context, actor);
      const recoveryCodes = makeRecoveryCodes();
      await db.systemTransaction(async (tx) => {
        await addRecoveryCodes(tx, holder, recoveryCodes.map(recoveryHash));
        await audit.add(tx, actor, { action: 'second-factor.renew-recovery', subject: `user:${holder.account}` });
      });
      return { recoveryCodes };
    },

    /** Gives the second factor up, where it is not required. Throws FactorRequired, ConfirmationNeeded. */
    remove: async (actor: Actor): Promise<void> => {
      const { holder } = await steps.mine(actor, 'active');
      await requireFresh(context, actor);
      const must = holder.kind === 'staff' || isPrivileged(permissionsOf(context, holder));
      if (must && !isWaived(holder, context.settings)) throw new FactorRequired();
      await db.systemTransaction(async (tx) => {
        await tx.run(removeFactors(holder.account));
        await audit.add(tx, actor, { action: 'second-factor.remove', subject: `user:${holder.account}` });
      });
      context.forget();
    },
  };
}

export type Enrolment = ReturnType<typeof createEnrolment>;
