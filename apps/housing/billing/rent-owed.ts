import { rentStates } from '@keystead/apps/housing/leases';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import { localDate } from '@keystead/contracts/calendar';
import { nilId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { rent, rentMonthsOwed } from './calculation.ts';

type Parts = Pick<Kernel, 'clock'> & { agreements: AgreementsService };

/** For how many months in all the rent of a lease is owed today, by its bills (decree 11, article 29). */
export const createRentOwed =
  ({ clock, agreements }: Parts) =>
  async (tx: Tx, organisation: string, agreement: string): Promise<number> => {
    const today = localDate(clock.now());
    const rows = await tx.all(sql<{ period: string }>`
      select distinct period from ledger_pub.charge where organisation = ${organisation} and agreement = ${agreement} and subject = ${rent}
        and reversed_at is null and settled + waived < amount and due_on < ${today}::date`);
    if (rows.length === 0) return 0;
    const asked = {
      kind: 'lease',
      role: 'tenant',
      states: [...rentStates],
      from: '0001-01-01',
      to: today,
      after: nilId,
    };
    const [lease] = await agreements.billable(tx, organisation, { ...asked, limit: 1, id: agreement });
    return rentMonthsOwed(
      rows.map(({ period }) => period),
      lease?.fees ?? [],
      today,
    );
  };
