import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { PolicyInForce, PolicyService } from '@keystead/apps/housing/policy';
import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Checks } from './checks.ts';
import {
  advance,
  isEnded,
  judging,
  published,
  type ReviewKind,
  type ReviewState,
  type ReviewStep,
  reasoned,
} from './course.ts';
import { workingDaysAfter } from './deadlines.ts';
import { dueAfter } from './due.ts';
import { type Inputs, type Judgement, judge } from './judgement.ts';
import {
  AppealLate,
  type ApplicantCategory,
  ChecksOpen,
  EligibilityNotMet,
  type Review,
  ReviewerRepeated,
  ReviewMissing,
  ReviewOpen,
  reviewCode,
} from './review.ts';
import { barredBy } from './sanction.ts';
import { barOf } from './sanction-store.ts';
import type { Standings } from './standing.ts';
import * as store from './store.ts';
import type { TellHousehold } from './telling.ts';

export interface ReviewDraft {
  readonly household: string;
  readonly kind: Exclude<ReviewKind, 'annual'>;
  /** Square metres the household has elsewhere. */
  readonly area: number;
  /** What an application is for. */
  readonly category?: ApplicantCategory | undefined;
}

export interface ReviewParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> {
  readonly parties: PartiesService;
  readonly policy: PolicyService;
  readonly households: HouseholdsService;
  readonly checks: Checks;
  readonly standings: Standings;
  readonly telling: Pick<TellHousehold, 'tell'>;
}

const inputsAt = (id: string): string => `review:${id}`;
/** Steps nobody takes for a household that is barred. */
const applying: readonly ReviewStep[] = ['submit', 'publish', 'appeal', 'grant-appeal'];
const papersWanted: ReadonlyMap<ReviewStep, 'tenant.papers-wanted' | 'tenant.papers-late'> = new Map([
  ['ask-supplement', 'tenant.papers-wanted'],
  ['lapse', 'tenant.papers-late'],
]);

