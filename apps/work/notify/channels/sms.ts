import { newId } from '@keystead/contracts/ids';
import { type Db, sql } from '@keystead/kernel/db';
import { masked, type Receiver } from '../receivers.ts';
import { failed, type Outgoing, type Sender } from './sender.ts';
import { postSigned } from './webhook.ts';

/** One who carries text messages. Real ones implement this; `id` lets them recognise a repeated try. */
export interface SmsProvider {
  readonly name: string;
  send(message: { id: string; organisation: string; to: Receiver; text: string; at: Date }): Promise<void>;
}

/** Sends nothing: keeps the texts where people can read them. For demonstrations, and named so. */
export const logProvider = (db: Db): SmsProvider => ({
  name: 'log',
  send: async ({ id, organisation, to, text, at }) => {
    await db.systemRead(sql`
      insert into notify.sms_outbox (id, organisation, delivery, receiver_name, sent_to, text, at)
      values (${newId()}, ${organisation}, ${id}, ${to.name}, ${masked(to.phone ?? '')}, ${text}, ${at}) on conflict (delivery) do nothing`);
  },
});

/**
 * A carrier over HTTP: a signed POST of `{ id, to, sign, template, params: { title, body }, text, at }`, answered by 2xx when it was taken. `sign`
 * 签名 and `template` 模板 are what the carrier registered; one that needs no template takes `text`. Whether it arrived is told by a receipt.
 */
const httpSender: Sender = (message, { channel, receiver, secret, allowed, now }) => {
  if (channel.kind !== 'sms' || channel.settings.provider !== 'http' || !receiver?.phone)
    return Promise.resolve(failed('no-address', true));
  const { url, sign = '', template = '' } = channel.settings;
  const body = JSON.stringify({
    ...{ id: message.id, to: receiver.phone, sign, template },
    ...{ params: { title: message.title, body: message.body }, text: `${sign ? `【${sign}】` : ''}${textOf(message)}` },
    at: now.toISOString(),
  });
  return postSigned({ url, body, delivery: message.id, secret, allowed, now }).then((result) =>
    result.ok ? { ok: true, sentTo: masked(receiver.phone ?? '') } : result,
  );
};

const textOf = (message: Outgoing): string => `${message.title} ${message.body}`.replace(/\s+/g, ' ').slice(0, 500);

/** Text messages through whichever provider the channel names. */
export const smsSender =
  (providers: readonly SmsProvider[]): Sender =>
  async (message, context) => {
    const { channel, receiver, now } = context;
    if (channel.kind !== 'sms' || !receiver?.phone) return { ok: false, error: 'no-address', permanent: true };
    if (channel.settings.provider === 'http') return httpSender(message, context);
    const provider = providers.find((each) => each.name === channel.settings.provider);
    if (!provider) return failed(`provider-unknown: ${channel.settings.provider}`, true);
    try {
      await provider.send({
        id: message.id,
        organisation: message.organisation,
        to: receiver,
        text: textOf(message),
        at: now,
      });
      return { ok: true, sentTo: masked(receiver.phone) };
    } catch (cause) {
      return failed(cause, false);
    }
  };
