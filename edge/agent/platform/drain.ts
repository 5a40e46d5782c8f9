import { SequenceRanges } from '@keystead/contracts/agent';
import type { Log } from '@keystead/kernel/base';
import { type DroppedRecords, topics, writeAgentLog } from '@keystead/terminals/mqtt';
import type { Spool } from '../spool/spool.ts';
import type { ParameterChange, SendWindow } from './send-window.ts';

type Level = 1 | 2 | 3;

/** Where messages go: resolves with the acknowledgement, rejects when the connection is lost. */
export type Publish = (topic: string, payload: Buffer) => Promise<void>;

interface LevelCourse {
  /** From here on records are new since the connection began; they go ahead of the backlog. */
  liveFrom: number;
  live: number;
  /** Sent and not acknowledged. */
  underWay: SequenceRanges;
  backlog: number;
  /** New records may wait a moment for company. */
  due: boolean;
  timer?: NodeJS.Timeout;
  tellingDropped: boolean;
}

/** ms that new records of a level wait for others to travel with. */
const gatherMs: Readonly<Record<Level, number>> = { 3: 0, 2: 100, 1: 250 };
/** New records that wait longer than this many are backlog like any other. */
const mostLive = 20_000;
/** Every so many messages one is of the backlog, however much is new. */
const backlogShare = 4;
const mostToldAtOnce = 200;

/**
 * Empties the log into one connection: level 3 first and in order, then what is new, then the backlog from its oldest
 * on, with its share when everything is busy (H-7.2-b-2). A connection that is lost leaves everything unacknowledged in
 * the log; the next drain starts from there.
 */
export class Drain {
  readonly #spool: Spool;
  readonly #publish: Publish;
  readonly #window: SendWindow;
  readonly #log: Log;
  readonly #onChange: (change: ParameterChange) => void;
  readonly #courses: Record<Level, LevelCourse>;
  #bytes = 0;
  #sent = 0;
  #pumping = false;
  #again = false;
  #over = false;
  /** ms of the last acknowledgement. */
  latency: number | undefined;

  constructor(
    spool: Spool,
    publish: Publish,
    window: SendWindow,
    log: Log,
    onChange: (change: ParameterChange) => void,
  ) {
    this.#spool = spool;
    this.#publish = publish;
    this.#window = window;
    this.#log = log;
    this.#onChange = onChange;
    const course = (level: Level): LevelCourse => {
      // Level 3 keeps its order: what it says is judged by the order it comes in.
      const liveFrom = level === 3 ? Number.POSITIVE_INFINITY : spool.next(level);
      return { liveFrom, live: liveFrom, underWay: new SequenceRanges(), backlog: 1, due: true, tellingDropped: false };
    };
    this.#courses = { 1: course(1), 2: course(2), 3: course(3) };
    this.#pump();
  }

  /** Records of a level became durable. */
  poke(level: Level): void {
    const course = this.#courses[level];
    if (gatherMs[level] === 0 || course.due) this.#pump();
    else
      course.timer ??= setTimeout(() => {
        course.timer = undefined;
        course.due = true;
        this.#pump();
      }, gatherMs[level]);
  }

