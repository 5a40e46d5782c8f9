import { appendFileSync, closeSync, existsSync, fdatasyncSync, openSync, readFileSync } from 'node:fs';
import { replaceFile } from '../files/replace-file.ts';

/** What is known of a call that came once already. */
export type CallMemory =
  | { state: 'new' }
  | { state: 'running' }
  | { state: 'done'; reply: unknown }
  | { state: 'interrupted' };

const most = 2_000;

/**
 * Remembers calls over connections and restarts: the platform sends what it has no answer to again, and a door must not
 * open twice. The number of a call is on disk before it is made; one found there without an answer after a restart is
 * not made again, and nobody knows whether it was.
 */
export class CallBook {
  readonly #path: string;
  readonly #calls = new Map<string, { done: boolean; reply?: unknown }>();
  readonly #before = new Set<string>();
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n').slice(-most)) if (line !== '') this.#before.add(line);
  }

  /** Begins a call, or tells what became of it. */
  begin(device: string | undefined, request: number): CallMemory {
    const key = `${request} ${device ?? ''}`;
    const known = this.#calls.get(key);
    if (known) return known.done ? { state: 'done', reply: known.reply } : { state: 'running' };
    if (this.#before.has(key)) return { state: 'interrupted' };
    this.#file ??= openSync(this.#path, 'a', 0o600);
    appendFileSync(this.#file, `${key.replaceAll('\n', ' ')}\n`);
    fdatasyncSync(this.#file);
    this.#calls.set(key, { done: false });
    this.#shrink();
    return { state: 'new' };
  }

  end(device: string | undefined, request: number, reply: unknown): void {
    this.#calls.set(`${request} ${device ?? ''}`, { done: true, reply });
  }

  async close(): Promise<void> {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    const all = [...this.#before, ...this.#calls.keys()].slice(-most);
    await replaceFile(this.#path, all.map((key) => `${key}\n`).join(''));
  }

  #shrink(): void {
    for (const [key, { done }] of this.#calls) {
      if (this.#calls.size <= most) return;
      if (done) this.#calls.delete(key);
    }
  }
}
