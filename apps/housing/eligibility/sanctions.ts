import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { eligibilityBarLifted, eligibilityBarred } from '@keystead/contracts/events/eligibility';
import type { exitChanged } from '@keystead/contracts/events/exits';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { monthsAfter, workingDaysAfter } from './deadlines.ts';
import { overdueRule } from './passing.ts';
import { AppealLate, ReviewerRepeated } from './review.ts';
import {
  HearingFirst,
  requireFine,
  requireHeard,
  type Sanction,
  type SanctionGround,
  SanctionMissing,
  SanctionStepRefused,
  sanctionCode,
} from './sanction.ts';
import * as store from './sanction-store.ts';
import type { Reviews } from './service.ts';
import type { HouseholdText, TellHousehold } from './telling.ts';

export interface SanctionWish {
  readonly household: string;
  /** The violation case in which the household was heard. */
  readonly hearing: string;
  readonly ground: SanctionGround;
  readonly reason: string;
  /** Fen; 0 for none. */
  readonly fine: number;
}

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> {
  readonly alarms: Pick<AlarmsService, 'clear'>;
  readonly parties: Pick<PartiesService, 'membersIn' | 'householdOf'>;
  readonly policy: PolicyService;
  readonly households: HouseholdsService;
  readonly cases: Pick<CasesService, 'get'>;
  readonly ledger: Pick<LedgerService, 'charge'>;
  readonly reviews: Pick<Reviews, 'takeIn'>;
  readonly telling: Pick<TellHousehold, 'tell'>;
}

const dueAtOnce = 100;
const forCause: readonly string[] = ['violation', 'fraud'];
type Ground = Pick<
  Sanction,
  'household' | 'place' | 'hearing' | 'hearingCode' | 'ground' | 'reason' | 'lease' | 'fine'
>;

