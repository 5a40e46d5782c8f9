/** What became of money that is to go back. */
export type RefundState = 'done' | 'under-way' | 'failed' | 'missing';

/** What a channel says of a payment, once its signature was found good. */
export interface Told {
  /** Our number of the order. */
  readonly number: string;
  /** The channel's number of the payment. */
  readonly transaction: string;
  /** Minor units. */
  readonly amount: number;
  readonly paidAt: Date;
  /** Told that it was paid; anything else is taken note of and changes nothing. */
  readonly paid: boolean;
  /** Told of money that went back, by our number of it, and not of a payment. */
  readonly refund?: { readonly number: string; readonly state: RefundState };
}

export interface Incoming {
  header(name: string): string | undefined;
  readonly body: Buffer;
  readonly now: Date;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly mediaType: string;
}

/** How the payer goes on: a code to scan, a link to follow, or values for the channel's own app. */
export interface PayStep {
  readonly kind: 'qr' | 'link' | 'app';
  readonly text: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface OrderAsk {
  readonly number: string;
  /** Minor units. */
  readonly amount: number;
  readonly title: string;
  /** Where the channel tells of it. */
  readonly notify: string;
  readonly expires: Date;
  readonly how: PayStep['kind'];
  /** The channel's name of who pays; only for `app`. */
  readonly payer?: string;
  /** Where the payer comes from, as the channel wants to know for a link. */
  readonly address: string;
}

export interface RefundAsk {
  /** Our number of the order that was paid. */
  readonly order: string;
  readonly number: string;
  readonly amount: number;
  /** What was paid altogether. */
  readonly total: number;
  readonly reason: string;
  readonly notify: string;
}

export type OrderState =
  | { readonly state: 'paid'; readonly told: Told }
  | { readonly state: 'open' | 'closed' | 'missing' };

/**
 * What we ask of a channel. Throws PayChannelSilent when the outcome is unknown (no answer, or none that can be believed), and
 * PayChannelRefused when the channel said no. Every asking may be repeated under the same number.
 */
export interface Acquirer {
  place(ask: OrderAsk): Promise<PayStep>;
  query(number: string): Promise<OrderState>;
  close(number: string): Promise<void>;
  refund(ask: RefundAsk): Promise<RefundState>;
  refundOf(order: string, number: string): Promise<RefundState>;
  /** The file of a day, `YYYY-MM-DD`, as text; undefined when the channel has none. */
  statement(day: string): Promise<string | undefined>;
}

export type ChannelSettings = Readonly<Record<string, string>>;

export interface ChannelKeys {
  readonly secret: string;
  /** PEM of our own key. */
  readonly privateKey: string;
}

/** `now` tells the time messages are signed with. */
export type OpenAcquirer = (settings: ChannelSettings, keys: ChannelKeys, now: () => Date) => Acquirer;

/** One way money comes in, as it tells us. Settings are open, the secrets are not. */
export interface PayChannel {
  /** Reads a callback; throws CallbackRefused when it is not the channel's, is old, or cannot be read. */
  read(incoming: Incoming, settings: ChannelSettings, secret: string): Told;
  readonly accepted: Answered;
  readonly refused: Answered;
}

/** `12.34` as minor units; undefined for anything else. */
export function fen(text: string): number | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const value = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] ? -value : value;
}

/** Minor units as `12.34`. */
export const yuan = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

/** `2026-06-01 12:00:00` as the channels of this country write it: Shanghai time. */
export function shanghai(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  const at = match ? new Date(`${match[1]}T${match[2]}+08:00`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
