import type { BillingService } from '@keystead/apps/housing/billing';
import type { MoveInsService } from '@keystead/apps/housing/movein';
import type { Agreement, AgreementsService } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';
import type { MeterReading, MeterTold, SwapSide } from './swap.ts';

export interface MeterParts {
  readonly agreements: AgreementsService;
  readonly billing: BillingService;
  readonly moveIns: MoveInsService;
}

/** What is known of the meters of a house that is left, without anybody going there. */
export function createMeters({ agreements, billing, moveIns }: MeterParts) {
  return {
    /**
     * Each meter the lease is billed by: from the last bill, else the handover, else the first day on, up to `lastDay`. A figure that is
     * not known is null; what rule it was found by stands beside it.
     */
    toldOf: async (tx: Tx, actor: Actor, side: SwapSide, lease: Agreement, lastDay: string): Promise<MeterTold[]> => {
      const { house } = side;
      const fees = await agreements.fees(actor, lease.id);
      const subjects = new Set(fees.filter(({ basis }) => basis.kind === 'metered').map(({ subject }) => subject));
      const home = { house, place: lease.place, agreement: lease.id, firstDay: lease.startsOn, lastDay };
      const spans = await billing.dials.spansOf(lease.organisation, home);
      const handover = await moveIns.readingsOf(tx, lease.id);
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
    },
  };
}

export type Meters = ReturnType<typeof createMeters>;

/** The readings where every meter has told both ends; undefined when a person has to go and look. */
export function readingsFrom(told: readonly MeterTold[]): MeterReading[] | undefined {
  const readings = told.flatMap(({ subject, begin, end }) =>
    begin && end ? [{ subject, begin: begin.value, end: end.value, source: 'telemetry' as const }] : [],
  );
  return told.length > 0 && readings.length === told.length ? readings : undefined;
}

/** What a person wrote down, each marked by whether the meter said the same. */
export const withSource = (
  readings: readonly Omit<MeterReading, 'source'>[],
  told: readonly MeterTold[],
): MeterReading[] =>
  readings.map((reading) => {
    const same = told.some(
      ({ subject, begin, end }) =>
        subject === reading.subject && begin?.value === reading.begin && end?.value === reading.end,
    );
    return { ...reading, source: same ? 'telemetry' : 'typed' };
  });
