import type { AgreementsService } from '@keystead/apps/work/agreements';
import { dayBegins, plusDays } from '@keystead/contracts/calendar';
import type { Tx } from '@keystead/kernel/db';
import { copyInto } from '@keystead/kernel/db/copy';
import type { LeaseKind, RulesOf } from './lease.ts';

type AgreementHistory = Parameters<AgreementsService['importHistory']>[2][number];

export interface LeaseHistory extends Omit<AgreementHistory, 'kind' | 'course'> {
  readonly kind: LeaseKind;
  readonly signedOn: string;
  readonly filedOn: string | null;
  readonly filingNumber: string | null;
}

const columns = ['agreement', 'organisation', 'place', 'kind', 'previous', 'signed_on', 'filing_due_on', 'filed_on'];

/** A lease was in force from its first day on; one that is over ended with its last. */
const courseOf = ({ state, startsOn, endsOn }: Pick<LeaseHistory, 'state' | 'startsOn' | 'endsOn'>) =>
  state === 'ended'
    ? [
        { state: 'effective', at: dayBegins(startsOn) },
        { state, at: dayBegins(plusDays(endsOn, 1)) },
      ]
    : [{ state, at: dayBegins(startsOn) }];

/** Leases made before the platform, many at once; only in a transaction on a connection of its own. */
export const createHistory = (agreements: AgreementsService, rules: RulesOf) =>
  async function importHistory(
    tx: Tx,
    organisation: string,
    leases: readonly LeaseHistory[],
    by: { id: string; name: string },
  ): Promise<void> {
    const made = leases.map((lease) => ({ ...lease, kind: 'lease', course: courseOf(lease) }));
    const { filingDays } = await rules(tx, organisation);
    await agreements.importHistory(tx, organisation, made, by);
    const rows = leases.map(({ id, place, kind, replaces, signedOn, filedOn, filingNumber }) => [
      ...[id, organisation, place, kind, replaces, signedOn],
      ...[plusDays(signedOn, filingDays), filedOn, filingNumber],
    ]);
    await copyInto(tx, 'leases.lease', [...columns, 'filing_number'], rows);
  };
