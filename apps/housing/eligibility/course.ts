import { problem } from '@keystead/contracts/problem';

export const reviewKinds = ['initial', 'pre-allocation', 'annual', 'renewal', 'change', 'spot'] as const;
export type ReviewKind = (typeof reviewKinds)[number];

export const reviewStates = [
  'draft',
  'submitted',
  'supplement',
  'checking',
  'first-review',
  'second-review',
  'final-review',
  'publicity',
  'objected',
  'approved',
  'refused',
  'appeal',
  'withdrawn',
] as const;
export type ReviewState = (typeof reviewStates)[number];

export const reviewSteps = [
  'submit',
  'ask-supplement',
  'accept',
  'forward',
  'pass',
  'approve',
  'publish',
  'refuse',
  'object',
  'dismiss-objection',
  'uphold-objection',
  'close-publicity',
  'appeal',
  'grant-appeal',
  'refuse-appeal',
  'withdraw',
  'lapse',
  'bar',
] as const;
export type ReviewStep = (typeof reviewSteps)[number];

export class ReviewStepRefused extends problem('review-step-refused', 409) {}

interface Way {
  readonly step: ReviewStep;
  readonly from: readonly ReviewState[];
  readonly to: ReviewState;
  /** Only for these kinds; all unless told. */
  readonly kinds?: readonly ReviewKind[];
  /** Only the platform takes it. */
  readonly platform?: true;
}

/** Kinds whose result is shown to everybody before it holds: a home is asked for. */
export const published: readonly ReviewKind[] = ['initial', 'pre-allocation'];
const sitting: readonly ReviewKind[] = ['annual', 'renewal', 'change', 'spot'];
/** Kinds the household asks for: they end when papers do not come. The others go on without them. */
const asked: readonly ReviewKind[] = [...published, 'renewal'];
const unasked: readonly ReviewKind[] = ['annual', 'change', 'spot'];
const underWay: readonly ReviewState[] = [
  ...(['draft', 'submitted', 'supplement', 'checking', 'first-review', 'second-review', 'final-review'] as const),
  ...(['publicity', 'objected', 'appeal'] as const),
];

/** The course of a review as data; a process engine can take it over. */
const ways: readonly Way[] = [
  { step: 'submit', from: ['draft', 'supplement'], to: 'submitted' },
  { step: 'ask-supplement', from: ['submitted', 'checking', 'first-review'], to: 'supplement' },
  { step: 'accept', from: ['submitted'], to: 'checking' },
  { step: 'forward', from: ['checking'], to: 'first-review' },
  { step: 'pass', from: ['first-review'], to: 'second-review' },
  { step: 'pass', from: ['second-review'], to: 'final-review' },
  { step: 'publish', from: ['final-review'], to: 'publicity', kinds: published },
  { step: 'approve', from: ['final-review'], to: 'approved', kinds: sitting },
  { step: 'refuse', from: ['checking', 'first-review', 'second-review', 'final-review'], to: 'refused' },
  { step: 'object', from: ['publicity'], to: 'objected' },
  { step: 'dismiss-objection', from: ['objected'], to: 'publicity' },
  { step: 'uphold-objection', from: ['objected'], to: 'refused' },
  { step: 'close-publicity', from: ['publicity'], to: 'approved', platform: true },
  { step: 'appeal', from: ['refused'], to: 'appeal' },
  { step: 'grant-appeal', from: ['appeal'], to: 'approved' },
  { step: 'refuse-appeal', from: ['appeal'], to: 'refused' },
  { step: 'withdraw', from: ['draft', 'submitted', 'supplement', 'checking'], to: 'withdrawn' },
  { step: 'lapse', from: ['supplement'], to: 'withdrawn', kinds: asked, platform: true },
  { step: 'lapse', from: ['supplement'], to: 'submitted', kinds: unasked, platform: true },
  { step: 'bar', from: underWay, to: 'withdrawn', kinds: published, platform: true },
];

const open = (way: Way, kind: ReviewKind, state: ReviewState): boolean =>
  way.from.includes(state) && (way.kinds?.includes(kind) ?? true);

/** Steps people can take from here. */
export const stepsFrom = (kind: ReviewKind, state: ReviewState): ReviewStep[] =>
  ways.filter((way) => !way.platform && open(way, kind, state)).map(({ step }) => step);

/** Where a step leads; throws ReviewStepRefused naming those that are possible. */
export function advance(kind: ReviewKind, state: ReviewState, step: ReviewStep, platform = false): ReviewState {
  const way = ways.find((each) => each.step === step && open(each, kind, state) && (platform || !each.platform));
  if (!way) throw new ReviewStepRefused({ state, step, possible: stepsFrom(kind, state) });
  return way.to;
}

/** Nothing is expected any more; a refusal may still be appealed. */
export const isEnded = (state: ReviewState): boolean => ['approved', 'refused', 'withdrawn'].includes(state);

/** Steps of one review that no one person takes together: whoever passed a stage does not pass the next. */
export const judging: readonly ReviewStep[] = ['forward', 'pass', 'publish', 'approve'];
/** Steps that only take papers in; all others decide on somebody's home. */
export const clerical: readonly ReviewStep[] = ['submit', 'ask-supplement', 'accept', 'object', 'appeal', 'withdraw'];
/** Steps that need a reason in words. */
export const reasoned: readonly ReviewStep[] = [
  'ask-supplement',
  'refuse',
  'object',
  'dismiss-objection',
  'uphold-objection',
  'appeal',
  'grant-appeal',
  'refuse-appeal',
];
/** Is this kind about a household that lives in public housing already? */
export const isSitting = (kind: ReviewKind): boolean => sitting.includes(kind);
