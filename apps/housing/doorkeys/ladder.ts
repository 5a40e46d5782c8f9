/** What a household that lost its eligibility may still open 冻结阶梯. */
export const rungs = ['none', 'guests', 'gates', 'door'] as const;
export type Rung = (typeof rungs)[number];

/** Grounds on which a person closes the front door. */
export const closingGrounds = ['handed-over', 'court-order'] as const;
export type ClosingGround = (typeof closingGrounds)[number];

/** The final decision about a household: nobody can appeal it any more. */
export interface Loss {
  readonly lostAt: number;
  /** Until then the household lives there lawfully. */
  readonly moveOutBy: number;
  /** When a person closed the front door, on a paper. */
  readonly closedAt: number | null;
}

const day = 86_400_000;

/** When each rung is reached; the last never by the clock alone: it tells when somebody may be asked for it. */
export function rungTimes(loss: Loss, days: readonly number[]): { guests: number; gates: number; door: number } {
  const [guests = 0, gates = guests, door = gates] = days;
  const at = (count: number): number => loss.lostAt + count * day;
  return { guests: at(guests), gates: at(gates), door: Math.max(at(door), loss.moveOutBy) };
}

/**
 * How far the ladder has got (K23): guests' keys first, then the gates of common areas; the front door only by a person's
 * decision. Without a final decision nothing happens, whatever is suspected.
 */
export function rungOf(loss: Loss | undefined, days: readonly number[], now: number): Rung {
  if (!loss) return 'none';
  const { guests, gates } = rungTimes(loss, days);
  if (loss.closedAt !== null && now >= loss.closedAt) return 'door';
  if (now >= gates) return 'gates';
  return now >= guests ? 'guests' : 'none';
}

/** The next moment at which the clock alone changes something; undefined = never. */
export function nextRung(loss: Loss | undefined, days: readonly number[], now: number): number | undefined {
  if (!loss || loss.closedAt !== null) return undefined;
  const { guests, gates } = rungTimes(loss, days);
  return [guests, gates].find((at) => at > now);
}

/** May this key be kept from this door on this rung? Only from outside: leaving is decided by no key. */
export function isKeptFrom(rung: Rung, { guest, gate }: { guest: boolean; gate: boolean }): boolean {
  if (rung === 'none') return false;
  return guest || rung === 'door' || (gate && rung === 'gates');
}

/** A court's order follows a final decision and the time to move out; who handed the house over has nothing to open there. */
export const mayClose = (
  loss: Loss | undefined,
  ground: ClosingGround,
  days: readonly number[],
  now: number,
): boolean => ground === 'handed-over' || (loss !== undefined && now >= rungTimes(loss, days).door);
