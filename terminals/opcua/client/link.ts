import type { Clock } from '@keystead/kernel/base';
import type { LinkFigures } from '@keystead/terminals/port';

export const newFigures = (clock: Clock): LinkFigures => ({
  state: 'waiting',
  since: clock.now().getTime(),
  sent: 0,
  received: 0,
  lost: 0,
  damaged: 0,
  breaks: 0,
});

/** Changes the state; a fall from `up` is a break. */
export function turn(figures: LinkFigures, state: LinkFigures['state'], clock: Clock): void {
  if (figures.state === state) return;
  if (figures.state === 'up' && state === 'down') figures.breaks += 1;
  figures.state = state;
  figures.since = clock.now().getTime();
}
