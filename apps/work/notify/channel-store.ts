import { sql } from '@keystead/kernel/db';

export interface MailSettings {
  host: string;
  port: number;
  /** `tls` from the first byte, `starttls` required, or `none` for a relay on the same machine or network. */
  security: 'tls' | 'starttls' | 'none';
  user?: string;
  /** Sender: `安枢 <notice@example.org>`. */
  from: string;
}

/** `log` keeps the texts in a table people can look at, and sends nothing; `http` hands them to a carrier. */
export type SmsSettings =
  | { provider: 'log' }
  | {
      provider: 'http';
      url: string;
      /** 签名: in whose name it goes. */
      sign?: string;
      /** 模板: number of the text the carrier has registered. */
      template?: string;
    };

export interface WebhookSettings {
  url: string;
}

interface Row {
  id: string;
  organisation: string;
  name: string;
  enabled: boolean;
  /** Sealed by the envelope under the channel's id. */
  secret: Buffer | null;
  version: number;
}

export type Channel = Row &
  (
    | { kind: 'mail'; settings: MailSettings }
    | { kind: 'sms'; settings: SmsSettings }
    | { kind: 'webhook'; settings: WebhookSettings }
  );

export const channelsOf = (organisation: string) =>
  sql<Channel>`
    select id, organisation, kind, name, enabled, settings, secret, version from notify.channel
    where organisation = ${organisation} order by kind, id`;

export const allowedTargetsOf = (organisation: string) =>
  sql<{
    target: string;
  }>`select target from notify.allowed_target where organisation = ${organisation} order by target`;
