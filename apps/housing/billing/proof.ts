import type { MessageFate } from '@keystead/contracts/events/notify';

export const noticeStates = ['queued', 'sent', 'delivered', 'failed', 'skipped'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** A way a text went, or tried to. */
export interface ProofWay {
  readonly way: string;
  readonly ok: boolean;
  readonly sentTo?: string;
  readonly error?: string;
  readonly at?: string;
}

/** What was told of it afterwards: by the carrier of the text message, or by its being opened in the tenant's app. */
export interface ProofReceipt {
  readonly way: string;
  readonly fate: MessageFate;
  /** The carrier's own word. */
  readonly code: string;
  readonly at: string;
}

/** What can be shown of a reminder: of a text message its ways and receipts, of a call or a letter who did it and how it went. */
export interface Proof {
  readonly ways?: readonly ProofWay[];
  readonly receipts?: readonly ProofReceipt[];
  readonly to?: string;
  readonly by?: string;
  readonly how?: string;
  /** Why it did not go: `paid` before it went, `paused`, or `passed`: it says that it will be due, and it is late by now. */
  readonly why?: string;
  readonly error?: string;
}

interface Standing {
  readonly state: NoticeState;
  readonly proof: Proof;
}

const went = ({ ways = [] }: Proof, way: string): boolean => ways.some((each) => each.ok && each.way !== way);

/**
 * A reminder with what was told of it; undefined when that is known already or the reminder was skipped. Arrived by one way it is delivered,
 * and stays so; it failed only when no other way took it. A carrier may be quicker than our own note that it took the text: then the
 * receipt waits in the proof of what is still queued.
 */
export function withReceipt({ state, proof }: Standing, receipt: ProofReceipt): Standing | undefined {
  const receipts = proof.receipts ?? [];
  if (state === 'skipped') return undefined;
  if (receipts.some(({ way, fate }) => way === receipt.way && fate === receipt.fate)) return undefined;
  const more = { ...proof, receipts: [...receipts, receipt] };
  if (state === 'queued') return { state, proof: more };
  if (receipt.fate !== 'failed') return { state: 'delivered', proof: more };
  return { state: state === 'delivered' || went(proof, receipt.way) ? state : 'failed', proof: more };
}

/** How it stands once it went (or could not), with receipts that came before. */
export function afterSending(went: 'sent' | 'failed', early: readonly ProofReceipt[], proof: Proof): Standing {
  let standing: Standing = { state: went, proof };
  for (const receipt of early) standing = withReceipt(standing, receipt) ?? standing;
  return standing;
}
