import { sql } from '@keystead/kernel/db';
import type { PayStep } from './channels/channel.ts';

export interface OrderWish {
  readonly agreement: string;
  readonly bill?: string;
  readonly channel: string;
  readonly amount: number;
  readonly how?: PayStep['kind'];
  readonly payer?: string;
}

export interface OrderRow {
  id: string;
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  bill: string | null;
  channel: string;
  number: string;
  amount: number;
  state: 'open' | 'paid' | 'closed';
  pay: PayStep | null;
  expiresAt: Date | null;
  transaction: string | null;
}

export interface OrderShown {
  id: string;
  number: string;
  amount: number;
  state: OrderRow['state'];
  pay?: PayStep;
}

export const orderColumns = sql.raw(
  'id, organisation, place, agreement, party, bill, channel, number, amount, state, pay, expires_at as "expiresAt", transaction',
);

/** An order as its payer and the desk see it; how to go on only while it can be paid. */
export const shown = ({ id, number, amount, state, pay }: OrderRow): OrderShown => ({
  ...{ id, number, amount, state },
  ...(pay && state === 'open' ? { pay } : {}),
});
