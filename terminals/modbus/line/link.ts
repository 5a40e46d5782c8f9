import type { Clock } from '@keystead/kernel/base';
import type { LinkFigures } from '@keystead/terminals/port';

/** How one device's traffic has been doing; counted where frames are sent and received. */
export interface Link {
  readonly device: string;
  readonly unit: number;
  readonly figures: LinkFigures;
  sent(): void;
  received(latency: number): void;
  lost(): void;
  damaged(): void;
  /** Changes the state; a fall from `up` is a break. */
  turn(state: LinkFigures['state']): void;
}

/** `turned`: called after each change of its state. */
export function newLink(device: string, unit: number, clock: Clock, turned: () => void = () => {}): Link {
  const figures: LinkFigures = {
    state: 'waiting',
    since: clock.now().getTime(),
    sent: 0,
    received: 0,
    lost: 0,
    damaged: 0,
    breaks: 0,
  };
  return {
    device,
    unit,
    figures,
    sent: () => {
      figures.sent += 1;
    },
    received: (latency) => {
      figures.received += 1;
      figures.latency = latency;
    },
    lost: () => {
      figures.lost += 1;
    },
    damaged: () => {
      figures.damaged += 1;
    },
    turn: (state) => {
      if (state === figures.state) return;
      if (figures.state === 'up' && state === 'down') figures.breaks += 1;
      figures.state = state;
      figures.since = clock.now().getTime();
      turned();
    },
  };
}

/** A channel as a whole, from the links of its devices: a cable that is pulled out breaks it once, however many they are. */
export class WholeLink {
  readonly #members: Link[] = [];
  readonly #own: Link;

  constructor(clock: Clock) {
    this.#own = newLink('', 0, clock);
  }

  /** A link that counts for it. */
  add(device: string, unit: number, clock: Clock): Link {
    const link = newLink(device, unit, clock, () => this.#turn());
    this.#members.push(link);
    return link;
  }

  /** Up while any device is; counters added, latency the mean of the last ones. */
  get figures(): LinkFigures {
    const sum: LinkFigures = { ...this.#own.figures };
    const latencies: number[] = [];
    for (const { figures } of this.#members) {
      for (const key of ['sent', 'received', 'lost', 'damaged'] as const) sum[key] += figures[key];
      if (figures.latency !== undefined) latencies.push(figures.latency);
    }
    if (latencies.length > 0) sum.latency = latencies.reduce((total, each) => total + each, 0) / latencies.length;
    return sum;
  }

  #turn(): void {
    const is = (state: LinkFigures['state']) => this.#members.some(({ figures }) => figures.state === state);
    this.#own.turn(is('up') ? 'up' : is('down') ? 'down' : 'waiting');
  }
}
