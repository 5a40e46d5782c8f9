import type { Tx } from '@keystead/kernel/db';
import { copyInto } from '@keystead/kernel/db/copy';
import { isEnded, type ReviewKind, type ReviewState, type ReviewStep } from './course.ts';

export interface ReviewHistory {
  readonly id: string;
  readonly household: string;
  readonly place: string;
  readonly kind: Exclude<ReviewKind, 'annual'>;
  readonly state: ReviewState;
  readonly area: number;
  readonly openedAt: Date;
  readonly steps: readonly { step: ReviewStep | 'open'; from: string; to: string; at: Date }[];
  /** What the household is entitled to by it; null = nothing follows any more. */
  readonly validUntil: Date | null;
}

const columns = [
  'id',
  'organisation',
  'place',
  'household',
  'kind',
  'state',
  'area',
  'opened_at',
  'decided_at',
  'ended_at',
];
const lineColumns = [
  'application',
  'organisation',
  'number',
  'at',
  'step',
  'from_state',
  'to_state',
  'actor',
  'actor_name',
];

/**
 * Reviews decided before the platform, many at once: without the inputs they went by, so a replay leaves them out. Only in
 * a transaction on a connection of its own.
 */
export async function importHistory(
  tx: Tx,
  organisation: string,
  reviews: readonly ReviewHistory[],
  by: { id: string; name: string },
): Promise<void> {
  const heads = reviews.map(({ id, place, household, kind, state, area, openedAt, steps }) => {
    const end = isEnded(state) ? (steps.at(-1)?.at ?? null) : null;
    return [id, organisation, place, household, kind, state, area, openedAt, end, end];
  });
  await copyInto(tx, 'eligibility.application', columns, heads);
  const lines = reviews.flatMap(({ id, steps }) =>
    steps.map(({ step, from, to, at }, index) => [id, organisation, index + 1, at, step, from, to, by.id, by.name]),
  );
  await copyInto(tx, 'eligibility.history', lineColumns, lines);
  const standings = reviews
    .filter(({ validUntil }) => validUntil !== null)
    .map(({ id, household, place, validUntil, openedAt, steps }) => [
      ...[household, organisation, place, 'valid', id],
      ...[validUntil, steps.at(-1)?.at ?? openedAt],
    ]);
  await copyInto(
    tx,
    'eligibility.standing',
    ['household', 'organisation', 'place', 'status', 'application', 'valid_until', 'changed_at'],
    standings,
  );
}
