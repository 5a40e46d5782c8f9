import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { alipay } from './channels/alipay.ts';
import { alipayAcquirer } from './channels/alipay-api.ts';
import type { Acquirer, OpenAcquirer, PayChannel } from './channels/channel.ts';
import { isGateway } from './channels/conversation.ts';
import { wechat } from './channels/wechat.ts';
import { wechatAcquirer } from './channels/wechat-api.ts';
import { ChannelMissing } from './problems.ts';

export type ChannelKind = 'wechat' | 'alipay';
export const ways: Readonly<Record<ChannelKind, PayChannel>> = { wechat, alipay };
const acquirers: Readonly<Record<ChannelKind, OpenAcquirer>> = { wechat: wechatAcquirer, alipay: alipayAcquirer };

export interface ChannelWish {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly secret?: string;
  /** PEM of our own key: with it the channel can be asked. */
  readonly privateKey?: string;
}

export interface ChannelRow {
  id: string;
  organisation: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  settings: Record<string, string>;
  secret: Buffer | null;
  privateKey: Buffer | null;
}

export type ChannelFacts = Pick<ChannelRow, 'id' | 'kind' | 'name' | 'enabled' | 'settings'> & {
  version: number;
  sealed: boolean;
  /** Orders, refunds and files of days can be asked for. */
  outgoing: boolean;
};

const columns = sql.raw('id, organisation, kind, name, enabled, settings, secret, private_key as "privateKey"');

/** Our accounts with channels. Secrets lie in envelopes that only the installation's master key opens, and are told to nobody. */
export function createAccounts({ db, clock, audit, settings }: Pick<Kernel, 'db' | 'clock' | 'audit' | 'settings'>) {
  let known: Envelope | undefined;
  const envelope = (): Envelope => {
    known ??= openEnvelope(settings.DATA_DIR);
    return known;
  };
  const secretPlace = (id: string) => `billing-channel:${id}`;
  const keyPlace = (id: string) => `billing-channel-key:${id}`;

  const secretOf = ({ id, secret }: ChannelRow): string =>
    secret ? envelope().unwrap(secretPlace(id), secret).toString('utf8') : '';

  async function opened(where: ReturnType<typeof sql>): Promise<ChannelRow[]> {
    return db.systemRead(sql<ChannelRow>`select ${columns} from billing.channel where enabled and ${where}`);
  }

  function check(wish: ChannelWish): void {
    const wrong = (['gateway', 'publicUrl'] as const).filter((name) => {
      const text = wish.settings[name];
      return text !== undefined && text !== '' && !isGateway(text);
    });
    const errors = wrong.map((name) => ({ pointer: `/settings/${name}`, code: 'url' }));
    if (errors.length > 0) throw new InputInvalid({ in: 'body' }, errors);
  }

  return {
    secretOf,
    /** Throws ChannelMissing also for a channel that is off. */
    find: async (id: string): Promise<ChannelRow> => {
      const [found] = await opened(sql`id = ${id}`);
      if (!found || !(found.kind in ways)) throw new ChannelMissing({ id });
      return found;
    },
    /** Channels that can be asked. */
    outgoing: (): Promise<ChannelRow[]> => opened(sql`private_key is not null`),
    /** Undefined when the channel has no key of ours: it can only tell. */
    acquirer: (channel: ChannelRow): Acquirer | undefined => {
      const { id, kind, privateKey } = channel;
      if (!privateKey) return undefined;
      const key = envelope().unwrap(keyPlace(id), privateKey).toString('utf8');
      return acquirers[kind](channel.settings, { secret: secretOf(channel), privateKey: key }, () => clock.now());
    },
    /** Where a channel tells us of things. */
    notifyUrl: ({ id, settings: { publicUrl = '' } }: ChannelRow): string =>
      `${publicUrl.replace(/\/+$/, '')}/api/v1/payments/channels/${id}/callback`,
    list: (actor: Actor): Promise<ChannelFacts[]> =>
      db.read(
        actor.scope,
        sql<ChannelFacts>`
        select id, kind, name, enabled, settings, version, secret is not null as sealed, private_key is not null as outgoing
        from billing.channel where organisation = ${actor.scope.organisation} order by id`,
      ),
    /** Throws ChannelMissing, InputInvalid for an address that is no safe one, NotAllowed. */
    put: (actor: Actor, id: string | undefined, wish: ChannelWish): Promise<{ id: string }> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed();
      check(wish);
      const channel = id ?? newId();
      const sealed = (place: string, text: string | undefined) =>
        text === undefined ? null : envelope().wrap(place, Buffer.from(text));
      const secret = sealed(secretPlace(channel), wish.secret);
      const key = sealed(keyPlace(channel), wish.privateKey);
      return db.transaction(actor.scope, async (tx) => {
        // Of another organisation it is as if it were not there.
        if (id !== undefined && (await tx.all(sql`select from billing.channel where id = ${id}`)).length === 0)
          throw new ChannelMissing({ id });
        const written = await tx.run(sql`
          insert into billing.channel (id, organisation, kind, name, enabled, settings, secret, private_key, version, changed_at)
          values (${channel}, ${actor.scope.organisation}, ${wish.kind}, ${wish.name}, ${wish.enabled},
            ${JSON.stringify(wish.settings)}, ${secret}, ${key}, 1, ${clock.now()})
          on conflict (id) do update set name = excluded.name, enabled = excluded.enabled, settings = excluded.settings,
            secret = coalesce(excluded.secret, billing.channel.secret), private_key = coalesce(excluded.private_key, billing.channel.private_key),
            version = billing.channel.version + 1, changed_at = excluded.changed_at
          where billing.channel.kind = excluded.kind`);
        if (written === 0) throw new ChannelMissing({ id: channel });
        await audit.add(tx, actor, {
          action: 'pay-channel.put',
          subject: `pay-channel:${channel}`,
          detail: { kind: wish.kind, name: wish.name, enabled: wish.enabled, gateway: wish.settings.gateway ?? '' },
        });
        return { id: channel };
      });
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
