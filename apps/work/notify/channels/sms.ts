import { newId } from '@keystead/contracts/ids';
import { type Db, sql } from '@keystead/kernel/db';
import { masked, type Receiver } from '../receivers.ts';
import { failed, type Outgoing, type Sender } from './sender.ts';

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

const textOf = (message: Outgoing): string => `${message.title} ${message.body}`.replace(/\s+/g, ' ').slice(0, 500);

/** Text messages through whichever provider the channel names. */
export const smsSender =
  (providers: readonly SmsProvider[]): Sender =>
  async (message, { channel, receiver, now }) => {
    if (channel.kind !== 'sms' || !receiver?.phone) return { ok: false, error: 'no-address', permanent: true };
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
