import { localDate } from '@keystead/contracts/calendar';
import { problem } from '@keystead/contracts/problem';

/** What a household did 处理事由; `violation` where an exit for cause says no more than that. */
export const sanctionGrounds = [
  'fraud',
  'sublet',
  'lend',
  'swap',
  'misuse',
  'damage',
  'unlawful',
  'idle',
  'violation',
] as const;
export type SanctionGround = (typeof sanctionGrounds)[number];

export const sanctionStates = ['imposed', 'appealed', 'upheld', 'lifted'] as const;
export type SanctionState = (typeof sanctionStates)[number];

/** What was decided about a household that cheated or misused its home 处理决定. */
export interface Sanction {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  /** The violation case in which it was heard; null where an exit for cause is the ground. */
  readonly hearing: string | null;
  readonly hearingCode: string | null;
  readonly ground: SanctionGround;
  readonly reason: string;
  readonly lease: string | null;
  readonly state: SanctionState;
  /** Version of the policy pack the decision went by. */
  readonly policy: string;
  readonly barredUntil: Date;
  /** Fen; charged once nobody can appeal any more. */
  readonly fine: number;
  readonly appealUntil: Date;
  readonly answerBy: Date | null;
  readonly appealReason: string | null;
  readonly answer: string | null;
  readonly finalAt: Date | null;
  readonly imposedAt: Date;
  readonly imposedBy: string;
  readonly imposedByName: string;
  readonly version: number;
}

export class SanctionMissing extends problem('sanction-missing', 404) {}
export class SanctionStepRefused extends problem('sanction-step-refused', 409) {}
/** Nobody is fined or barred unheard: steps of the hearing are open. */
export class HearingFirst extends problem('hearing-first', 409) {}
/** More than the policy allows; says how much that is, and where it stands written. */
export class FineTooHigh extends problem('fine-too-high', 422) {}
/** The household may not apply until a day; says by which decision, and until when that can be appealed. */
export class HouseholdBarred extends problem('household-barred', 409) {}

export const sanctionCode = (number: number): string => `CF${String(number).padStart(8, '0')}`;

/** Steps of a violation case that come before any decision; `apps/work/cases` has them in its checklist. */
const hearingSteps = ['核实线索', '书面告知当事人', '听取陈述申辩'];

/** Throws HearingFirst naming the steps that are not ticked off. */
export function requireHeard(items: readonly { text: string; doneAt: Date | null }[]): void {
  const open = hearingSteps.filter((step) => !items.some(({ text, doneAt }) => text === step && doneAt !== null));
  if (open.length > 0) throw new HearingFirst({ open });
}

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** Throws FineTooHigh. */
export function requireFine(fine: number, most: number, source: string): void {
  if (fine > most) throw new FineTooHigh({ most, yuan: yuan(most), source }, [{ pointer: '/fine', code: 'too-high' }]);
}

export const barredBy = ({ number, barredUntil, appealUntil, ground }: Sanction): HouseholdBarred =>
  new HouseholdBarred({
    ...{ until: localDate(barredUntil), appealUntil: localDate(appealUntil) },
    ...{ code: sanctionCode(number), ground },
  });
