import type { LinkFigures } from '@keystead/terminals/port';
import { LinkKeeper, type LinkPolicy } from './link-keeper.ts';

/** A line that is to be run with other settings: 0 = its own, from 1 on its alternatives. */
export interface LineChange {
  channel: string;
  from: number;
  to: number;
  reason: 'down' | 'lossy' | 'proven';
}

/** A line is tried on its own settings again after ten quiet minutes, later when that did not last. */
export const linePolicy: LinkPolicy = { probe: 0, proven: 600_000, longest: 24 * 3_600_000 };
/** ms that a line may be down before its next settings are tried: a change is seen and answered within ten seconds. */
const downMs = 5_000;
/** Share of lost exchanges over the window, with so many asked at least. */
const lossy = 0.3;
const leastAsked = 10;
const windowMs = 20_000;

interface Watched {
  alternatives: number;
  keeper: LinkKeeper;
  downSince?: number;
  /** Counters at the beginning of the window. */
  mark?: { at: number; sent: number; lost: number };
}

type Links = ReadonlyMap<string, ReadonlyMap<string, LinkFigures>>;

/**
 * Says when a line of devices should run with its other settings: another port or host, a slower rate, more patience
 * (I-5.3.2-2). A line cannot be tried while another way is used, so its own settings are tried again after a quiet time
 * that doubles each time they fail soon. `now`: ms of a clock that only goes on.
 */
export class LineKeeper {
  readonly #policy: LinkPolicy;
  #lines = new Map<string, Watched>();

  constructor(policy: LinkPolicy = linePolicy) {
    this.#policy = policy;
  }

  /** The lines there are and how many alternatives each has; one whose number stays keeps its state. */
  apply(alternatives: ReadonlyMap<string, number>): void {
    const next = new Map<string, Watched>();
    for (const [name, count] of alternatives) {
      if (count === 0) continue;
      const known = this.#lines.get(name);
      const same = known?.alternatives === count ? known : undefined;
      next.set(name, same ?? { alternatives: count, keeper: new LinkKeeper(count + 1, this.#policy) });
    }
    this.#lines = next;
  }

  look(links: Links, now: number): LineChange[] {
    const changes: LineChange[] = [];
    for (const [channel, line] of this.#lines) {
      const figures = links.get(channel)?.get('');
      const from = line.keeper.way;
      const reason = figures && this.#judge(line, figures, now);
      if (reason !== undefined) changes.push({ channel, from, to: line.keeper.way, reason });
    }
    return changes;
  }

  #judge(line: Watched, figures: LinkFigures, now: number): LineChange['reason'] | undefined {
    if (figures.state === 'down') line.downSince ??= now;
    else delete line.downSince;
    const isDown = line.downSince !== undefined && now - line.downSince >= downMs;
    const isLossy = this.#isLossy(line, figures, now);
    if (isDown || isLossy) {
      line.keeper.lost(now);
      this.#forget(line);
      return isDown ? 'down' : 'lossy';
    }
    if (line.keeper.wantsProbe(now)) line.keeper.probed(figures.state === 'up', now);
    if (!line.keeper.returns(now)) return undefined;
    this.#forget(line);
    return 'proven';
  }

  #isLossy(line: Watched, { sent, lost }: LinkFigures, now: number): boolean {
    const { mark } = line;
    // A channel that was opened anew counts from zero again.
    if (mark === undefined || sent < mark.sent || lost < mark.lost) {
      line.mark = { at: now, sent, lost };
      return false;
    }
    const [asked, missing] = [sent - mark.sent, lost - mark.lost];
    const isBad = asked >= leastAsked && missing > asked * lossy;
    if (!isBad && now - mark.at >= windowMs) line.mark = { at: now, sent, lost };
    return isBad;
  }

  #forget(line: Watched): void {
    delete line.downSince;
    delete line.mark;
  }
}
