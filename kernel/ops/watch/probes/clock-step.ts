import { limit, type Probe } from '../probe.ts';

export interface TwoClocks {
  /** Both in ms: what the machine says the time is, and what only ever runs on. */
  wall(): number;
  steady(): number;
}

/** Seconds by which the machine's clock was moved since the look before: timestamps around it are to be doubted. */
export function clockProbe({ wall, steady }: TwoClocks): Probe {
  let before = { wall: wall(), steady: steady() };
  return {
    source: 'clock',
    unit: 's',
    usual: limit(2, 0.5, { forSeconds: 0, severity: 3 }),
    read: async () => {
      const now = { wall: wall(), steady: steady() };
      const step = (now.wall - before.wall - (now.steady - before.steady)) / 1000;
      before = now;
      return { value: Math.abs(Math.round(step * 1000) / 1000), detail: step < 0 ? 'backwards' : 'forwards' };
    },
  };
}
