import { choices, seedOf } from '@keystead/simulator/behaviour';
import { disturbances, type FaultKind } from './disturbance.ts';
import type { Fleet } from './fleet.ts';

export interface FaultWish {
  readonly fault: FaultKind;
  /** Code of the home (or of the thing itself); any when absent. */
  readonly home?: string;
  readonly clear?: boolean;
}

export interface FaultAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** Mild faults that happen by themselves; what stands here more often happens more often. */
const usual: readonly FaultKind[] = [
  'wrong-code',
  'wrong-code',
  'haze',
  'haze',
  'door-left-open',
  'door-left-open',
  'low-battery',
  'leak',
  'offline',
  'host-busy',
  'tamper',
];

/** Puts faults into devices and takes them away. */
export class Injection {
  readonly #fleet: Fleet;
  readonly #choose: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(fleet: Fleet, seed = seedOf('faults')) {
    this.#fleet = fleet;
    this.#choose = choices(seed);
  }

  /** Carries a wish out; the answer says on which thing, or why not. */
  wish({ fault, home, clear }: FaultWish): FaultAnswer {
    const { family } = disturbances[fault];
    const able = [...this.#fleet.all()].filter(({ device: { unit } }) => unit.family === family);
    const named =
      home === undefined ? able : able.filter(({ device: { unit } }) => unit.place === home || unit.code === home);
    if (named.length === 0)
      return { ok: false, text: home ? `${home} 没有 ${family} / has no ${family}` : `没有 ${family}` };
    const said = (did: string, code: string) => ({ ok: true, text: `${fault} ${did} ${code}` });
    if (clear) {
      const over = named.filter(({ device }) => device.recover(fault));
      for (const { speaker } of over) speaker.plan();
      if (over.length === 0) return { ok: false, text: `没有正在发生的 ${fault} / nothing suffers ${fault}` };
      return said('已解除 / cleared:', over.map(({ device }) => device.unit.code).join(', '));
    }
    const chosen = named[Math.floor(this.#choose() * named.length)];
    if (!chosen) return { ok: false, text: `没有 ${family}` };
    chosen.device.suffer(fault);
    chosen.speaker.plan();
    return said('→', `${chosen.device.unit.code}（${chosen.device.unit.name}）`);
  }

  /** A mild fault every so many minutes on the average, in an order that is the same each time. */
  byItself(minutes: number): void {
    if (minutes <= 0) return;
    const wait = Math.min(-Math.log(1 - this.#choose()) * minutes, minutes * 4) * 60_000;
    this.#timer = setTimeout(() => {
      this.wish({ fault: usual[Math.floor(this.#choose() * usual.length)] ?? 'haze' });
      this.byItself(minutes);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
