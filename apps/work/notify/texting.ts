import { newId } from '@keystead/contracts/ids';
import { allowedTargetsOf, channelsOf } from './channel-store.ts';
import { failed } from './channels/sender.ts';
import { defaultLanguage } from './delivery.ts';
import { furnish } from './rule-store.ts';
import type { SendingParts } from './sending.ts';

type Parts = Pick<SendingParts, 'db' | 'clock' | 'log' | 'catalogue' | 'receivers' | 'secrets' | 'senders'>;

/** Text messages that go at once and leave no copy here: their words are secret (one-time codes). */
export function createTexting({ db, clock, log, catalogue, receivers, secrets, senders }: Parts) {
  return {
    /** `key` names `<key>.title` and `<key>.body` of the catalogue. False when there is no channel, no number, or it failed. */
    textNow: async (
      to: { organisation: string; account: string },
      key: string,
      values: Readonly<Record<string, unknown>>,
    ): Promise<boolean> => {
      const { organisation, account } = to;
      // An organisation has its first channels from the first time it has anything to say.
      await db.systemTransaction((tx) => furnish(tx, organisation, clock.now()));
      const channel = (await db.systemRead(channelsOf(organisation))).find(
        ({ kind, enabled }) => kind === 'sms' && enabled,
      );
      const receiver = await receivers.user(organisation, account);
      if (!channel || !receiver) return false;
      const t = catalogue.in(receiver.language ?? defaultLanguage);
      const now = clock.now();
      const message = {
        ...{ id: newId(), organisation, trigger: 'code', phase: 'open', severity: 3 },
        ...{ title: t(`${key}.title`), body: t(`${key}.body`, values), about: { kind: 'user', id: account }, at: now },
      };
      const secret = secrets.open(channel.id, channel.secret);
      const allowed = (await db.systemRead(allowedTargetsOf(organisation))).map(({ target }) => target);
      const result = await senders
        .sms(message, { channel, secret, receiver, allowed, now })
        .catch((cause: unknown) => failed(cause, false));
      if (!result.ok) log.warn({ account, error: result.error }, 'a text message did not go');
      return result.ok;
    },
  };
}
