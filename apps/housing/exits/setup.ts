import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type Actor, inScope, systemActor } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { createDuties, type Report } from './duties.ts';
import { type Exit, ExitMissing, ExitNotOpen, ExitStepRefused } from './exit.ts';
import { createOpening } from './opening.ts';
import { createExits, type ExitParts } from './service.ts';
import * as store from './store.ts';
import { createTransitions } from './transitions.ts';

export interface ExitDoors
  extends Pick<ExitParts, 'agreements' | 'billing' | 'handling' | 'ledger' | 'policy' | 'risk' | 'stock'> {
  readonly movein: ExitParts['moveIns'];
  readonly alarms: AlarmsService;
  readonly households: HouseholdsService;
}

/** Joins the parts of the module; what comes out is what other modules know as `exits`. */
export function createExitModule(
  kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox' | 'settings' | 'log'>,
  doors: ExitDoors,
  report: Report,
) {
  const { db, clock, audit } = kernel;
  const parts = { ...kernel, ...doors, moveIns: doors.movein };
  const opening = createOpening(parts);
  const transitions = createTransitions({ ...parts, opening });
  const exits = createExits({ ...parts, opening, transitions });
  const duties = createDuties({ ...parts, exits, report });

  async function mine(actor: Actor): Promise<{ household: string; exits: Exit[] }> {
    const { household } = await doors.households.own.home(actor);
    return { household, exits: await db.systemRead(store.exitsOf(actor.scope.organisation, household)) };
  }

  return {
    ...exits,
    open: opening.open,
    lost: opening.lost,
    escalate: duties.escalate,
    /** Rent of those who stay beyond their day. */
    chargeStaying: transitions.pass,
    reportDue: duties.reportDue,
    settleAlarm: duties.settleAlarm,
    /** Is the household of a lease on its way out? */
    isLeaving: async (tx: Tx, lease: string): Promise<boolean> => (await tx.maybe(store.underWay(lease))) !== undefined,
    supervision: async (actor: Actor): Promise<{ url: string | null }> => {
      const [known] = await db.read(actor.scope, store.supervisionOf(actor.scope.organisation));
      return known ?? { url: null };
    },
    setSupervision: (actor: Actor, url: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
        await store.setSupervision(tx, actor.scope.organisation, url, clock.now());
        await audit.add(tx, actor, { action: 'exit.set-supervision', subject: 'exits', detail: { url } });
      }),
    own: {
      list: async (actor: Actor): Promise<Exit[]> => (await mine(actor)).exits,
      /** My household leaves: one call, one exit (H-9.2.6-a). Throws ExitNotOpen without a lease that runs. */
      ask: async (actor: Actor, wish: { reason: string; leaveOn?: string | undefined }): Promise<Exit> => {
        const { household } = await mine(actor);
        const asking = systemActor('exits.own', actor.scope.organisation);
        const state = ['effective', 'expiring', 'holdover'];
        const [lease] = await doors.agreements.list(asking, { kind: 'lease', party: household, state, limit: 1 });
        if (!lease) throw new ExitNotOpen({});
        const as: Actor = { ...actor, scope: { ...actor.scope, subtrees: [lease.place] } };
        return opening.open(as, { ...wish, lease: lease.id, kind: 'voluntary' }, 'tenant');
      },
      /** The last account is right. It holds up nothing: who does not answer is settled with all the same. Throws ExitMissing, ExitStepRefused. */
      confirm: async (actor: Actor, id: string): Promise<Exit> => {
        const exit = (await mine(actor)).exits.find((each) => each.id === id);
        if (!exit) throw new ExitMissing({ id });
        const as: Actor = { ...actor, scope: { ...actor.scope, subtrees: [exit.place] } };
        return db.transaction(as.scope, async (tx) => {
          const before = await opening.find(tx, as, id);
          if (before.settlement === null || before.confirmedAt !== null)
            throw new ExitStepRefused({ state: before.state, step: 'confirm' });
          await store.confirm(tx, id, clock.now());
          const { refunded, owed } = before.settlement;
          await audit.add(tx, actor, {
            action: 'exit.confirm',
            subject: `exit:${id}`,
            place: before.place,
            detail: { refunded, owed },
          });
          return opening.find(tx, as, id);
        });
      },
      cancel: async (actor: Actor, id: string, reason: string): Promise<Exit> => {
        const exit = (await mine(actor)).exits.find((each) => each.id === id && each.source === 'tenant');
        if (!exit) throw new ExitMissing({ id });
        return exits.cancel({ ...actor, scope: { ...actor.scope, subtrees: [exit.place] } }, id, reason);
      },
    },
  };
}

export type ExitsService = ReturnType<typeof createExitModule>;
