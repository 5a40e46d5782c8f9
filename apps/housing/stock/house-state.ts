import { problem } from '@keystead/contracts/problem';

/** The life of a house 房源状态 (H-9.1.1-b-1). 待分配 = allocatable, 已入住 = occupied, 维修中 = maintenance, 空置 = vacant. */
export const houseStates = [
  'undelivered',
  'vacant',
  'allocatable',
  'reserved',
  'pending-move-in',
  'occupied',
  'moving-out',
  'maintenance',
  'disabled',
] as const;
export type HouseState = (typeof houseStates)[number];

export const houseSteps = [
  'deliver',
  'release',
  'withdraw',
  'reserve',
  'lapse',
  'sign',
  'unsign',
  'move-in',
  'follow',
  'start-leaving',
  'stay',
  'vacate',
  'start-repair',
  'end-repair',
  'disable',
  'enable',
] as const;
export type HouseStep = (typeof houseSteps)[number];

/** Steps that belong to a lease, an allocation or the clock: their modules take them, nobody presses them in a list. */
export const steppedByOthers: readonly HouseStep[] = [
  'reserve',
  'lapse',
  'sign',
  'unsign',
  'move-in',
  'follow',
  'start-leaving',
  'stay',
  'vacate',
];

/** The step does not lead anywhere from the state the house is in; also said to the second of two who want one house. */
export class HouseStepRefused extends problem('house-step-refused', 409) {}
/** The step leads on, but what it asks for is not there: complete papers, a lease, a signed handover, a reason. */
export class HouseStepUnfounded extends problem('house-step-unfounded', 422) {}

/** What a step is founded on. */
export interface StepFacts {
  readonly reason?: string;
  /** Id of the lease behind it. */
  readonly lease?: string;
  /** Id of the signed handover. */
  readonly handover?: string;
  /** A reservation ends then. */
  readonly until?: Date;
}

/** What guards look at. */
export interface Standing {
  readonly state: HouseState;
  /** Percent of the required entries of the dossier. */
  readonly completeness: number;
  readonly repairing: boolean;
}

type Need = 'dossier' | 'lease' | 'handover' | 'until' | 'reason';

interface Transition {
  readonly step: HouseStep;
  readonly from: readonly HouseState[];
  readonly to: HouseState;
  readonly needs?: readonly Need[];
}

const transitions: readonly Transition[] = [
  { step: 'deliver', from: ['undelivered'], to: 'vacant' },
  { step: 'release', from: ['vacant'], to: 'allocatable', needs: ['dossier'] },
  { step: 'withdraw', from: ['allocatable'], to: 'vacant', needs: ['reason'] },
  { step: 'reserve', from: ['allocatable'], to: 'reserved', needs: ['until'] },
  { step: 'lapse', from: ['reserved'], to: 'allocatable' },
  { step: 'sign', from: ['reserved', 'allocatable'], to: 'pending-move-in', needs: ['lease'] },
  { step: 'unsign', from: ['pending-move-in'], to: 'allocatable', needs: ['reason'] },
  { step: 'move-in', from: ['pending-move-in'], to: 'occupied', needs: ['lease', 'handover'] },
  // Another lease takes the place of the one that was: renewed, or signed anew.
  { step: 'follow', from: ['occupied'], to: 'occupied', needs: ['lease'] },
  { step: 'start-leaving', from: ['occupied'], to: 'moving-out', needs: ['reason'] },
  { step: 'stay', from: ['moving-out'], to: 'occupied', needs: ['reason'] },
  { step: 'vacate', from: ['moving-out'], to: 'vacant', needs: ['handover'] },
  { step: 'start-repair', from: ['vacant', 'allocatable'], to: 'maintenance', needs: ['reason'] },
  // Somebody lives there, or is about to leave: it stays what it is and bears the mark.
  { step: 'start-repair', from: ['occupied'], to: 'occupied', needs: ['reason'] },
  { step: 'start-repair', from: ['moving-out'], to: 'moving-out', needs: ['reason'] },
  { step: 'end-repair', from: ['maintenance'], to: 'vacant' },
  { step: 'end-repair', from: ['occupied'], to: 'occupied' },
  { step: 'end-repair', from: ['moving-out'], to: 'moving-out' },
  { step: 'disable', from: ['undelivered', 'vacant', 'allocatable', 'maintenance'], to: 'disabled', needs: ['reason'] },
  { step: 'enable', from: ['disabled'], to: 'vacant', needs: ['reason'] },
];

const open = (standing: Pick<Standing, 'state' | 'repairing'>, { step, from, to }: Transition): boolean =>
  from.includes(standing.state) &&
  // A mark that is there cannot be set, and one that is not cannot be taken off.
  !(step === 'start-repair' && standing.repairing) &&
  !(step === 'end-repair' && to === standing.state && !standing.repairing);

/** Steps that lead somewhere, whatever they then ask for. */
export const stepsFrom = (standing: Pick<Standing, 'state' | 'repairing'>): HouseStep[] =>
  houseSteps.filter((step) => transitions.some((each) => each.step === step && open(standing, each)));

/** What the step may ask of the person who takes it. */
export const needsOf = (state: HouseState, step: HouseStep): readonly Need[] =>
  transitions.find((each) => each.step === step && each.from.includes(state))?.needs ?? [];

function lacks(need: Need, standing: Standing, facts: StepFacts): boolean {
  if (need === 'dossier') return standing.completeness < 100;
  if (need === 'reason') return !facts.reason?.trim();
  return facts[need] === undefined;
}

/** Where the step leads. Throws HouseStepRefused naming what would be possible, HouseStepUnfounded naming each missing ground. */
export function advance(standing: Standing, step: HouseStep, facts: StepFacts): { to: HouseState; repairing: boolean } {
  const found = transitions.find((each) => each.step === step && open(standing, each));
  if (!found) throw new HouseStepRefused({ state: standing.state, step, possible: stepsFrom(standing) });
  const missing = (found.needs ?? []).filter((need) => lacks(need, standing, facts));
  if (missing.length > 0)
    throw new HouseStepUnfounded(
      { step, missing },
      missing.map((need) => ({ pointer: `/${need}`, code: need === 'dossier' ? 'dossier-incomplete' : 'required' })),
    );
  const repairing =
    found.to === 'maintenance' || (step === 'start-repair' ? true : step === 'end-repair' ? false : standing.repairing);
  return { to: found.to, repairing: found.to === 'vacant' ? false : repairing };
}

/** Nobody lives there and nobody is about to: days of vacancy count (H-9.1.1-d-2). */
export const isEmpty = (state: HouseState): boolean =>
  state === 'vacant' || state === 'allocatable' || state === 'maintenance';
export const emptyStates: readonly HouseState[] = houseStates.filter(isEmpty);
export const isHouseState = (text: string): text is HouseState => (houseStates as readonly string[]).includes(text);
