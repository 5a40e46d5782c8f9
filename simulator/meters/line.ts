import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { choices } from '@keystead/simulator/behaviour';
import { type FlowStyle, flowAnswer, flowRequestLength } from './flow-meter.ts';
import type { SimulatedMeter } from './meter.ts';
import { powerAnswer, powerRequestLength } from './power-meter.ts';

/** What goes wrong on a line; shares of 1. */
export interface LineFaults {
  /** Requests that no meter hears. */
  loseRequests?: number;
  /** Answers that never come. */
  loseAnswers?: number;
  /** Answers with one changed byte. */
  damage?: number;
  /** Answers behind some bytes of noise. */
  noise?: number;
  /** Answers under another meter's address. */
  stray?: number;
  /** True: the asker hears itself, as on RS-485 without switched receivers. */
  echo?: boolean;
  /** True: answers come in pieces. */
  pieces?: boolean;
  /** ms until an answer. */
  delay?: number;
  /** True: nobody can be reached; connections are cut. */
  down?: boolean;
}

export interface LineOptions {
  readonly protocol: 'cjt188' | 'dlt645';
  readonly seed: number;
  readonly style: FlowStyle;
  now(): number;
}

const unreadAtMost = 4_096;

/** A transparent serial server: one TCP port, behind it a bus of meters. */
export class MeterBus {
  readonly meters: ReadonlyMap<string, SimulatedMeter>;
  readonly #options: LineOptions;
  readonly #chance: () => number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #faults: LineFaults = {};

  constructor(meters: ReadonlyMap<string, SimulatedMeter>, options: LineOptions) {
    this.meters = meters;
    this.#options = options;
    this.#chance = choices(options.seed);
    this.#server = createServer((socket) => this.#serve(socket));
  }

  async listen(port: number): Promise<number> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  set faults(faults: LineFaults) {
    this.#faults = faults;
    if (faults.down) for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#faults.down) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    let kept: Uint8Array = new Uint8Array(0);
    socket.on('data', (part: Uint8Array) => {
      if (this.#faults.echo) socket.write(part);
      kept = this.#requests(Buffer.concat([kept, part]), (request) => this.#answer(request, socket));
      if (kept.length > unreadAtMost) kept = new Uint8Array(0);
    });
  }

  /** Takes whole requests off the front; what is left waits. */
  #requests(bytes: Uint8Array, take: (request: Uint8Array) => void): Uint8Array {
    const measure = this.#options.protocol === 'cjt188' ? flowRequestLength : powerRequestLength;
    let at = 0;
    while (at < bytes.length) {
      const length = measure(bytes, at);
      if (length === 0) {
        at++;
        continue;
      }
      if (length === undefined || at + length > bytes.length) break;
      take(bytes.subarray(at, at + length));
      at += length;
    }
    return Uint8Array.from(bytes.subarray(at));
  }

  #happens(share: number | undefined): boolean {
    return share !== undefined && share > 0 && this.#chance() < share;
  }

  #answer(request: Uint8Array, socket: Socket): void {
    const faults = this.#faults;
    if (this.#happens(faults.loseRequests)) return;
    const time = this.#options.now();
    const answer =
      this.#options.protocol === 'cjt188'
        ? flowAnswer(request, this.meters, time, this.#options.style)
        : powerAnswer(request, this.meters, time);
    if (!answer || this.#happens(faults.loseAnswers)) return;
    const at = Math.floor(this.#chance() * answer.length);
    if (this.#happens(faults.damage)) answer[at] = (answer[at] ?? 0) ^ 0x21;
    if (this.#happens(faults.stray)) answer[3] = ((answer[3] ?? 0) + 1) & 0x77;
    const noise = this.#happens(faults.noise) ? [0x68, 0x00, Math.floor(this.#chance() * 256), 0x16] : [];
    const wire = Uint8Array.from([0xfe, 0xfe, ...noise, ...answer]);
    setTimeout(() => this.#send(wire, socket), faults.delay ?? 0);
  }

  #send(wire: Uint8Array, socket: Socket): void {
    if (!this.#faults.pieces) {
      socket.write(wire);
      return;
    }
    const next = (from: number): void => {
      if (from >= wire.length || socket.destroyed) return;
      const size = 1 + Math.floor(this.#chance() * 9);
      socket.write(wire.subarray(from, from + size));
      setTimeout(() => next(from + size), 1);
    };
    next(0);
  }
}
