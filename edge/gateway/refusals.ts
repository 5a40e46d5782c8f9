import type { Clock } from '@keystead/kernel/base';
import type { Refusal } from '@keystead/terminals/port';
import type { GatewayCounters } from './counters.ts';
import type { RefusalRow, RefusalSink } from './ports.ts';

/** Who was refused. */
export interface Sender {
  thing?: number;
  peer: string;
}

const sampleBytes = 200;

/** At most 200 bytes of a sample, control characters made visible, cut at a whole character. */
export function sampleOf(where: string, payload?: Uint8Array): string {
  const shown = payload ? `${where} ${Buffer.from(payload.subarray(0, sampleBytes)).toString('utf8')}` : where;
  const plain = shown.replace(/\p{Cc}/gu, '·');
  let text = plain.slice(0, sampleBytes);
  while (Buffer.byteLength(text) > sampleBytes) text = text.slice(0, -1);
  return text;
}

/** Gathers what was refused into rows of (sender, problem type), so that a flood costs one row a second. */
export class Refusals {
  readonly #sink: RefusalSink;
  readonly #clock: Clock;
  readonly #most: number;
  readonly #counters: GatewayCounters;
  #rows = new Map<string, RefusalRow>();

  constructor(sink: RefusalSink, clock: Clock, most: number, counters: GatewayCounters) {
    this.#sink = sink;
    this.#clock = clock;
    this.#most = most;
    this.#counters = counters;
  }

  /** `where` and `payload` make the sample; they must hold no credential, so never a path with a token. */
  count(sender: Sender, refusal: Refusal, where: string, payload?: Uint8Array): void {
    const { type } = refusal.problem;
    this.#counters.refused[type] = (this.#counters.refused[type] ?? 0) + 1;
    const now = this.#clock.now().getTime();
    let key = `${sender.thing ?? sender.peer}|${type}`;
    let row = this.#rows.get(key);
    if (row) {
      row.count++;
      row.last = now;
      return;
    }
    let from = sender;
    if (this.#rows.size >= this.#most) {
      from = { peer: 'many' };
      key = `many|${type}`;
      row = this.#rows.get(key);
      if (row) {
        row.count++;
        row.last = now;
        return;
      }
    }
    const detail = [refusal.device, refusal.pointer, refusal.detail].filter((part) => part).join(' ');
    const text = sampleOf(detail ? `${detail}: ${where}` : where, payload);
    this.#rows.set(key, { thing: from.thing, peer: from.peer, type, count: 1, first: now, last: now, sample: text });
  }

  flush(): void {
    if (this.#rows.size === 0) return;
    const rows = [...this.#rows.values()];
    this.#rows = new Map();
    this.#sink.flush(rows);
  }
}
