import { createTransport } from 'nodemailer';
import type { MailSettings } from '../channel-store.ts';
import { masked } from '../receivers.ts';
import { failed, type Sender } from './sender.ts';

const patience = 15_000; // ms for each part of the conversation

const transportOf = (settings: MailSettings, secret: string | undefined) =>
  createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user ? { auth: { user: settings.user, pass: secret ?? '' } } : {}),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** The relay said no for good: such a mailbox will not come into being by asking again. */
const refusedForGood = (cause: unknown): boolean => {
  const { responseCode, code } = cause as { responseCode?: number; code?: string };
  return responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
};

/** SMTP mail, plain text. The Message-ID is the delivery's, so that a repeated try is recognised. */
export const sendMail: Sender = async (message, { channel, secret, receiver }) => {
  if (channel.kind !== 'mail' || !receiver?.email) return { ok: false, error: 'no-address', permanent: true };
  const transport = transportOf(channel.settings, secret);
  try {
    await transport.sendMail({
      from: channel.settings.from,
      to: { name: receiver.name, address: receiver.email },
      subject: message.title,
      text: message.body,
      ...(message.files && {
        attachments: message.files.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
      }),
      date: message.at,
      messageId: `<${message.id}@keystead>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Keystead-Delivery': message.id },
    });
    return { ok: true, sentTo: masked(receiver.email) };
  } catch (cause) {
    return failed(cause, refusedForGood(cause));
  } finally {
    transport.close();
  }
};
