import { problem } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';

/** `waiting` for a second person; `asked` of the channel; then `done` or `failed`; `refused` by the second person. */
export const refundStates = ['waiting', 'asked', 'done', 'failed', 'refused'] as const;
export type RefundStanding = (typeof refundStates)[number];

/** How money went back: by the channel it came by, or over the desk and by transfer. */
export const refundWays = ['channel', 'desk'] as const;
export type RefundWay = (typeof refundWays)[number];

export interface RefundRow {
  id: string;
  organisation: string;
  place: string;
  agreement: string;
  party: string;
  way: RefundWay;
  /** `cash`, `bank`, or the kind of the channel. */
  via: string;
  channel: string | null;
  order: string | null;
  number: string;
  /** Number of the transfer or of the slip, at the desk. */
  reference: string;
  key: string;
  amount: number;
  reason: string;
  state: RefundStanding;
  /** The limit it is above; null when nobody had to confirm it. */
  above: number | null;
  askedAt: Date;
  endedAt: Date | null;
  askedBy: string | null;
  actorName: string;
  decidedName: string | null;
  decidedAt: Date | null;
  decision: string | null;
}

export const refundColumns =
  sql.raw(`r.id, r.organisation, r.place, r.agreement, r.party, r.way, r.via, r.channel, r.pay_order as "order", r.number,
  r.reference, r.key, r.amount, r.reason, r.state, r.above, r.asked_at as "askedAt", r.ended_at as "endedAt", r.asked_by as "askedBy",
  r.actor_name as "actorName", r.decided_name as "decidedName", r.decided_at as "decidedAt", r.decision`);

/** Nobody confirms what he asked for himself. */
export class RefundOwn extends problem('pay-refund-own', 409) {}
/** It does not wait for anybody: it was confirmed or refused already, or never had to be. */
export class RefundDecided extends problem('pay-refund-decided', 409) {}
