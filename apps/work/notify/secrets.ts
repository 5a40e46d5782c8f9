import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';

/** Secrets of channels: sealed at rest, opened only to send, never told. */
export interface Secrets {
  seal(channel: string, secret: string): Buffer;
  open(channel: string, sealed: Buffer | null): string | undefined;
}

/** By the installation's master key, which is looked up when the first secret is used. */
export function channelSecrets(dataDir: string): Secrets {
  let envelope: Envelope | undefined;
  const opened = (): Envelope => {
    envelope ??= openEnvelope(dataDir);
    return envelope;
  };
  return {
    seal: (channel, secret) => opened().wrap(`notify-channel:${channel}`, Buffer.from(secret, 'utf8')),
    open: (channel, sealed) =>
      sealed === null ? undefined : opened().unwrap(`notify-channel:${channel}`, sealed).toString('utf8'),
  };
}
