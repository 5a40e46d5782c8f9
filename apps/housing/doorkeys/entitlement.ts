import { dayOf, defaultZone, instantOf } from '@keystead/contracts/calendar';

/** A lease as keys look at it; days are local, the last one included. */
export interface LeaseFacts {
  readonly id: string;
  readonly state: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** From the first millisecond until before the last. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Both parties have signed: the key may be written, and begins by the lock's own clock. */
const entitling = ['signed', 'effective', 'expiring'];
/** Not over for the keys of the household: they come to life again with the next signature. */
const staying = [...entitling, 'holdover', 'pending-tenant', 'pending-lessor'];

const startOf = (date: string, plus = 0): number => instantOf(defaultZone, (dayOf(date) ?? 0) + plus, 0);

/** When the house is the household's: leases that follow one another without a gap are one span. Undefined = not now, not to come. */
export function entitlementOf(leases: readonly LeaseFacts[], now: number): Span | undefined {
  const spans = leases
    .filter(({ state }) => entitling.includes(state))
    .map(({ startsOn, endsOn }) => ({ from: startOf(startsOn), until: startOf(endsOn, 1) }))
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else joined.push({ ...span });
  }
  return joined.find(({ until }) => until > now);
}

/** Does anything still hold the keys of this household, be it only a lease on its way? */
export const isStaying = (leases: readonly LeaseFacts[]): boolean =>
  leases.some(({ state }) => staying.includes(state));
