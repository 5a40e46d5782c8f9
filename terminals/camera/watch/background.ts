import type { KeptWatch } from './kept-watch.ts';
import { likeness } from './likeness.ts';
import { cells, type View } from './view.ts';

/** Views that make up the first picture of what is to be seen. */
const wanted = 8;
/** How far each later view moves it: light and seasons are followed, what stands there for a minute is not. */
const pace = 0.02;

/** What a camera usually sees; learnt from its first views and carried along while all is well. */
export class Background {
  mean = 0;
  spread = 0;
  detail = 0;
  readonly across = new Float32Array(cells);
  readonly down = new Float32Array(cells);
  #taken = 0;

  get learnt(): boolean {
    return this.#taken >= wanted;
  }

  /** What was learnt before, as if it were learnt now. */
  restore({ mean, spread, detail, across, down }: KeptWatch): void {
    this.mean = mean;
    this.spread = spread;
    this.detail = detail;
    this.across.set(across);
    this.down.set(down);
    this.#taken = wanted;
  }

  learn(view: View): void {
    const part = this.learnt ? pace : 1 / (this.#taken + 1);
    this.#taken++;
    const move = (from: number, to: number) => from + (to - from) * part;
    this.mean = move(this.mean, view.mean);
    this.spread = move(this.spread, view.spread);
    this.detail = move(this.detail, view.detail);
    for (let n = 0; n < cells; n++) {
      this.across[n] = move(this.across[n] ?? 0, view.across[n] ?? 0);
      this.down[n] = move(this.down[n] ?? 0, view.down[n] ?? 0);
    }
  }

  likenessOf(view: View): number {
    return likeness(view, this);
  }
}
