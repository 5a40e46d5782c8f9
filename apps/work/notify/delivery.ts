import type { Language } from './notice.ts';
import type { ChannelKind } from './rule.ts';

export type DeliveryState = 'queued' | 'sent' | 'failed' | 'suppressed';
export type Phase = 'open' | 'update' | 'close' | 'single';

/** One message to one receiver by one channel. */
export interface Delivery {
  id: string;
  organisation: string;
  place: string;
  /** Unique in the organisation: the same decision never makes two. */
  key: string;
  trigger: string;
  phase: Phase;
  thread: string | null;
  episode: number | null;
  rule: string | null;
  channel: ChannelKind;
  channelId: string | null;
  /** User id; '' for a webhook. */
  receiver: string;
  receiverName: string;
  severity: number;
  title: string;
  body: string;
  aboutKind: string;
  aboutId: string;
  state: DeliveryState;
  reason: string | null;
  /** The incident the alarm was part of when it was told. */
  incident: string | null;
  /** Waits for quiet hours or a throttle, and may be gathered with others. */
  held: boolean;
  digestKey: string | null;
  mergedInto: string | null;
  attempts: number;
  error: string | null;
  sentTo: string | null;
  createdAt: Date;
  nextAt: Date | null;
  sentAt: Date | null;
}

/** Where a delivery goes: the same for a beginning and its end. */
export const targetOf = (of: Pick<Delivery, 'channel' | 'channelId' | 'receiver'>): string =>
  of.channel === 'webhook' ? `webhook:${of.channelId}` : `${of.channel}:${of.receiver}`;

/** Seconds before each further try; then it is given up. */
const pauses = [10, 60, 300, 1800, 7200];

/** When to try again after `attempts` failures; undefined = never. */
export function retryAt(attempts: number, now: Date): Date | undefined {
  const pause = pauses[attempts - 1];
  return pause === undefined ? undefined : new Date(now.getTime() + pause * 1000);
}

type Begun = Pick<Delivery, 'id' | 'state' | 'held' | 'attempts' | 'channel' | 'channelId' | 'receiver'>;

/**
 * What the end of a trouble means for those who were, or were to be, told of it: a target that was told, or may have
 * been, hears of the end; one whose message still waits for the morning hears neither. ∎ Told raised ⇒ told cleared.
 */
export function closing<Row extends Begun>(begun: readonly Row[]): { tell: Row[]; drop: Row[] } {
  const byTarget = Map.groupBy(begun, targetOf);
  const tell: Row[] = [];
  const drop: Row[] = [];
  for (const rows of byTarget.values()) {
    const waiting = rows.filter((row) => row.state === 'queued' && row.held && row.attempts === 0);
    drop.push(...waiting);
    const told = rows.find((row) => row.state === 'sent' || (row.state === 'queued' && !waiting.includes(row)));
    if (told) tell.push(told);
  }
  return { tell, drop };
}

/** May the end be told now? Only to whom the beginning came; while that is still under way, it waits. */
export function mayClose(begun: readonly Pick<Delivery, 'state'>[]): 'go' | 'wait' | 'never' {
  if (begun.some((row) => row.state === 'queued')) return 'wait';
  return begun.some((row) => row.state === 'sent') ? 'go' : 'never';
}

const digestLines = 50;

/** Several messages as one: the first gives the title, each its line. */
export function digest(
  rows: readonly Pick<Delivery, 'title' | 'body'>[],
  t: (key: string, values?: Record<string, unknown>) => string,
): { title: string; body: string } {
  const [first] = rows;
  if (!first) return { title: '', body: '' };
  if (rows.length === 1) return { title: first.title, body: first.body };
  const lines = rows.slice(0, digestLines).map((row) => `· ${row.title}`);
  if (rows.length > digestLines) lines.push(t('notify.digest.more', { count: rows.length - digestLines }));
  return {
    title: t('notify.digest.title', { count: rows.length, title: first.title }).slice(0, 200),
    body: lines.join('\n'),
  };
}

export const defaultLanguage: Language = 'zh-CN';
