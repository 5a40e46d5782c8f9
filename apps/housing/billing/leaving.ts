import type { Agreement, AgreementsService } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import type { DialRule } from './dial.ts';
import type { Dials } from './dials.ts';

/** What is known of a meter without anybody going there; thousandths of the unit. */
export interface MeterTold {
  readonly house: string;
  readonly subject: string;
  readonly begin: { readonly value: number; readonly rule: DialRule | 'billed' | 'handover' } | null;
  readonly end: { readonly value: number; readonly rule: DialRule } | null;
  /** When `end` was so. */
  readonly at: Date | null;
}

/** A meter of a house that is left: thousandths of the unit, at the last bill and on the last day. */
export interface LastReading {
  readonly subject: string;
  readonly begin: number;
  readonly end: number;
  /** Did the meter itself say so, or a person? Absent in readings from before it was kept: a person. */
  readonly source?: 'typed' | 'telemetry';
}

/** What is known of the meters of a house that is left, without anybody going there. */
export const createLeaving =
  ({ agreements, dials }: { agreements: Pick<AgreementsService, 'fees'>; dials: Pick<Dials, 'spansOf'> }) =>
  /**
   * Each meter the lease is billed by: from the last bill, else the reading it was handed over with, else the first day on, up to
   * `lastDay`. A figure that is not known is null; what rule it was found by stands beside it.
   */
  async (
    actor: Actor,
    lease: Agreement,
    lastDay: string,
    handover: Readonly<Record<string, number>>,
  ): Promise<MeterTold[]> => {
    const house = lease.subject;
    const fees = await agreements.fees(actor, lease.id);
    const subjects = new Set(fees.filter(({ basis }) => basis.kind === 'metered').map(({ subject }) => subject));
    const home = { house, place: lease.place, agreement: lease.id, firstDay: lease.startsOn, lastDay };
    const spans = await dials.spansOf(lease.organisation, home);
    return [...subjects].sort().map((subject) => {
      const span = spans.find((each) => each.subject === subject);
      const handed = handover[subject];
      const begin =
        span?.begin?.rule === 'billed' || handed === undefined
          ? (span?.begin ?? null)
          : { value: handed, rule: 'handover' as const };
      const end = span?.end && (!begin || span.end.value >= begin.value) ? span.end : null;
      return { house, subject, begin, end, at: span ? new Date(span.at) : null };
    });
  };

/** The readings where every meter has told both ends; undefined when a person has to go and look. */
export function readingsFrom(told: readonly MeterTold[]): LastReading[] | undefined {
  const readings = told.flatMap(({ subject, begin, end }) =>
    begin && end ? [{ subject, begin: begin.value, end: end.value, source: 'telemetry' as const }] : [],
  );
  return told.length > 0 && readings.length === told.length ? readings : undefined;
}

/** What a person wrote down, each marked by whether the meter said the same. */
export const withSource = (
  readings: readonly Omit<LastReading, 'source'>[],
  told: readonly MeterTold[],
): LastReading[] =>
  readings.map((reading) => {
    const same = told.some(
      ({ subject, begin, end }) =>
        subject === reading.subject && begin?.value === reading.begin && end?.value === reading.end,
    );
    return { ...reading, source: same ? 'telemetry' : 'typed' };
  });
