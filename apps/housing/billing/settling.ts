import { createHash } from 'node:crypto';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Accounts, type ChannelRow, ways } from './accounts.ts';
import type { Answered, Incoming, Told } from './channels/channel.ts';
import { type OrderRow, orderColumns } from './order.ts';
import { AmountWrong, CallbackRefused, OrderMissing } from './problems.ts';
import type { Refunds } from './refunds.ts';

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  ledger: LedgerService;
  accounts: Accounts;
  refunds: Pick<Refunds, 'end'>;
};

/** Taking in what a channel says of a payment: told by itself, or when it is asked. */
export function createSettling({ db, clock, audit, ledger, accounts, refunds }: Parts) {
  /** The charges of the bill an order was for are settled before older ones: the payer named it. */
  async function chargesOf(tx: Tx, bill: string | null): Promise<Set<string>> {
    if (!bill) return new Set();
    const rows = await tx.all(
      sql<{ id: string }>`select id from ledger_pub.charge where document = ${bill} and reversed_at is null`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Books what is said, once for the channel's number of it. Throws OrderMissing, AmountWrong, PeriodClosed. */
  async function settle(tx: Tx, channel: ChannelRow, told: Told): Promise<string> {
    const actor = systemActor(`billing.${channel.kind}`, channel.organisation as OrganisationId);
    if (told.refund) return refunds.end(tx, channel, told.refund.number, told.refund.state);
    const found = await tx.maybe(sql<OrderRow>`
      select ${orderColumns} from billing.pay_order where number = ${told.number} and channel = ${channel.id} for update`);
    if (!found) throw new OrderMissing({ number: told.number });
    if (found.amount !== told.amount) throw new AmountWrong({ wanted: found.amount, told: told.amount });
    if (!told.paid) return 'noted';
    const { agreement, party, place, bill, amount } = found;
    const payment = { channel: channel.kind, reference: told.transaction, agreement, party, place, amount };
    const first = await chargesOf(tx, bill);
    const { id, fresh } = await ledger.pay(tx, actor, { ...payment, paidAt: told.paidAt, first });
    await tx.run(sql`
      update billing.pay_order set state = 'paid', transaction = ${told.transaction}, ended_at = ${clock.now()}
      where id = ${found.id} and (state <> 'paid' or transaction is null)`);
    if (fresh) {
      const detail = { channel: channel.kind, reference: told.transaction, amount };
      await audit.add(tx, actor, { action: 'payment.told', subject: `payment:${id}`, place, detail });
    }
    return fresh ? 'paid' : 'again';
  }

  async function note(tx: Tx, channel: ChannelRow, outcome: string, number: string | null, body: Buffer) {
    const digest = createHash('sha256').update(body).digest('hex');
    await tx.run(sql`
      insert into billing.callback (id, organisation, channel, at, outcome, number, digest)
      values (${newId()}, ${channel.organisation}, ${channel.id}, ${clock.now()}, ${outcome}, ${number}, ${digest})`);
  }

  return {
    settle,
    note,
    /**
     * A callback: what is not the channel's is refused and noted; told again it changes nothing and is accepted again, so
     * that the channel stops telling (H-9.1.4-a-2). The answer is in the channel's own words.
     */
    told: async (id: string, incoming: Omit<Incoming, 'now'>): Promise<Answered> => {
      const channel = await accounts.find(id);
      const way = ways[channel.kind];
      const refusal = (outcome: string, number: string | null) =>
        db.systemTransaction((tx) => note(tx, channel, outcome, number, incoming.body)).then(() => way.refused);
      let message: Told;
      try {
        message = way.read(
          { header: (name) => incoming.header(name), body: incoming.body, now: clock.now() },
          channel.settings,
          accounts.secretOf(channel),
        );
      } catch (cause) {
        if (!(cause instanceof CallbackRefused)) throw cause;
        return refusal(`refused:${cause.data.why}`, null);
      }
      try {
        await db.systemTransaction(async (tx) =>
          note(tx, channel, await settle(tx, channel, message), message.number, incoming.body),
        );
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return refusal(`refused:${cause.type}`, message.number);
      }
      return way.accepted;
    },
  };
}

export type Settling = ReturnType<typeof createSettling>;
