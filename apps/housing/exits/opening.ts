import type { BillingService } from '@keystead/apps/housing/billing';
import { monthsAfter, workingDaysAfter } from '@keystead/apps/housing/eligibility';
import type { HandlingService, StepDetail } from '@keystead/apps/housing/handling';
import type { PolicyInForce, PolicyService } from '@keystead/apps/housing/policy';
import type { RiskService } from '@keystead/apps/housing/risk';
import type { Agreement, AgreementsService } from '@keystead/apps/work/agreements';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dayBegins, localDate } from '@keystead/contracts/calendar';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { eligibilityLost } from '@keystead/contracts/events/eligibility';
import { exitChanged } from '@keystead/contracts/events/exits';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Exit, ExitArrearsShort, ExitMissing, ExitNotOpen } from './exit.ts';
import { createGrounds } from './grounds.ts';
import type { ViolationGround } from './kinds.ts';
import { type ExitKind, exitKinds } from './kinds.ts';
import * as store from './store.ts';

export interface OpeningParts extends Pick<Kernel, 'db' | 'clock' | 'outbox'> {
  readonly agreements: AgreementsService;
  readonly billing: Pick<BillingService, 'rentMonthsOwed'>;
  readonly handling: HandlingService;
  readonly policy: PolicyService;
  readonly risk: Pick<RiskService, 'idleIn'>;
}

export interface ExitWish {
  readonly lease: string;
  readonly kind: ExitKind;
  readonly reason: string;
  /** Last day the household wants to stay, where the kind leaves it to the household. */
  readonly leaveOn?: string | undefined;
  /** Which violation, for that kind; and what an officer found in the home. */
  readonly ground?: ViolationGround | undefined;
  readonly finding?: string | undefined;
}

const running = ['effective', 'expiring', 'holdover'];
const noon = (date: string): Date => dayBegins(date, 12 * 3_600_000);

/** By when a household has to be out. */
function leaveByOf(kind: ExitKind, lease: Agreement, rules: PolicyInForce, now: Date, wanted?: string): string {
  const { leave } = exitKinds[kind];
  const today = localDate(now);
  if (leave === null)
    return wanted && wanted > today ? wanted : kind === 'expiry' && lease.endsOn > today ? lease.endsOn : today;
  const amount = rules.value(leave.rule);
  return localDate(leave.unit === 'months' ? monthsAfter(now, amount) : workingDaysAfter(now, amount));
}

/** How exits begin: asked by the tenant, by staff, or because eligibility was lost. One for a lease. */
export function createOpening({ db, clock, outbox, agreements, billing, handling, policy, risk }: OpeningParts) {
  const groundsOf = createGrounds(risk);
  const find = (tx: Tx, actor: Actor, id: string): Promise<Exit> =>
    tx.one(store.exitById(actor.scope, id), () => new ExitMissing({ id }));

  async function told(tx: Tx, actor: Actor, from: string, exit: Exit, detail: StepDetail = {}): Promise<void> {
    const { id, lease, house, kind, state } = exit;
    await outbox.add(tx, exitChanged, exit, { id, lease, house, kind, from, to: state });
    await handling.note(tx, actor, store.trail, exit, { from, kind, lease, ...detail });
  }

  /** What an exit for arrears goes by: rent owed for so many months in all. Throws ExitArrearsShort. */
  async function arrearsOf(tx: Tx, lease: Agreement, rules: PolicyInForce): Promise<StepDetail> {
    const needed = rules.value('arrears-months');
    const owed = await billing.rentMonthsOwed(tx, lease.organisation, lease.id);
    if (owed < needed) throw new ExitArrearsShort({ owed, needed });
    return { rentMonthsOwed: owed, policy: rules.id };
  }

  /** Throws AgreementMissing, ExitNotOpen, ExitArrearsShort, ExitIdleShort, InputInvalid. */
  async function openIn(tx: Tx, actor: Actor, wish: ExitWish, source: Exit['source']): Promise<Exit> {
    const lease = await agreements.lock(tx, actor, wish.lease);
    if (lease.kind !== 'lease' || !running.includes(lease.state)) throw new ExitNotOpen({ state: lease.state });
    const tenant = lease.parties.find(({ role }) => role === 'tenant');
    const now = clock.now();
    const rules = await policy.at(tx, lease.organisation, now, lease.place);
    const owing = wish.kind === 'arrears' ? await arrearsOf(tx, lease, rules) : {};
    const { facts, ...grounds } = await groundsOf(tx, lease, wish, rules);
    const leaveBy = leaveByOf(wish.kind, lease, rules, now, wish.leaveOn);
    const looked = exitKinds[wish.kind].leave === null && leaveBy <= localDate(now) ? now : noon(leaveBy);
    const inspectBy = workingDaysAfter(looked > now ? looked : now, rules.value('inspection-days'));
    const settleBy = workingDaysAfter(inspectBy, rules.value('settlement-days'));
    const exit = {
      ...{ id: newId(), organisation: lease.organisation, place: lease.place, lease: lease.id, leaseCode: lease.code },
      ...{ household: tenant?.party ?? '', householdName: tenant?.name ?? '', house: lease.subject, kind: wish.kind },
      ...{ state: 'initiated' as const, reason: wish.reason, source, leaveBy, openedAt: now, inspectBy, settleBy },
      ...{ depositBy: workingDaysAfter(settleBy, rules.value('deposit-return-days')), policy: rules.id, ...grounds },
    };
    if ((await store.add(tx, exit)) === 0) throw new ExitNotOpen({ lease: lease.id });
    const made = await find(tx, actor, exit.id);
    const begun = { leaveBy, inspectBy: inspectBy.toISOString(), source, reason: wish.reason };
    await told(tx, actor, '', made, { ...begun, ...owing, ...facts });
    return made;
  }

  return {
    find,
    told,
    open: (actor: Actor, wish: ExitWish, source: Exit['source']): Promise<Exit> =>
      db.transaction(actor.scope, (tx) => openIn(tx, actor, wish, source)),

    /** Eligibility was lost for good: each lease of the household that runs begins to end, once, with its days (H-9.1.2-b-2). */
    lost: async ({ organisation, payload }: EventEnvelope<Payload<typeof eligibilityLost>>, tx: Tx): Promise<void> => {
      const actor = systemActor('exits.eligibility-lost', organisation as OrganisationId);
      const filter = { kind: 'lease', party: payload.household, state: running, limit: 10 };
      for (const lease of await agreements.list(actor, filter)) {
        const wish = { lease: lease.id, kind: 'ineligible', reason: payload.reason || '不再符合保障条件' } as const;
        try {
          await tx.savepoint(() => openIn(tx, actor, wish, 'platform'));
        } catch (cause) {
          if (!(cause instanceof ExitNotOpen)) throw cause;
        }
      }
    },
  };
}

export type Opening = ReturnType<typeof createOpening>;