/** Decisions about households that cheated or misused a home 处理决定: barred for years, and fined up to what the policy allows. */
export function createSanctions({
  db,
  clock,
  audit,
  outbox,
  alarms,
  parties,
  policy,
  households,
  cases,
  ledger,
  reviews,
  telling,
}: Parts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<Sanction> =>
    tx.one(store.sanctionById(actor.scope, id), () => new SanctionMissing({ id }));

  async function noted(tx: Tx, actor: Actor, after: Sanction, action: string): Promise<void> {
    const { id, household, place, state, ground, fine, barredUntil, hearing } = after;
    const detail = { sanction: id, state, ground, fine, barredUntil: barredUntil.toISOString(), hearing };
    await audit.add(tx, actor, { action, subject: `household:${household}`, place, detail });
  }
  const tell = (tx: Tx, { number, organisation, place, household, barredUntil }: Sanction, text: HouseholdText) =>
    telling.tell(tx, {
      ...{ organisation, place, household, text },
      ...{ code: sanctionCode(number), detail: localDate(barredUntil) },
    });

  /** Barred from now on for the years of the policy; applications that are under way end. */
  async function add(tx: Tx, actor: Actor, ground: Ground): Promise<Sanction> {
    const { organisation } = actor.scope;
    const at = clock.now();
    const rules = await policy.at(tx, organisation, at, ground.place);
    requireFine(ground.fine, rules.value('misuse-fine-most'), rules.source('misuse-fine-most'));
    const id = newId();
    const made = await store.addSanction(tx, {
      ...{ id, organisation, ...ground, state: 'imposed', policy: rules.id },
      barredUntil: monthsAfter(at, 12 * rules.value('barred-years')),
      appealUntil: workingDaysAfter(at, rules.value('appeal-filing-days')),
      ...{ answerBy: null, appealReason: null, answer: null, finalAt: null },
      ...{ imposedAt: at, imposedBy: actor.id, imposedByName: actor.name },
    });
    if (made === 0) throw new SanctionStepRefused({ hearing: ground.hearing });
    const sanction = await find(tx, actor, id);
    await noted(tx, actor, sanction, 'eligibility.sanction');
    await tell(tx, sanction, 'tenant.barred');
    if (sanction.barredUntil > at) {
      const platform = systemActor('eligibility.bar', organisation);
      for (const { id: open } of await tx.all(store.openApplications(organisation, ground.household)))
        await reviews.takeIn(tx, platform, open, 'bar', `处理决定 ${sanctionCode(sanction.number)}`);
      const { household, number, barredUntil } = sanction;
      const until = barredUntil.toISOString();
      await outbox.add(tx, eligibilityBarred, sanction, { household, sanction: id, code: sanctionCode(number), until });
    }
    return sanction;
  }

  async function change(
    tx: Tx,
    actor: Actor,
    before: Sanction,
    made: Partial<Sanction>,
    action: string,
  ): Promise<Sanction> {
    await store.saveSanction(tx, { ...before, ...made });
    const after = await find(tx, actor, before.id);
    await noted(tx, actor, after, action);
    return after;
  }

  /** The fine of a decision nobody can appeal any more is owed on the lease, for as long again as there was to appeal. Once for its key. */
  async function charge(tx: Tx, { id, organisation, place, lease, fine, ground }: Sanction): Promise<void> {
    const [of] = lease && fine > 0 ? await tx.all(store.tenantOf(organisation, lease)) : [];
    if (!of) return;
    const rules = await policy.at(tx, organisation, clock.now(), place);
    const today = localDate(clock.now());
    const dueOn = localDate(workingDaysAfter(clock.now(), rules.value('appeal-filing-days')));
    const line = { subject: 'fine', fund: 'income', rank: 70, period: today.slice(0, 7), dueOn, amount: fine } as const;
    await ledger.charge(tx, systemActor('eligibility.fine', organisation as OrganisationId), [
      {
        ...{ key: `sanction:${id}`, document: id, agreement: of.id, party: of.party, place: of.place },
        lines: [{ ...line, detail: { ground } }],
      },
    ]);
  }

  /** What it ended can be given back, unless another decision bars the household. */
  async function lifted(tx: Tx, of: Sanction): Promise<void> {
    const { id, household, organisation, number } = of;
    const bar = await tx.maybe(store.barOf(organisation, household, clock.now()));
    const barredBy = bar ? { sanction: bar.id, code: sanctionCode(bar.number) } : null;
    await outbox.add(tx, eligibilityBarLifted, of, { household, sanction: id, code: sanctionCode(number), barredBy });
  }

  async function step(
    actor: Actor,
    id: string,
    version: number | undefined,
    run: (tx: Tx, before: Sanction) => Promise<Sanction>,
  ): Promise<Sanction> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await find(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      return run(tx, before);
    });
  }

  async function appealIn(tx: Tx, actor: Actor, before: Sanction, appealReason: string): Promise<Sanction> {
    const at = clock.now();
    if (before.state !== 'imposed') throw new SanctionStepRefused({ state: before.state });
    if (before.finalAt || before.appealUntil < at) throw new AppealLate({ until: before.appealUntil.toISOString() });
    const rules = await policy.at(tx, before.organisation, at, before.place);
    const answerBy = workingDaysAfter(at, rules.value('appeal-answer-days'));
    return change(tx, actor, before, { state: 'appealed', appealReason, answerBy }, 'eligibility.appeal-sanction');
  }

  return {
    /** Of one household, the last first. */
    of: (actor: Actor, household: string): Promise<Sanction[]> =>
      db.read(actor.scope, store.sanctionsOf(actor.scope, household)),
    find,
    appealIn,

    /**
     * Decides after the hearing (decree 11, articles 35 and 36). Throws CaseMissing, HearingFirst, FineTooHigh, HouseholdMissing,
     * PartyMissing, InputInvalid when the case is about another home or there is no lease to charge a fine on, SanctionStepRefused
     * when the case was decided about this household already.
     */
    impose: async (actor: Actor, wish: SanctionWish): Promise<Sanction> => {
      const { household, hearing, ground, reason, fine } = wish;
      const heard = await cases.get(actor, hearing);
      if (heard.row.kind !== 'violation') throw new HearingFirst({ open: [] });
      requireHeard(heard.items);
      return db.transaction(actor.scope, async (tx) => {
        const { place } = await households.openIn(tx, actor, household, 'register');
        const members = (await parties.membersIn(tx, household, true)).map(({ person }) => person);
        const leases = await tx.all(store.leasesOf(actor.scope.organisation, [household, ...members]));
        const about = new Set(heard.subjects.map(({ id }) => id));
        const lease = leases.find(({ id, house }) => about.has(id) || about.has(house));
        // Who cheated to be put on the list has no home yet.
        if (!lease && (ground !== 'fraud' || leases.length > 0))
          throw new InputInvalid({ in: 'body' }, [{ pointer: '/hearing', code: 'other-home' }]);
        if (!lease && fine > 0) throw new InputInvalid({ in: 'body' }, [{ pointer: '/fine', code: 'no-lease' }]);
        const { code: hearingCode } = heard.row;
        return add(tx, actor, {
          ...{ household, place, hearing, hearingCode, ground, reason, fine },
          lease: lease?.id ?? null,
        });
      });
    },

    /** At the desk, for the household. Throws SanctionMissing, SanctionStepRefused, AppealLate, EditConflict. */
    appeal: (actor: Actor, id: string, reason: string, version?: number): Promise<Sanction> =>
      step(actor, id, version, (tx, before) => appealIn(tx, actor, before, reason)),

    /**
     * Answers an appeal: the decision stands, or everything of it is lifted. By another person than who imposed it. Throws
     * SanctionMissing, SanctionStepRefused, ReviewerRepeated, EditConflict.
     */
    answer: (
      actor: Actor,
      id: string,
      { upheld, answer }: { upheld: boolean; answer: string },
      version?: number,
    ): Promise<Sanction> =>
      step(actor, id, version, async (tx, before) => {
        if (before.state !== 'appealed') throw new SanctionStepRefused({ state: before.state });
        if (before.imposedBy === actor.id) throw new ReviewerRepeated({ id });
        const state = upheld ? 'upheld' : 'lifted';
        const made = { state, answer, finalAt: clock.now() } as const;
        const after = await change(tx, actor, before, made, `eligibility.sanction-${state}`);
        await alarms.clear(tx, {
          ...{ organisation: after.organisation, rule: overdueRule, subject: { kind: 'sanction', id } },
          ...{ eventTime: clock.now(), readings: {} },
        });
        if (upheld) await charge(tx, after);
        else await lifted(tx, after);
        await tell(tx, after, upheld ? 'tenant.bar-upheld' : 'tenant.bar-lifted');
        return after;
      }),

    /** What nobody appealed in time is final; answers how many. */
    settleDue: async (): Promise<number> => {
      const due = await db.systemRead(store.unappealed(clock.now(), dueAtOnce));
      for (const { id, organisation } of due) {
        const actor = systemActor('eligibility.settle-sanction', organisation);
        await db.systemTransaction(async (tx) => {
          const before = await find(tx, actor, id);
          if (before.state !== 'imposed' || before.finalAt) return;
          await charge(tx, await change(tx, actor, before, { finalAt: clock.now() }, 'eligibility.sanction-final'));
        });
      }
      return due.length;
    },

    /**
     * A home was given back for cause: the years run from that day on (decree 11, article 36). What was decided about the household of
     * the lease goes on until then; where nothing was decided, the exit is the ground.
     */
    exitEnded: async ({ organisation, payload }: EventEnvelope<Payload<typeof exitChanged>>, tx: Tx): Promise<void> => {
      if (payload.to !== 'handed-over' || !forCause.includes(payload.kind)) return;
      const actor = systemActor('eligibility.exit-for-cause', organisation as OrganisationId);
      const at = clock.now();
      const known = await tx.maybe(store.sanctionOfLease(organisation, payload.lease));
      if (known) {
        const rules = await policy.at(tx, organisation, at, known.place);
        const barredUntil = monthsAfter(at, 12 * rules.value('barred-years'));
        if (barredUntil > known.barredUntil)
          await change(tx, actor, known, { barredUntil, policy: rules.id }, 'eligibility.sanction-prolonged');
        return;
      }
      const lease = await tx.maybe(store.tenantOf(organisation, payload.lease));
      if (!lease) return;
      const household = (await parties.householdOf(tx, organisation, lease.party)) ?? lease.party;
      const ground = payload.kind === 'fraud' ? 'fraud' : 'violation';
      await add(tx, actor, {
        ...{ household, place: lease.place, hearing: null, hearingCode: null, ground, lease: lease.id, fine: 0 },
        reason: `违规退出 ${lease.code}`,
      });
    },
  };
}

export type Sanctions = ReturnType<typeof createSanctions>;
