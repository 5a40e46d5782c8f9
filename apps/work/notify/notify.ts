import type { EventEnvelope } from '@keystead/contracts/events/define';
import type { Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { createCarrying } from './carrying.ts';
import { sendMail } from './channels/mail.ts';
import { logProvider, type SmsProvider, smsSender } from './channels/sms.ts';
import { sendWebhook } from './channels/webhook.ts';
import { createChannels } from './channels.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { createDispatch } from './dispatch.ts';
import { createInbox } from './inbox.ts';
import type { Notice } from './notice.ts';
import { createReceipts } from './receipts.ts';
import type { Receivers } from './receivers.ts';
import { createRules } from './rules.ts';
import type { Secrets } from './secrets.ts';
import { createSending } from './sending.ts';
import { createTexting } from './texting.ts';
import { createTrying } from './trying.ts';

type Platform = Pick<Kernel, 'db' | 'clock' | 'log' | 'outbox' | 'audit' | 'catalogue' | 'jobs'>;

/** All of notices over what the platform gives: decide, send, look after. */
export function createNotify(platform: Platform, secrets: Secrets, receivers: Receivers) {
  const providers: SmsProvider[] = [logProvider(platform.db)];
  const senders = { mail: sendMail, sms: smsSender(providers), webhook: sendWebhook };
  const sending = createSending({ ...platform, receivers, secrets, senders });

  const deliver = job({
    name: 'notify.deliver',
    every: 10,
    timeout: 300,
    run: async (_payload, { signal }) => {
      await sending.sendDue(signal);
    },
  });
  const tidy = job({
    name: 'notify.tidy',
    every: 86_400,
    timeout: 600,
    run: async () => {
      await sending.tidy();
    },
  });
  platform.jobs.add(deliver);
  platform.jobs.add(tidy);
  // Sent soon after the transaction, not at the next round; several at once are one job.
  const wake = (tx: Tx): Promise<void> => platform.jobs.enqueue(tx, deliver, {}, { key: 'notify.deliver' });

  const dispatch = createDispatch({ ...platform, receivers, wake });
  const parts = { ...platform, receivers, secrets, dispatch, wake };

  return {
    ...createInbox(parts),
    ...createRules(parts),
    ...createChannels(parts),
    ...createDeliveryLog(parts),
    ...createReceipts(parts),
    ...sending,
    ...createTrying({ ...platform, secrets, senders }),
    ...createTexting({ ...platform, receivers, secrets, senders }),
    /** Adds a carrier of text messages; channels name it. */
    addSmsProvider: (provider: SmsProvider): void => void providers.push(provider),
    carry: createCarrying({ ...platform, receivers, secrets, senders }),
    tell: dispatch.tell,
    /** A subscription that tells each notice found in an event. */
    telling:
      <E extends EventEnvelope>(find: (event: E) => Notice | Notice[] | undefined) =>
      async (event: E, tx: Tx): Promise<void> => {
        const found = find(event);
        for (const notice of Array.isArray(found) ? found : found ? [found] : []) await dispatch.tell(tx, notice);
      },
  };
}

export type NotifyService = ReturnType<typeof createNotify>;
