import type { AgreementKind } from '@keystead/apps/work/agreements';
import { dayOf, plusDays } from '@keystead/contracts/calendar';
import { problem } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';

export type LeaseKind = 'first' | 'renewal' | 'resign';

export interface LeaseFacts {
  readonly kind: LeaseKind;
  readonly previous: string | null;
  readonly shortenedFrom: string | null;
  readonly signedOn: string | null;
  readonly filingDueOn: string | null;
  readonly filedOn: string | null;
  readonly filingNumber: string | null;
}

/** Numbers of the city; they come from its policy when it has one. */
export interface LeaseRules {
  readonly longestYears: number;
  readonly filingDays: number;
  /** A lease may begin so many days before it is drafted. */
  readonly backDays: number;
  /** What a day of delay costs, in ten-thousandths of what is owed. */
  readonly latePermyriad: number;
}

/** The term of a lease that says what delay costs 违约金, so that it is signed for; later packs go by what it refers to. */
export const lateTerm = 'lateFee';
export const lateWords = (permyriad: number): string => `每日万分之 ${permyriad}`;

/** The numbers in force for an organisation now. */
export type RulesOf = (tx: Tx, organisation: string, place?: string) => Promise<LeaseRules>;

/** Measures for public rental housing: a lease of five years at most, filed within 30 days of signing; delay costs nothing. */
export const standardRules: LeaseRules = { longestYears: 5, filingDays: 30, backDays: 31, latePermyriad: 0 };

/** The life of a lease 租约 (research: contract states); filing runs beside it. */
export const leaseKind: AgreementKind = {
  name: 'lease',
  prefix: 'ZL',
  first: 'draft',
  steps: {
    submit: { from: ['draft'], to: 'pending-tenant' },
    withdraw: { from: ['pending-tenant', 'pending-lessor'], to: 'draft', reason: true },
    'tenant-signed': { from: ['pending-tenant'], to: 'pending-lessor' },
    'lessor-signed': { from: ['pending-lessor'], to: 'signed' },
    begin: { from: ['signed'], to: 'effective' },
    near: { from: ['effective'], to: 'expiring' },
    over: { from: ['effective', 'expiring'], to: 'holdover' },
    succeed: { from: ['effective', 'expiring', 'holdover'], to: 'ended' },
    end: { from: ['effective', 'expiring', 'holdover'], to: 'ended', reason: true },
    void: { from: ['draft', 'pending-tenant', 'pending-lessor', 'signed'], to: 'void', reason: true },
    archive: { from: ['ended', 'void'], to: 'archived' },
  },
  binding: ['pending-tenant', 'pending-lessor', 'signed', 'effective', 'expiring'],
  staying: ['holdover'],
  editable: ['draft'],
  amendable: ['signed', 'effective', 'expiring'],
  signing: {
    'pending-tenant': { role: 'tenant', step: 'tenant-signed' },
    'pending-lessor': { role: 'lessor', step: 'lessor-signed' },
  },
  leads: [60, 30, 7],
  clock: { begin: 'begin', near: 'near', succeed: 'succeed', over: 'over' },
};

/** States in which rent runs. */
export const rentStates = ['effective', 'expiring', 'holdover'] as const;

/** Steps people take; the others follow from signatures and from the calendar. */
export const ownSteps = ['submit', 'withdraw', 'end', 'void', 'archive'] as const;

/** The lease cannot be renewed or signed anew in its state, or somebody did it already. */
export class LeaseNotFollowable extends problem('lease-not-followable', 409) {}
export class LeasePeriodRefused extends problem('lease-period-refused', 400) {}
/** Only a signed lease is filed, and once. */
export class LeaseFilingRefused extends problem('lease-filing-refused', 409) {}

const yearsAfter = (date: string, years: number): string =>
  plusDays(`${Number(date.slice(0, 4)) + years}${date.slice(4).replace('02-29', '02-28')}`, -1);

/** Throws LeasePeriodRefused: no date, end before start, longer than allowed, or beginning too far back. */
export function checkPeriod(startsOn: string, endsOn: string, today: string, rules: LeaseRules): void {
  const refuse = (code: string, more: object = {}) => new LeasePeriodRefused({ code, ...more });
  if (dayOf(startsOn) === undefined || dayOf(endsOn) === undefined) throw refuse('no-date');
  if (endsOn < startsOn) throw refuse('order');
  const most = yearsAfter(startsOn, rules.longestYears);
  if (endsOn > most) throw refuse('too-long', { most });
  const earliest = plusDays(today, -rules.backDays);
  if (startsOn < earliest) throw refuse('too-early', { earliest });
}
