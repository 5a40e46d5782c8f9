import type { Choice } from './choice.ts';
import { dayIn, firstDay, lastDay, type Month, noon } from './months.ts';
import { type Household, householdOf } from './people.ts';

export interface LeaseTerm {
  readonly kind: 'first' | 'renewal';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: 'effective' | 'expiring' | 'holdover' | 'ended';
  readonly signedOn: string;
  readonly filedOn: string | null;
  /** Fen a month. */
  readonly rent: number;
}

export interface ReviewStep {
  readonly step: string;
  readonly from: string;
  readonly to: string;
  /** ms since 1970. */
  readonly at: number;
}

export interface Application {
  readonly state: string;
  readonly openedAt: number;
  readonly steps: readonly ReviewStep[];
  /** Square metres elsewhere. */
  readonly area: number;
}

export interface Tenancy {
  readonly number: number;
  readonly household: Household;
  readonly application: Application;
  readonly leases: readonly LeaseTerm[];
  readonly movedIn: string;
  /** Null while they live there. */
  readonly leftOn: string | null;
  readonly exit: 'voluntary' | 'expiry' | 'arrears' | null;
  readonly from: Month;
  readonly until: Month;
}

export interface Span {
  readonly from: Month;
  /** The month that runs. */
  readonly now: Month;
  /** Local date of today. */
  readonly today: string;
}

const course = [
  ['submit', 'submitted'],
  ['accept', 'checking'],
  ['forward', 'first-review'],
  ['pass', 'second-review'],
  ['pass', 'final-review'],
  ['publish', 'publicity'],
  ['close-publicity', 'approved'],
] as const;
const dayMs = 86_400_000;

/** The course of a first application up to a step; one that is not `approved` still lies where it got to. */
export function applicationOf(
  pick: Choice,
  openedOn: string,
  until: number = course.length,
  before = Infinity,
): Application {
  const openedAt = noon(openedOn, pick.below(240));
  const steps: ReviewStep[] = [{ step: 'open', from: '', to: 'draft', at: openedAt }];
  let [at, state] = [openedAt, 'draft'];
  for (const [step, to] of course.slice(0, until)) {
    at += (1 + pick.below(step === 'close-publicity' ? 12 : 4)) * dayMs + pick.below(180) * 60_000;
    if (at >= before) break;
    steps.push({ step, from: state, to, at });
    state = to;
  }
  return { state, openedAt, steps, area: pick.chance(0.2) ? 5 + pick.below(20) : 0 };
}

function leasesOf(pick: Choice, span: Span, start: Month, rent: number, stays: boolean): LeaseTerm[] {
  const leases: LeaseTerm[] = [];
  let month = start;
  let kind: LeaseTerm['kind'] = 'first';
  for (;;) {
    const years = 1 + pick.below(3);
    const last = month + years * 12 - 1;
    const price = Math.round((rent * (1 + 0.02 * Math.floor((month - span.from) / 24))) / 100) * 100;
    const signedOn = dayIn(month - 1, 12 + pick.below(15));
    const running = last >= span.now;
    const over = !running && last === span.now - 1 && pick.chance(0.4);
    const state = running ? (last <= span.now + 1 ? 'expiring' : 'effective') : over ? 'holdover' : 'ended';
    const filedOn = pick.chance(running && month > span.now - 2 ? 0.5 : 0.98) ? dayIn(month, 2 + pick.below(6)) : null;
    const known = filedOn !== null && filedOn <= span.today ? filedOn : null;
    leases.push({
      kind,
      startsOn: firstDay(month),
      endsOn: lastDay(last),
      state,
      signedOn,
      filedOn: known,
      rent: price,
    });
    const goesOn = !running && !over && (stays || pick.chance(0.72));
    if (!goesOn) return leases;
    month = last + 1;
    kind = 'renewal';
  }
}

/** Who lived in a home one after the other. `share` in [0, 1) says how long it stands empty between two of them. */
export function tenanciesOf(pick: Choice, span: Span, home: number, rent: number, share: number): Tenancy[] {
  const tenancies: Tenancy[] = [];
  let month = span.from + pick.below(share > 0.9 ? 40 : 7);
  while (month < span.now && tenancies.length < 8) {
    // Some homes wait for their next household to the end.
    if (share > 0.97) break;
    const number = home * 8 + tenancies.length;
    const household = householdOf(pick, number);
    const application = applicationOf(pick, dayIn(month - 4 - pick.below(6), 1 + pick.below(28)));
    const leases = leasesOf(pick, span, month, rent, pick.chance(0.5));
    const last = leases.at(-1);
    if (!last) break;
    const there = last.state !== 'ended';
    const until = there ? span.now : Number(last.endsOn.slice(0, 4)) * 12 + Number(last.endsOn.slice(5, 7)) - 1;
    const exit = there ? null : pick.chance(0.1) ? 'arrears' : pick.chance(0.4) ? 'voluntary' : 'expiry';
    const movedIn = dayIn(month, 1 + pick.below(9));
    tenancies.push({
      ...{ number, household, application, leases, exit, from: month, until },
      movedIn: movedIn < span.today ? movedIn : span.today,
      leftOn: there ? null : last.endsOn,
    });
    if (there) break;
    month = until + 1 + pick.below(share > 0.85 ? 14 : 4);
  }
  return tenancies;
}
