import { type Actor, inScope } from '@keystead/contracts/access';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { isPeriod, periodOf } from './period.ts';
import { PeriodClosed, PeriodNotOver } from './problems.ts';
import { lockBooks } from './store.ts';

export interface Closing {
  period: string;
  at: Date;
  actorName: string;
  vouchers: number;
  /** Sum of the vouchers' debits, minor units. */
  amount: number;
  digest: string;
}

const columns = sql.raw(`period, at, actor_name as "actorName", vouchers, amount, digest`);

// Over every voucher of the month with its entries, in the order of their numbers.
const digestOf = (organisation: string, period: string) => sql<Pick<Closing, 'vouchers' | 'amount' | 'digest'>>`
  select count(*)::int as vouchers, coalesce(sum(amount), 0)::bigint as amount,
    encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by number), ''), 'utf8')), 'hex') as digest
  from (
    select p.number, p.amount, concat_ws('|', p.number, p.id, p.kind, p.key, p.at, p.agreement, p.party, p.document, p.reverses,
      p.memo, (select string_agg(concat_ws(':', e.line, e.account, e.agreement, e.subject, e.amount), ',' order by e.line)
        from ledger.entry e where e.posting = p.id)) as line
    from ledger.posting p where p.organisation = ${organisation} and p.period = ${period}) as v`;

export function createClosing({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const whole = (actor: Actor): void => {
    // The books are the organisation's: who answers for part of it neither closes nor proves them.
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  async function find(tx: Tx, organisation: string, period: string): Promise<Closing | undefined> {
    return tx.maybe(
      sql<Closing>`select ${columns} from ledger.closing where organisation = ${organisation} and period = ${period}`,
    );
  }

  return {
    /** Closes a month that is over: nothing is posted to it any more (H-9.3-d). Throws PeriodNotOver, PeriodClosed. */
    close: (actor: Actor, period: string): Promise<Closing> => {
      whole(actor);
      if (!isPeriod(period)) throw new InputInvalid({ in: 'body' }, [{ pointer: '/period', code: 'format' }]);
      if (period >= periodOf(clock.now())) throw new PeriodNotOver({ period });
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        await lockBooks(tx, organisation);
        if (await find(tx, organisation, period)) throw new PeriodClosed({ period });
        const figures = await tx.maybe(digestOf(organisation, period));
        const closing = {
          period,
          at: clock.now(),
          actorName: actor.name,
          ...(figures ?? { vouchers: 0, amount: 0, digest: '' }),
        };
        await tx.run(sql`
          insert into ledger.closing (organisation, period, at, actor, actor_name, vouchers, amount, digest)
          values (${organisation}, ${period}, ${closing.at}, ${actor.id}, ${actor.name}, ${closing.vouchers}, ${closing.amount}, ${closing.digest})`);
        const { vouchers, amount, digest } = closing;
        await audit.add(tx, actor, {
          action: 'ledger.close',
          subject: `period:${period}`,
          detail: { vouchers, amount, digest },
        });
        return closing;
      });
    },
    closings: (actor: Actor): Promise<Closing[]> =>
      db.read(
        actor.scope,
        sql<Closing>`
        select ${columns} from ledger.closing where organisation = ${actor.scope.organisation} order by period desc limit 240`,
      ),
    /** Whether the vouchers of a closed month are still those it was closed with. */
    prove: (actor: Actor, period: string): Promise<{ period: string; holds: boolean } | undefined> => {
      whole(actor);
      return db.transaction(actor.scope, async (tx) => {
        const closing = await find(tx, actor.scope.organisation, period);
        const now = await tx.maybe(digestOf(actor.scope.organisation, period));
        return closing && { period, holds: now?.digest === closing.digest && now.vouchers === closing.vouchers };
      });
    },
  };
}
