import type { Channel } from '../channel-store.ts';
import type { Receiver } from '../receivers.ts';

/** One message on its way out. `id` stays the same over every try, so that a receiver can tell a repetition. */
export interface Outgoing {
  readonly id: string;
  readonly organisation: string;
  readonly trigger: string;
  readonly phase: string;
  readonly severity: number;
  readonly title: string;
  readonly body: string;
  readonly about: { readonly kind: string; readonly id: string };
  readonly at: Date;
  /** What a mail takes along; the other ways leave it. */
  readonly files?: readonly OutgoingFile[];
}

export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface SendContext {
  readonly channel: Channel;
  /** The channel's secret, opened. */
  readonly secret: string | undefined;
  /** undefined for a webhook. */
  readonly receiver: Receiver | undefined;
  /** Private targets the organisation allows. */
  readonly allowed: readonly string[];
  readonly now: Date;
}

/** It went, and to where (masked); or it did not, and whether trying again makes sense. */
export type SendResult = { ok: true; sentTo: string } | { ok: false; error: string; permanent: boolean };

/** A way to the outside. Never throws: what goes wrong is the result. */
export type Sender = (message: Outgoing, context: SendContext) => Promise<SendResult>;

export const failed = (cause: unknown, permanent: boolean): SendResult => ({
  ok: false,
  error: cause instanceof Error ? cause.message : String(cause),
  permanent,
});