  stop(): void {
    this.#over = true;
    for (const { timer } of Object.values(this.#courses)) clearTimeout(timer);
  }

  #pump(): void {
    this.#again = true;
    if (this.#pumping || this.#over) return;
    this.#pumping = true;
    this.#run()
      .catch((err: unknown) => this.#log.error({ err }, 'log not read'))
      .finally(() => {
        this.#pumping = false;
      });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#over) {
      this.#again = false;
      while (!this.#over && this.#bytes < this.#window.parameters.window && (await this.#sendNext()));
    }
  }

  /** Sends one message; false = nothing is to be sent now. */
  async #sendNext(): Promise<boolean> {
    if (await this.#sendFrom(3, 'backlog')) return true;
    const turnOfBacklog = this.#sent % backlogShare === backlogShare - 1;
    const order = [
      [2, 'live'],
      [1, 'live'],
      [2, 'backlog'],
      [1, 'backlog'],
    ] as const;
    const turns = turnOfBacklog ? [...order.slice(2), ...order.slice(0, 2)] : order;
    for (const [level, part] of turns) if (await this.#sendFrom(level, part)) return true;
    return false;
  }

  async #sendFrom(level: Level, part: 'live' | 'backlog'): Promise<boolean> {
    const course = this.#courses[level];
    const next = this.#spool.next(level);
    if (part === 'live' && next - course.live > mostLive) {
      course.liveFrom = next;
      course.live = next;
    }
    if (part === 'live' && !course.due) return false;
    const until = part === 'live' ? next : Math.min(next, course.liveFrom);
    const from = this.#unsent(level, part === 'live' ? course.live : course.backlog, until);
    if (from < until) return this.#send(level, part, from, until);
    if (part === 'live') {
      course.live = Math.max(course.live, until);
      course.due = gatherMs[level] === 0;
      return false;
    }
    course.backlog = this.#spool.nextUnsettled(level);
    return this.#tellDropped(level);
  }

  async #send(level: Level, part: 'live' | 'backlog', from: number, until: number): Promise<boolean> {
    const course = this.#courses[level];
    const free = course.underWay.missing(from, until - 1)[0];
    const end = free === undefined ? until : free[1] + 1;
    const piece = await this.#spool.read(level, from, end, this.#window.parameters.message);
    if (piece === undefined) {
      if (part === 'live') course.live = end;
      else course.backlog = end;
      return true;
    }
    if (part === 'live') course.live = piece.to + 1;
    else course.backlog = piece.to + 1;
    const dropped = this.#droppedOf(level);
    const head = { log: this.#spool.name, level, from: piece.from, offset: this.#spool.offsetOf(piece.epoch), dropped };
    course.underWay.add(piece.from, piece.to);
    this.#dispatch(level, writeAgentLog(head, piece.records), dropped, () =>
      this.#spool.settle(level, piece.from, piece.to),
    );
    return true;
  }

  /** A message without records, when there is news of dropped ones and nothing to send it with. */
  #tellDropped(level: Level): boolean {
    const dropped = this.#droppedOf(level);
    if (dropped.length === 0) return false;
    const head = { log: this.#spool.name, level, from: this.#spool.next(level), offset: 0, dropped };
    this.#dispatch(level, writeAgentLog(head, []), dropped, () => {});
    return true;
  }

  #droppedOf(level: Level): readonly DroppedRecords[] {
    const course = this.#courses[level];
    if (course.tellingDropped) return [];
    // A copy: a range that grows while it is told is told again.
    const dropped = this.#spool
      .untold(level)
      .slice(0, mostToldAtOnce)
      .map((each) => ({ ...each }));
    course.tellingDropped = dropped.length > 0;
    return dropped;
  }

  #dispatch(level: Level, payload: Buffer, dropped: readonly DroppedRecords[], settled: () => void): void {
    const began = performance.now();
    this.#bytes += payload.length;
    this.#sent++;
    this.#publish(topics.agentUp, payload).then(
      () => {
        this.#bytes -= payload.length;
        if (dropped.length > 0) {
          this.#spool.told(level, dropped);
          this.#courses[level].tellingDropped = false;
        }
        settled();
        const now = performance.now();
        this.latency = now - began;
        const change = this.#window.acknowledged(payload.length, now - began, now);
        if (change) this.#onChange(change);
        this.#pump();
      },
      // The connection is lost: this drain is over, and the next one finds everything in the log.
      () => this.stop(),
    );
  }

  /** The first record from `from` on that is neither settled nor under way. */
  #unsent(level: Level, from: number, until: number): number {
    const { underWay } = this.#courses[level];
    let at = from;
    while (at < until) {
      const next = Math.max(this.#spool.nextUnsettled(level, at), underWay.nextMissing(at));
      if (next === at) return at;
      at = next;
    }
    return until;
  }
}
