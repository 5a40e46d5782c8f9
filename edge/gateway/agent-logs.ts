import { type SequenceRange, SequenceRanges } from '@keystead/contracts/agent';
import type { TransferLevel } from '@keystead/contracts/labels';
import type { AgentLogPart } from '@keystead/terminals/mqtt';
import type { CommittedRange, Ranges } from './ports.ts';
import { ThingStates } from './thing-states.ts';

/** Agents whose logs are remembered; ranges of one level that do not touch. */
const mostAgents = 10_000;
const mostGaps = 10_000;

interface UnderWay {
  readonly range: SequenceRange;
  readonly done: Promise<void>;
}

interface LevelState {
  readonly committed: SequenceRanges;
  readonly underWay: Set<UnderWay>;
}

/** What is known of one log of one agent. */
class LogState {
  readonly log: string;
  readonly levels: readonly [LevelState, LevelState, LevelState];
  /** Resolves when what earlier gateways committed is known too. */
  loading: Promise<void> | undefined;

  constructor(log: string) {
    this.log = log;
    const level = (): LevelState => ({ committed: new SequenceRanges(), underWay: new Set() });
    this.levels = [level(), level(), level()];
  }

  of(level: TransferLevel): LevelState {
    return this.levels[(level - 1) as 0 | 1 | 2];
  }
}

/** The part of a message that is to be taken, and where its fate is told. */
export interface Entry {
  /** False = committed before: it came again. */
  isFresh(sequence: number): boolean;
  /** What is to be kept in the commit of its records. `received`: µs since 1970. */
  range(received: number): CommittedRange;
  /** After a commit that held the range too. */
  committed(): void;
  /** Nothing of it needs a commit: resolves when the centre knows of the range. */
  noted(received: number): Promise<void>;
  failed(): void;
}

/**
 * The numbers of agents' logs: a record that comes again, because its acknowledgement was lost, is not taken twice
 * although its bounds may be other ones (`H-7.2-b-2`). Outlives sessions; across restarts the `Ranges` port remembers.
 */
export class AgentLogs {
  readonly #states = new ThingStates<{ log?: LogState }>(mostAgents, () => ({}));
  readonly #ranges: Ranges | undefined;

  constructor(ranges: Ranges | undefined) {
    this.#ranges = ranges;
  }

  /** Undefined = the log has more gaps than any honest one. */
  async enter(agent: number, part: AgentLogPart): Promise<Entry | undefined> {
    const state = this.#stateOf(agent, part.log);
    if (state.loading) await state.loading;
    const level = state.of(part.level);
    if (level.committed.size >= mostGaps) return undefined;
    const range = boundsOf(part);
    // The same records may still wait for the commit of their first arrival: its fate decides about these.
    for (let met = overlap(level, range); met.length > 0; met = overlap(level, range))
      await Promise.all(met.map(({ done }) => done));
    const before = new SequenceRanges(level.committed.runs().filter((run) => touches(run, range)));
    let decided = (): void => {};
    const done = new Promise<void>((resolve) => {
      decided = resolve;
    });
    const underWay = { range, done };
    level.underWay.add(underWay);
    const leave = () => {
      level.underWay.delete(underWay);
      decided();
    };
    const committed = () => {
      level.committed.add(range[0], range[1]);
      leave();
    };
    return {
      isFresh: (sequence) => !before.has(sequence),
      failed: leave,
      range: (received) => committedRange(agent, part, received),
      committed,
      noted: async (received) => {
        committed();
        await this.#ranges?.committed(committedRange(agent, part, received));
      },
    };
  }

  #stateOf(agent: number, log: string): LogState {
    const kept = this.#states.get(agent);
    if (kept.log?.log === log) return kept.log;
    const state = new LogState(log);
    kept.log = state;
    const ranges = this.#ranges;
    if (ranges) {
      state.loading = ranges.known(agent, log).then(
        (known) => {
          for (const { level, from, to } of known) state.of(level).committed.add(from, to);
          state.loading = undefined;
        },
        (failure: unknown) => {
          // Asked again with the next message; this one is not acknowledged.
          if (kept.log === state) kept.log = undefined;
          throw failure;
        },
      );
    }
    return state;
  }
}

const boundsOf = ({ from, records }: AgentLogPart): SequenceRange => [from, from + records.length - 1];
const touches = (a: SequenceRange, b: SequenceRange): boolean => a[0] <= b[1] && b[0] <= a[1];
const overlap = (level: LevelState, range: SequenceRange): UnderWay[] =>
  [...level.underWay].filter((each) => touches(each.range, range));

function committedRange(agent: number, part: AgentLogPart, received: number): CommittedRange {
  const { log, level, from, records, dropped } = part;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const record of records) {
    if (record.kind === 'refused') continue;
    const { time } = record.kind === 'reading' ? record.reading : record.occurrence;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const times = first <= last ? { first, last } : {};
  return { agent, log, level, from, to: from + records.length - 1, ...times, dropped, received };
}
