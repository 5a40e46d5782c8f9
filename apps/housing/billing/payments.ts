import { createHash } from 'node:crypto';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { LedgerService } from '@keystead/apps/work/ledger';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed, Problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { alipay } from './channels/alipay.ts';
import type { Answered, Incoming, PayChannel, Told } from './channels/channel.ts';
import { wechat } from './channels/wechat.ts';
import { AmountWrong, CallbackRefused, ChannelMissing, OrderMissing } from './problems.ts';

const channels: Readonly<Record<string, PayChannel>> = { wechat, alipay };

export interface ChannelWish {
  readonly kind: 'wechat' | 'alipay';
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly secret?: string;
}

interface ChannelRow {
  id: string;
  organisation: string;
  kind: 'wechat' | 'alipay';
  name: string;
  enabled: boolean;
  settings: Record<string, string>;
  secret: Buffer | null;
}

interface OrderRow {
  id: string;
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  bill: string | null;
  number: string;
  amount: number;
  state: 'open' | 'paid' | 'closed';
}

const orderColumns = sql.raw('id, organisation, place, agreement, party, bill, number, amount, state');

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'settings'> & {
  ledger: LedgerService;
  agreements: AgreementsService;
};

/** Money coming in: at the desk, and by channels that tell us of it. */
export function createPayments({ db, clock, audit, settings, ledger, agreements }: Parts) {
  let known: Envelope | undefined;
  const envelope = (): Envelope => {
    known ??= openEnvelope(settings.DATA_DIR);
    return known;
  };

  async function tenantOf(actor: Actor, agreement: string) {
    const found = await agreements.get(actor, agreement);
    const party = found.parties.find(({ role }) => role === 'tenant')?.party ?? '';
    return { agreement, party, place: found.place, code: found.code };
  }

  /** Cash, card or transfer taken by a person (`channel` names which). Throws AgreementMissing, PaymentReferenceUsed. */
  async function take(
    actor: Actor,
    wish: { agreement: string; channel: string; reference: string; amount: number; paidAt: Date },
  ): Promise<{ id: string; fresh: boolean }> {
    const { code, ...holder } = await tenantOf(actor, wish.agreement);
    return db.transaction(actor.scope, async (tx) => {
      const { id, fresh } = await ledger.pay(tx, actor, { ...wish, ...holder });
      if (fresh)
        await audit.add(tx, actor, {
          action: 'payment.take',
          subject: `payment:${id}`,
          place: holder.place,
          detail: { code, channel: wish.channel, reference: wish.reference, amount: wish.amount },
        });
      return { id, fresh };
    });
  }

  async function order(actor: Actor, wish: { agreement: string; bill?: string; channel: string; amount: number }) {
    const holder = await tenantOf(actor, wish.agreement);
    return db.transaction(actor.scope, async (tx) => {
      const channel = await tx.maybe(sql`select from billing.channel where id = ${wish.channel} and enabled`);
      if (!channel) throw new ChannelMissing({ id: wish.channel });
      const id = newId();
      const number = id.replaceAll('-', '');
      await tx.run(sql`
        insert into billing.pay_order (id, organisation, place, agreement, party, bill, channel, number, amount, state, created_at)
        values (${id}, ${actor.scope.organisation}, ${holder.place}, ${wish.agreement}, ${holder.party}, ${wish.bill ?? null},
          ${wish.channel}, ${number}, ${wish.amount}, 'open', ${clock.now()})`);
      await audit.add(tx, actor, {
        action: 'pay-order.open',
        subject: `pay-order:${id}`,
        place: holder.place,
        detail: { agreement: wish.agreement, amount: wish.amount },
      });
      return { id, number, amount: wish.amount, state: 'open' as const };
    });
  }

  /** The charges of the bill an order was for are settled before older ones: the payer named it. */
  async function chargesOf(tx: Tx, bill: string | null): Promise<Set<string>> {
    if (!bill) return new Set();
    const rows = await tx.all(
      sql<{ id: string }>`select id from ledger_pub.charge where document = ${bill} and reversed_at is null`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  async function settle(tx: Tx, channel: ChannelRow, told: Told): Promise<string> {
    const actor = systemActor(`billing.${channel.kind}`, channel.organisation as OrganisationId);
    const found = await tx.maybe(sql<OrderRow>`
      select ${orderColumns} from billing.pay_order where number = ${told.number} and channel = ${channel.id} for update`);
    if (!found) throw new OrderMissing({ number: told.number });
    if (found.amount !== told.amount) throw new AmountWrong({ wanted: found.amount, told: told.amount });
    if (!told.paid) return 'noted';
    const { agreement, party, place, bill, amount } = found;
    const payment = { channel: channel.kind, reference: told.transaction, agreement, party, place, amount };
    const { id, fresh } = await ledger.pay(tx, actor, {
      ...payment,
      paidAt: told.paidAt,
      first: await chargesOf(tx, bill),
    });
    await tx.run(sql`update billing.pay_order set state = 'paid', ended_at = ${clock.now()} where id = ${found.id}`);
    if (fresh) {
      const detail = { channel: channel.kind, reference: told.transaction, amount };
      await audit.add(tx, actor, { action: 'payment.told', subject: `payment:${id}`, place, detail });
    }
    return fresh ? 'paid' : 'again';
  }

  async function note(
    tx: Tx,
    channel: ChannelRow,
    outcome: string,
    number: string | null,
    body: Buffer,
  ): Promise<void> {
    const digest = createHash('sha256').update(body).digest('hex');
    await tx.run(sql`
      insert into billing.callback (id, organisation, channel, at, outcome, number, digest)
      values (${newId()}, ${channel.organisation}, ${channel.id}, ${clock.now()}, ${outcome}, ${number}, ${digest})`);
  }

  /**
   * A callback: what is not the channel's is refused and noted; told again it changes nothing and is accepted again, so
   * that the channel stops telling (H-9.1.4-a-2). The answer is in the channel's own words.
   */
  async function told(id: string, incoming: Omit<Incoming, 'now'>): Promise<Answered> {
    const [channel] = await db.systemRead(sql<ChannelRow>`
      select id, organisation, kind, name, enabled, settings, secret from billing.channel where id = ${id} and enabled`);
    const way = channel && channels[channel.kind];
    if (!channel || !way) throw new ChannelMissing({ id });
    const refusal = (outcome: string, number: string | null) =>
      db.systemTransaction((tx) => note(tx, channel, outcome, number, incoming.body)).then(() => way.refused);
    const secret = channel.secret ? envelope().unwrap(`billing-channel:${id}`, channel.secret).toString('utf8') : '';
    let message: Told;
    try {
      message = way.read(
        { header: (name) => incoming.header(name), body: incoming.body, now: clock.now() },
        channel.settings,
        secret,
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
  }

  return {
    take,
    order,
    told,
    /** How far an order got. Throws OrderMissing outside the actor's places. */
    orderOf: async (actor: Actor, id: string): Promise<OrderRow> => {
      const [found] = await db.read(
        actor.scope,
        sql<OrderRow>`select ${orderColumns} from billing.pay_order
          where id = ${id} and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')}`,
      );
      if (!found) throw new OrderMissing({ id });
      return found;
    },
    channels: (actor: Actor) =>
      db.read(
        actor.scope,
        sql<Omit<ChannelRow, 'secret' | 'organisation'> & { version: number; sealed: boolean }>`
        select id, kind, name, enabled, settings, version, secret is not null as sealed from billing.channel
        where organisation = ${actor.scope.organisation} order by id`,
      ),
    putChannel: (actor: Actor, id: string | undefined, wish: ChannelWish): Promise<{ id: string }> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed();
      const channel = id ?? newId();
      const secret =
        wish.secret === undefined ? null : envelope().wrap(`billing-channel:${channel}`, Buffer.from(wish.secret));
      return db.transaction(actor.scope, async (tx) => {
        // Of another organisation it is as if it were not there.
        if (id !== undefined && (await tx.all(sql`select from billing.channel where id = ${id}`)).length === 0)
          throw new ChannelMissing({ id });
        const written = await tx.run(sql`
          insert into billing.channel (id, organisation, kind, name, enabled, settings, secret, version, changed_at)
          values (${channel}, ${actor.scope.organisation}, ${wish.kind}, ${wish.name}, ${wish.enabled}, ${JSON.stringify(wish.settings)}, ${secret}, 1, ${clock.now()})
          on conflict (id) do update set name = excluded.name, enabled = excluded.enabled, settings = excluded.settings,
            secret = coalesce(excluded.secret, billing.channel.secret), version = billing.channel.version + 1, changed_at = excluded.changed_at
          where billing.channel.kind = excluded.kind`);
        if (written === 0) throw new ChannelMissing({ id: channel });
        await audit.add(tx, actor, {
          action: 'pay-channel.put',
          subject: `pay-channel:${channel}`,
          detail: { kind: wish.kind, name: wish.name, enabled: wish.enabled },
        });
        return { id: channel };
      });
    },
  };
}

export type Payments = ReturnType<typeof createPayments>;
