import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const program = join(import.meta.dirname, '../../../simulator/meters/main.ts');

export interface SimulatedLine {
  protocol: 'cjt188' | 'dlt645';
  addresses: readonly string[];
  order?: 'high' | 'low';
}

/** How a simulated meter stands. */
export interface MeterState {
  ok: boolean;
  flows: boolean;
  orders: number;
  clockSet: number;
  drift: number;
  registers: number[];
}

/** Meters in a process of their own, written apart from the drivers; TCP ports on loopback. */
export class SimulatedMeters {
  readonly ports: readonly number[];
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: SimulatedMeters['child'], lines: AsyncIterator<string>, ports: readonly number[]) {
    this.#child = child;
    this.#lines = lines;
    this.ports = ports;
  }

  get child(): ChildProcessByStdio<Writable, Readable, null> {
    return this.#child;
  }

  static async start(lines: readonly SimulatedLine[], seed = 1): Promise<SimulatedMeters> {
    const args = [program, JSON.stringify({ seed, lines })];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const output = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { ports } = JSON.parse(String((await output.next()).value));
    return new SimulatedMeters(child, output, ports);
  }

  /** One wish after the other. */
  async wish(wish: object): Promise<MeterState> {
    this.#child.stdin.write(`${JSON.stringify(wish)}\n`);
    const answer = JSON.parse(String((await this.#lines.next()).value));
    if (!answer.ok) throw new Error(answer.why);
    return answer;
  }

  /** Changes one meter, and tells how it stands and what it had counted at those times. */
  meter(address: string, more: object = {}): Promise<MeterState> {
    return this.wish({ meter: address, ...more });
  }

  async stop(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}
