import { Background } from './background.ts';
import type { KeptWatch } from './kept-watch.ts';
import { shiftBetween, turnBetween } from './likeness.ts';
import type { View } from './view.ts';

export type Fault = 'lost' | 'covered' | 'rotated';

/** One look at a camera: what it showed, or why nothing is to be seen. `mark`: the same bytes have the same. */
export type Look = { view: View; mark: string } | { missing: 'no-answer' | 'no-picture' };

export interface Finding {
  fault: Fault;
  begun: boolean;
  /** What speaks for it, for people. */
  detail: Record<string, string | number>;
}

export interface WatchSettings {
  /** ms a fault must last before it is told. */
  patience: number;
  /** ms after which a picture that never changes by a byte is a standing one. */
  standing: number;
}

type Verdict = { fault: Fault; detail: Finding['detail'] } | 'well' | 'unsure';

/** A picture whose cells differ less than this has nothing to show: a black, blue or grey screen. */
const empty = 2.5;
/** Less than this of the detail that is usually there: something stands before the lens. */
const leastDetail = 0.35;
/** A fault is told from the fourth look on: a headlight or a bird is gone by then. */
const leastLooks = 4;

/** Watches one camera, look by look (H-6.2-b-1). Knows no clock and no camera: times come with the looks. */
export class Watch {
  readonly #settings: WatchSettings;
  #background = new Background();
  #told: Fault | undefined;
  #bad: { at: number; fault: Fault; detail: Finding['detail'] }[] = [];
  #well: number[] = [];
  #mark = { text: '', since: 0, looks: 0 };

  constructor(settings: WatchSettings) {
    this.#settings = settings;
  }

  /** What is told of it now. */
  get fault(): Fault | undefined {
    return this.#told;
  }

  get learnt(): boolean {
    return this.#background.learnt;
  }

  /** What must be known after a restart; undefined as long as nothing is learnt. */
  keep(): KeptWatch | undefined {
    const { mean, spread, detail, across, down, learnt } = this.#background;
    return learnt ? { fault: this.#told, mean, spread, detail, across, down } : undefined;
  }

  /** Goes on from what was kept: a camera that was turned or covered meanwhile is found, and what was told can end. */
  restore(kept: KeptWatch): void {
    this.#background.restore(kept);
    this.#told = kept.fault;
  }

  /** What the camera shows from now on is what it is to show: somebody turned it on purpose. */
  relearn(): Finding[] {
    const over = this.#told;
    this.#background = new Background();
    this.#told = undefined;
    this.#bad = [];
    return over && over !== 'lost' ? [{ fault: over, begun: false, detail: { reason: 'relearnt' } }] : [];
  }

  /** `at`: ms, never falling. */
  look(at: number, look: Look): Finding[] {
    const verdict = this.#judge(at, look);
    if (verdict === 'unsure') return [];
    if (verdict === 'well') return this.#seenWell(at);
    this.#well = [];
    this.#bad.push({ at, ...verdict });
    if (this.#bad.length > 200) this.#bad.splice(1, 1);
    const since = this.#bad[0]?.at ?? at;
    if (this.#bad.length < leastLooks || at - since < this.#settings.patience) return [];
    const fault = this.#prevailing();
    if (fault === this.#told) return [];
    const before = this.#told;
    this.#told = fault;
    const { detail = {} } = this.#bad.findLast((each) => each.fault === fault) ?? {};
    const begun = { fault, begun: true, detail: { ...detail, since } };
    return before ? [{ fault: before, begun: false, detail: { reason: fault } }, begun] : [begun];
  }

  #prevailing(): Fault {
    const late = this.#bad.slice(-2 * leastLooks);
    const count = (fault: Fault) => late.filter((each) => each.fault === fault).length;
    return (['lost', 'covered', 'rotated'] as const).reduce((best, one) => (count(one) > count(best) ? one : best));
  }

  #seenWell(at: number): Finding[] {
    this.#well.push(at);
    if (this.#well.length > leastLooks) this.#well.shift();
    // One good look does not end a fault that was told, but it does end the suspicion of one.
    if (this.#told && this.#well.length < leastLooks) return [];
    this.#bad = [];
    const over = this.#told;
    this.#told = undefined;
    return over ? [{ fault: over, begun: false, detail: {} }] : [];
  }

  #judge(at: number, look: Look): Verdict {
    if ('missing' in look) return { fault: 'lost', detail: { reason: look.missing } };
    const { view, mark } = look;
    this.#mark =
      mark === this.#mark.text ? { ...this.#mark, looks: this.#mark.looks + 1 } : { text: mark, since: at, looks: 1 };
    if (this.#mark.looks > leastLooks && at - this.#mark.since >= this.#settings.standing)
      return { fault: 'lost', detail: { reason: 'standing-picture' } };
    if (view.spread < empty) return { fault: 'lost', detail: { reason: view.mean < 32 ? 'black' : 'uniform' } };
    if (!this.#background.learnt) {
      this.#background.learn(view);
      return this.#told === 'lost' ? 'well' : 'unsure';
    }
    return this.#compare(view);
  }

  #compare(view: View): Verdict {
    const known = this.#background;
    const alike = known.likenessOf(view);
    const round = (value: number) => Math.round(value * 100) / 100;
    const shown = view.detail / Math.max(known.detail, 0.01);
    const otherLight = Math.abs(view.mean - known.mean) > 15 || view.spread < known.spread * 0.6;
    // Whatever shines through a cloth is still like the background: how much is left of it comes first.
    if (shown < leastDetail && otherLight)
      return { fault: 'covered', detail: { likeness: round(alike), detail: round(shown) } };
    if (alike >= 0.5) {
      known.learn(view);
      return 'well';
    }
    if (alike >= 0.35 || shown < leastDetail) return 'unsure';
    const { right, down, likeness } = shiftBetween(view, known);
    const moved = likeness > 0.5;
    return {
      fault: 'rotated',
      detail: {
        likeness: round(alike),
        ...(moved ? { right: round(right), down: round(down) } : { degrees: turnBetween(view, known) }),
      },
    };
  }
}
