import type { Log } from '@keystead/kernel/base';
import { type ByteLine, type ByteLineSettings, openByteLine } from '../line/byte-line.ts';
import { type FrameForm, FrameScanner, type Scanned } from '../line/frame-scanner.ts';
import type { LinkCounter } from '../links.ts';
import { DeviceSilent } from '../refusal.ts';

/** How long a line waits, ms. */
export interface TalkPatience {
  /** For an answer. */
  readonly timeout: number;
  /** For the rest of a frame that has begun. */
  readonly gap: number;
  /** Of quiet between two questions, so that slow transceivers turn round. */
  readonly turnaround: number;
  /** Times a harmless question is asked of a meter that is known to be there. */
  readonly tries: number;
}

/** One conversation with one meter. */
export interface Talk {
  /** ms since 1970. */
  now(): number;
  /** ms until nobody waits for the answer any more. */
  left(): number;
  /**
   * Asks and resolves with the first frame that `fits`. What is harmless to ask twice is asked again when no answer
   * came; an `effect` is sent once whatever happens. Rejects with `DeviceSilent`.
   */
  ask(request: Uint8Array, fits: (frame: Uint8Array) => boolean, effect?: 'effect'): Promise<Uint8Array>;
  /** Says what nobody answers, such as the time to all. */
  say(request: Uint8Array): Promise<void>;
}

interface Asked {
  readonly device: string;
  fits(frame: Uint8Array): boolean;
  answer(frame: Uint8Array | undefined): void;
}

export interface TalkLineUse {
  readonly links: LinkCounter;
  readonly now: () => number;
  readonly log: Log;
  /** A frame with a wrong checksum, or half a frame. */
  damaged(bytes: Uint8Array, device: string): void;
  up(): void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A half-duplex line: one question at a time, answered by the frame that fits it. Its own echo (RS-485 transceivers
 * that hear themselves), late answers to earlier questions and other masters' frames do not fit and are passed over.
 */
export class TalkLine {
  readonly #line: ByteLine;
  readonly #scanner: FrameScanner;
  readonly #patience: TalkPatience;
  readonly #use: TalkLineUse;
  #asked: Asked | undefined;
  #quiet: NodeJS.Timeout | undefined;

  constructor(settings: ByteLineSettings, form: FrameForm, patience: TalkPatience, use: TalkLineUse) {
    this.#scanner = new FrameScanner(form);
    this.#patience = patience;
    this.#use = use;
    this.#line = openByteLine(
      settings,
      {
        bytes: (part) => this.#bytes(part),
        up: () => {
          use.links.up('');
          use.up();
        },
        broke: () => {
          use.links.broke('');
          this.#asked?.answer(undefined);
        },
      },
      use.log,
    );
  }

  get open(): boolean {
    return this.#line.open;
  }

  /**
   * A conversation that must be over after `deadline` ms; only one may run at a time. `expected`: the meter is taken to
   * be there before it has said anything.
   */
  talk(device: string, deadline: number, expected = false): Talk {
    const end = performance.now() + deadline;
    const left = () => end - performance.now();
    let heard = expected;
    const ask: Talk['ask'] = async (request, fits, effect) => {
      for (let tried = 1; ; tried++) {
        const frame = await this.#once(device, request, fits, Math.min(this.#patience.timeout, left()));
        if (frame) {
          heard = true;
          return frame;
        }
        const enough = effect === 'effect' || !heard || tried >= this.#patience.tries;
        if (enough || left() <= 0) throw new DeviceSilent({ device });
      }
    };
    const say = async (request: Uint8Array): Promise<void> => {
      await pause(this.#patience.turnaround);
      if (!this.#line.write(request)) throw new DeviceSilent({ device });
      this.#use.links.sent(device);
    };
    return { now: this.#use.now, left, ask, say };
  }

  async close(): Promise<void> {
    clearTimeout(this.#quiet);
    this.#asked?.answer(undefined);
    await this.#line.close();
  }

  async #once(
    device: string,
    request: Uint8Array,
    fits: (frame: Uint8Array) => boolean,
    timeout: number,
  ): Promise<Uint8Array | undefined> {
    if (timeout <= 0) return undefined;
    if (this.#patience.turnaround > 0) await pause(this.#patience.turnaround);
    this.#scanner.clear();
    const began = performance.now();
    const frame = await new Promise<Uint8Array | undefined>((resolve) => {
      const timer = setTimeout(() => {
        this.#take(this.#scanner.flush());
        resolve(undefined);
      }, timeout);
      this.#asked = {
        device,
        fits,
        answer: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      };
      if (this.#line.write(request)) this.#use.links.sent(device);
      else this.#asked.answer(undefined);
    });
    this.#asked = undefined;
    clearTimeout(this.#quiet);
    if (frame) this.#use.links.received(device, Math.round(performance.now() - began));
    else this.#use.links.lost(device);
    return frame;
  }

  #bytes(part: Uint8Array): void {
    clearTimeout(this.#quiet);
    this.#take(this.#scanner.push(part));
    if (this.#asked && this.#scanner.waiting > 0)
      this.#quiet = setTimeout(() => this.#take(this.#scanner.flush()), this.#patience.gap);
  }

  #take(found: readonly Scanned[]): void {
    const asked = this.#asked;
    for (const { kind, bytes } of found) {
      if (kind === 'damaged') {
        this.#use.links.damaged(asked?.device ?? '');
        this.#use.damaged(bytes, asked?.device ?? '');
      } else if (asked?.fits(bytes)) {
        asked.answer(bytes);
        return;
      }
    }
  }
}
