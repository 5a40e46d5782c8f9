import { isKeyKind } from '@keystead/contracts/agent';
import { type LockMeans, lockMeans } from './grant.ts';

/** What a lock's log has lines about; each is an event of the same name in the thing model. */
export const lockEvents = [
  'unlocked',
  'refused',
  'door-opened',
  'door-closed',
  'tamper',
  'wrong-code',
  'low-battery',
  'grant-written',
  'grant-revoked',
  'frozen',
  'unfrozen',
  'clock-set',
] as const;
export type LockEvent = (typeof lockEvents)[number];

/** One line of a lock's log. */
export interface LockRecord {
  /** Rises by one with each line, over battery changes and resets of the clock. */
  seq: number;
  /** The lock's own time, ms since 1970. */
  time: number;
  event: LockEvent;
  direction?: 'in' | 'out';
  means?: LockMeans;
  /** Id of the grant that opened or was refused. */
  grant?: string;
  /** Why it was refused. */
  reason?: string;
}

const fields = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
const short = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 64 ? value : undefined;
const isEvent = (word: unknown): word is LockEvent => lockEvents.some((each) => each === word);
const isMeans = (word: unknown): word is LockMeans => isKeyKind(word) || lockMeans.some((each) => each === word);

/** An event of a lock as a line of its log; undefined when it is none (no number, no time, another event). */
export function lockRecordOf(event: string, time: number, data: unknown): LockRecord | undefined {
  const { seq, direction, means, grant, reason } = fields(data);
  if (!isEvent(event) || !Number.isSafeInteger(seq) || Number(seq) < 1 || !Number.isFinite(time)) return undefined;
  const record: LockRecord = { seq: Number(seq), time, event };
  if (direction === 'in' || direction === 'out') record.direction = direction;
  if (isMeans(means)) record.means = means;
  const [ofGrant, why] = [short(grant), short(reason)];
  if (ofGrant !== undefined) record.grant = ofGrant;
  if (why !== undefined) record.reason = why;
  return record;
}

/** Lines of one lock as they come, in whatever order and however often: each once, by number. */
export class LockLog {
  readonly #records = new Map<number, LockRecord>();
  #skew = 0;

  /** False when the line was known already. `received`: ms, by the platform's clock; absent for lines asked for later. */
  take(record: LockRecord, received?: number): boolean {
    if (received !== undefined) this.#skew = record.time - received;
    if (this.#records.has(record.seq)) return false;
    this.#records.set(record.seq, record);
    return true;
  }

  /** By number: the order in which it happened, whatever the clock was set to in between. */
  get records(): LockRecord[] {
    return [...this.#records.values()].sort((a, b) => a.seq - b.seq);
  }

  /** Spans of numbers, both ends included, that never came; asked for by `readRecords`. */
  missing(): { from: number; to: number }[] {
    const spans: { from: number; to: number }[] = [];
    let before: number | undefined;
    for (const { seq } of this.records) {
      if (before !== undefined && seq > before + 1) spans.push({ from: before + 1, to: seq - 1 });
      before = seq;
    }
    return spans;
  }

  /** How far the lock's clock stood from ours at the last live word, ms; one that came late looks slow. */
  get skew(): number {
    return this.#skew;
  }

  /** Openings by side of the door (H-6.5-d-1). */
  openings(direction: 'in' | 'out'): LockRecord[] {
    return this.records.filter((each) => each.event === 'unlocked' && each.direction === direction);
  }
}