/** Reviews of eligibility 资格审核: one course for the first application and for those who live there. */
export function createReviews({
  db,
  clock,
  outbox,
  audit,
  parties,
  policy,
  households,
  checks,
  standings,
  telling,
}: ReviewParts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<Review> =>
    tx.one(store.reviewById(actor.scope, id), () => new ReviewMissing({ id }));

  async function told(
    tx: Tx,
    actor: Actor,
    before: string,
    after: Review,
    step: ReviewStep | 'open',
    reason: string | null,
  ): Promise<void> {
    const { id, household, kind, category, state, place, organisation } = after;
    await store.addHistory(tx, after, actor, { at: clock.now(), step, from: before, to: state, reason });
    await outbox.add(
      tx,
      eligibilityChanged,
      { organisation, place },
      { id, household, kind, category, from: before, to: state },
    );
    const detail = { review: id, kind, from: before, to: state, reason };
    await audit.add(tx, actor, { action: `eligibility.${step}`, subject: `household:${household}`, place, detail });
  }

  /** A home is asked for, and a decision bars the household from it. Throws HouseholdBarred. */
  async function requireFree(
    tx: Tx,
    { organisation, household, kind }: Pick<Review, 'organisation' | 'household' | 'kind'>,
  ) {
    const [bar] = published.includes(kind) ? await tx.all(barOf(organisation, household, clock.now())) : [];
    if (bar) throw barredBy(bar);
  }

  /** Opens a review. Throws HouseholdMissing, PartyMissing, HouseholdBarred, ReviewOpen when one of the kind is under way. */
  async function openIn(tx: Tx, actor: Actor, draft: ReviewDraft, state: ReviewState = 'draft'): Promise<Review> {
    const { household, kind, area, category = 'general' } = draft;
    const file = await households.openIn(tx, actor, household, 'application');
    await requireFree(tx, { organisation: file.organisation, household, kind });
    const review = {
      ...{ id: newId(), organisation: file.organisation, place: file.place, household, kind, category, state, area },
      ...{ inputs: null, policy: null, because: [], reason: null, publicityUntil: null, appealUntil: null },
      ...{
        dueAt: null,
        duePolicy: null,
        remindAt: null,
        escalatedAt: null,
        cycle: null,
        lease: null,
        openedAt: clock.now(),
        decidedAt: null,
        endedAt: null,
        version: 1,
      },
    };
    if ((await store.addReview(tx, review)) === 0) throw new ReviewOpen({ household, kind });
    const made = await find(tx, actor, review.id);
    await told(tx, actor, '', made, 'open', null);
    return made;
  }

  /** What the household declares, put together for the decision and sealed with its data. */
  async function gather(
    tx: Tx,
    actor: Actor,
    review: Review,
  ): Promise<{ inputs: Inputs; sealed: Buffer; persons: string[] }> {
    const persons = (await parties.membersIn(tx, review.household)).map(({ person }) => person);
    const sums = { income: 0, assets: 0 };
    for (const person of persons) {
      const declared = await checks.declaredBy(tx, actor, person, 0);
      sums.income += declared.income ?? 0;
      sums.assets += declared.assets ?? 0;
    }
    const inputs = { persons: persons.length, ...sums, area: review.area };
    const household = await parties.active(tx, actor, review.household);
    return {
      inputs,
      persons,
      sealed: await parties.sealText(tx, household, inputsAt(review.id), JSON.stringify(inputs)),
    };
  }

  async function inputsOf(tx: Tx, review: Review): Promise<Inputs> {
    if (!review.inputs) throw new ChecksOpen({ id: review.id });
    return JSON.parse(await parties.unsealText(tx, review.household, inputsAt(review.id), review.inputs)) as Inputs;
  }

  /** No judgement while authorities are silent or contradict. */
  async function requireChecked(tx: Tx, review: Review): Promise<void> {
    const open = (await tx.all(store.inquiriesOf(review.id))).filter(
      ({ state }) => !['agrees', 'waived'].includes(state),
    );
    if (open.length > 0) throw new ChecksOpen({ inquiries: open.map(({ source, state }) => ({ source, state })) });
  }

  /** Each stage by somebody else. */
  async function requireNewJudge(tx: Tx, actor: Actor, review: Review): Promise<void> {
    const history = await tx.all(store.historyOf(review.id));
    const since = history.findLastIndex(({ step }) => step === 'accept');
    const judged = history
      .slice(since + 1)
      .some(({ step, actor: by }) => by === actor.id && judging.includes(step as ReviewStep));
    if (judged) throw new ReviewerRepeated({ id: review.id });
  }

  /** What a step does to the review besides its state. */
  async function consequence(
    tx: Tx,
    actor: Actor,
    before: Review,
    step: ReviewStep,
    reason: string | null,
    rules: PolicyInForce,
  ): Promise<Partial<Review>> {
    const at = clock.now();
    if (applying.includes(step)) await requireFree(tx, before);
    if (step === 'accept') {
      const { sealed, persons } = await gather(tx, actor, before);
      await checks.begin(tx, before, persons);
      return { inputs: sealed };
    }
    if (step === 'forward') await requireChecked(tx, before);
    if (judging.includes(step)) await requireNewJudge(tx, actor, before);
    if (step === 'publish' || step === 'approve' || step === 'grant-appeal') {
      const verdict = judge(await inputsOf(tx, before), rules);
      if (!verdict.eligible && step !== 'grant-appeal') throw new EligibilityNotMet({ because: verdict.because });
      const decided = { policy: rules.id, because: verdict.because, decidedAt: at, reason };
      return step === 'publish'
        ? { ...decided, publicityUntil: workingDaysAfter(at, rules.value('publicity-days')) }
        : decided;
    }
    if (step === 'refuse' || step === 'uphold-objection') {
      const verdict: Judgement = before.inputs
        ? judge(await inputsOf(tx, before), rules)
        : { eligible: false, because: [] };
      const appealUntil = workingDaysAfter(at, rules.value('appeal-filing-days'));
      return { policy: rules.id, because: verdict.because, decidedAt: at, reason, appealUntil };
    }
    if (step === 'appeal') {
      if (!before.appealUntil || before.appealUntil < at)
        throw new AppealLate({ until: before.appealUntil?.toISOString() });
      return { endedAt: null };
    }
    // Refused for the second time: no further appeal.
    return step === 'refuse-appeal' ? { appealUntil: null, reason, decidedAt: at } : {};
  }

  /** Which papers, until when; or that they did not come. What was asked in words stands where the household signs in. */
  async function tellOfPapers(tx: Tx, before: Review, after: Review, step: ReviewStep): Promise<void> {
    const text = papersWanted.get(step);
    const day = step === 'lapse' ? before.dueAt : after.dueAt;
    if (!text || !day) return;
    const { organisation, place, household, number } = after;
    const detail = localDate(day);
    await telling.tell(tx, { organisation, place, household, text, code: reviewCode(number), detail });
  }

  /** What becomes of the household when a review ends. */
  async function entitle(tx: Tx, actor: Actor, review: Review, step: ReviewStep): Promise<void> {
    if (review.state === 'approved') await standings.grant(tx, actor, review);
    if (review.state !== 'refused') return;
    const standing = await standings.find(tx, actor, review.household);
    if (step === 'refuse-appeal' && standing?.status === 'suspended') await standings.lose(tx, actor, review);
    else await standings.suspend(tx, actor, review);
  }

  /**
   * One step in the caller's transaction: right course, its conditions, history, journal and events together. Throws
   * ReviewMissing, ReviewStepRefused, EditConflict, ChecksOpen, EligibilityNotMet, ReviewerRepeated, AppealLate, HouseholdBarred, InputInvalid.
   */
  async function takeIn(
    tx: Tx,
    actor: Actor,
    id: string,
    step: ReviewStep,
    reason: string | null,
    version?: number,
  ): Promise<Review> {
    const before = await find(tx, actor, id);
    if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
    const state = advance(before.kind, before.state, step, actor.kind === 'system');
    if (reasoned.includes(step) && !reason?.trim())
      throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
    const rules = await policy.at(tx, before.organisation, clock.now(), before.place);
    const changed = await consequence(tx, actor, before, step, reason, rules);
    const after: Review = { ...before, ...changed, ...dueAfter(before, step, rules, clock.now()), state };
    await store.saveReview(tx, { ...after, endedAt: isEnded(state) ? clock.now() : null });
    const saved = await find(tx, actor, id);
    await told(tx, actor, before.state, saved, step, reason);
    await tellOfPapers(tx, before, saved, step);
    await entitle(tx, actor, saved, step);
    return saved;
  }

  /** How it would be judged now, by which version of the policy; undefined while nothing was gathered, or when it is decided or ended. */
  async function verdictOf(tx: Tx, review: Review): Promise<(Judgement & { policy: string }) | undefined> {
    if (!review.inputs || review.decidedAt || review.endedAt) return undefined;
    const rules = await policy.at(tx, review.organisation, clock.now(), review.place);
    return { ...judge(await inputsOf(tx, review), rules), policy: `${rules.code} ${rules.number}` };
  }

  return {
    find,
    requireFree,
    verdictOf,
    openIn,
    takeIn,
    inputsOf,
    open: (actor: Actor, draft: ReviewDraft) => db.transaction(actor.scope, (tx) => openIn(tx, actor, draft)),
    take: (actor: Actor, id: string, step: ReviewStep, reason: string | null, version?: number) =>
      db.transaction(actor.scope, (tx) => takeIn(tx, actor, id, step, reason, version)),
  };
}

export type Reviews = ReturnType<typeof createReviews>;
