import type { Clock } from '@keystead/kernel/base';
import type { PendingCommand } from './ports.ts';

/** A live connection that belongs to one thing. */
export interface LiveSession {
  readonly thing: number;
  readonly peer: string;
  /** Seconds of the client's keep-alive; 0 = none. */
  readonly keepalive: number;
  /** ms since 1970 of the last word. */
  readonly lastHeard: number;
  /** Cuts the connection; its messages are refused from now on. */
  end(): void;
  /** The thing behind this session lost its right. */
  forgetChild(thing: number): void;
  /** The thing takes calls over this session. */
  listens(thing: number): boolean;
  /** False when it does not. */
  command(command: PendingCommand): boolean;
  sharedAttributes(thing: number, values: Record<string, unknown>): void;
}

/** A flaky line makes its device come back, but not more often than this. */
const takeoversAMinute = 10;
const mostRemembered = 10_000;

/**
 * Who is connected: at most one live session a credential. The session that reaches a thing is its own, or that of
 * the gateway it stands behind.
 */
export class Sessions {
  readonly #own = new Map<number, LiveSession>();
  readonly #behind = new Map<number, LiveSession>();
  readonly #takeovers = new Map<number, { since: number; count: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#own.size;
  }

  /**
   * The session in the way of a new one, and whether the new one is a clone: from the same address a device
   * takes over its own half-open connection (most make up a new client id at each start), any other address has to wait until the first is silent for longer than its
   * keep-alive allows (H-11.2-f).
   */
  judge(thing: number, peer: string): { before?: LiveSession; clone: boolean } {
    const before = this.#own.get(thing);
    if (!before) return { clone: false };
    const same = before.peer === peer;
    const silence = this.#clock.now().getTime() - before.lastHeard;
    const dead = before.keepalive > 0 && silence > before.keepalive * 1500;
    return { before, clone: !same && !dead };
  }

  /** Counts a takeover; true when the thing was taken over so often within a minute that two must be using it. */
  contested(thing: number): boolean {
    const now = this.#clock.now().getTime();
    if (this.#takeovers.size >= mostRemembered) this.#takeovers.clear();
    let times = this.#takeovers.get(thing);
    if (times === undefined || now - times.since > 60_000) {
      times = { since: now, count: 0 };
      this.#takeovers.set(thing, times);
    }
    return ++times.count > takeoversAMinute;
  }

  add(session: LiveSession): void {
    this.#own.set(session.thing, session);
  }

  remove(session: LiveSession): void {
    if (this.#own.get(session.thing) === session) this.#own.delete(session.thing);
  }

  addBehind(thing: number, session: LiveSession): void {
    this.#behind.set(thing, session);
  }

  removeBehind(thing: number, session: LiveSession): void {
    if (this.#behind.get(thing) === session) this.#behind.delete(thing);
  }

  reach(thing: number): LiveSession | undefined {
    return this.#own.get(thing) ?? this.#behind.get(thing);
  }

  /** Ends the thing's session, and its place behind a gateway; true when there was one. */
  revoke(thing: number): boolean {
    const own = this.#own.get(thing);
    const behind = this.#behind.get(thing);
    own?.end();
    behind?.forgetChild(thing);
    return own !== undefined || behind !== undefined;
  }
}
