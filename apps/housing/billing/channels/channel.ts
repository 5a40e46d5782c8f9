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

/** One way money comes in. Settings are open, the secret is not. */
export interface PayChannel {
  /** Reads a callback; throws CallbackRefused when it is not the channel's, is old, or cannot be read. */
  read(incoming: Incoming, settings: Readonly<Record<string, string>>, secret: string): Told;
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

/** `2026-06-01 12:00:00` as the channels of this country write it: Shanghai time. */
export function shanghai(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  const at = match ? new Date(`${match[1]}T${match[2]}+08:00`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
