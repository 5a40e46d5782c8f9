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

export function newLink(device: string, unit: number, clock: Clock): Link {
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
    },
  };
}

/** Several links as one: up while any is, counters added, latency the mean of the last ones. */
export function sumOf(links: Iterable<LinkFigures>, opened: number): LinkFigures {
  const sum: LinkFigures = { state: 'waiting', since: opened, sent: 0, received: 0, lost: 0, damaged: 0, breaks: 0 };
  const latencies: number[] = [];
  const rank = { up: 2, down: 1, waiting: 0 };
  for (const link of links) {
    for (const key of ['sent', 'received', 'lost', 'damaged', 'breaks'] as const) sum[key] += link[key];
    if (link.latency !== undefined) latencies.push(link.latency);
    if (rank[link.state] > rank[sum.state]) {
      sum.state = link.state;
      sum.since = link.since;
    } else if (link.state === sum.state) sum.since = Math.max(sum.since, link.since);
  }
  if (latencies.length > 0) sum.latency = latencies.reduce((total, each) => total + each, 0) / latencies.length;
  return sum;
}
