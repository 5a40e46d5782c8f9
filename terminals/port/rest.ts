import { setTimeout } from 'node:timers/promises';

/** Until so many ms have passed or the channel closes, whichever is first; never rejects. */
export const rest = (ms: number, closed: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal: closed }).catch(() => undefined);
