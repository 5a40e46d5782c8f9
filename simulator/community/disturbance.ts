import type { Values } from '@keystead/simulator/behaviour';

/** Faults that can be put into a home, and those that happen by themselves now and then. */
export const faultKinds = [
  'smoke',
  'tamper',
  'wrong-code',
  'low-battery',
  'offline',
  'stuck-meter',
  'haze',
  'door-left-open',
  'leak',
  'host-busy',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const isFaultKind = (text: string): text is FaultKind => (faultKinds as readonly string[]).includes(text);

interface Said {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a fault does to one device. All times are real seconds since it began. */
export interface Disturbance {
  /** Family of the device it strikes. */
  readonly family: string;
  /** It ends by itself after so long. */
  readonly lasts: number;
  /** The last part of it, in which it dies away; clearing it jumps there. */
  readonly fades: number;
  /** Seconds between reports while it lasts; the usual interval when absent. */
  readonly every?: number;
  /** No power: nothing is said at all and the connection is gone. */
  readonly silent?: true;
  readonly events?: readonly (Said & { readonly after: number })[];
  /** Told when it is over. */
  readonly closing?: Said;
  /** Readings under the fault; `first` is what the device said undisturbed when it began. */
  bend?(values: Values, seconds: number, first: Values): Values;
}

/** Rises for ten seconds, stays, and dies away over `fades`. */
const swell = (seconds: number, { lasts, fades }: { lasts: number; fades: number }): number =>
  Math.max(0, Math.min(1, seconds / 10, (lasts - seconds) / fades));

const fire = { lasts: 150, fades: 30 };
const haze = { lasts: 90, fades: 40 };
const smokeAt = (values: Values, density: number): Values => ({
  ...values,
  smoke: Math.round((Number(values.smoke) + density) * 10) / 10,
  alarm: density > 9,
  temperature: Math.round((Number(values.temperature) + density * 0.9) * 10) / 10,
});

/** Every fault by its name. */
export const disturbances: Readonly<Record<FaultKind, Disturbance>> = {
  smoke: {
    family: 'smoke-detector',
    ...fire,
    every: 1,
    events: [{ after: 7, event: 'smoke', data: { density: 10 } }],
    closing: { event: 'smoke-cleared' },
    bend: (values, seconds) => smokeAt(values, 16 * swell(seconds, fire)),
  },
  tamper: { family: 'lock', lasts: 60, fades: 0, events: [{ after: 0, event: 'tamper' }] },
  'wrong-code': {
    family: 'lock',
    lasts: 180,
    fades: 0,
    every: 4,
    events: [{ after: 20, event: 'wrong-code', data: { count: 6 } }],
    bend: (values, seconds) => ({ ...values, wrongCodes: Math.min(6, 1 + Math.floor(seconds / 4)) }),
  },
  'low-battery': {
    family: 'lock',
    lasts: 900,
    fades: 0,
    events: [{ after: 0, event: 'low-battery', data: { battery: 8 } }],
    bend: (values) => ({ ...values, battery: 8 }),
  },
  offline: { family: 'home-gateway', lasts: 300, fades: 0, silent: true },
  'stuck-meter': {
    family: 'water-meter',
    lasts: 7_200,
    fades: 0,
    every: 60,
    bend: (values, _seconds, first) => ({ ...values, volume: first.volume ?? 0 }),
  },
  haze: {
    family: 'smoke-detector',
    ...haze,
    every: 2,
    bend: (values, seconds) => smokeAt(values, 6.5 * swell(seconds, haze)),
  },
  'door-left-open': {
    family: 'lock',
    lasts: 150,
    fades: 0,
    every: 30,
    events: [
      { after: 0, event: 'door-opened' },
      { after: 60, event: 'door-left-open' },
    ],
    closing: { event: 'door-closed' },
    bend: (values) => ({ ...values, open: true, locked: false }),
  },
  leak: {
    family: 'water-meter',
    lasts: 300,
    fades: 0,
    every: 30,
    events: [{ after: 5, event: 'leak' }],
    bend: (values) => ({ ...values, flow: Math.max(0.9, Number(values.flow)) }),
  },
  'host-busy': {
    family: 'host',
    lasts: 150,
    fades: 0,
    every: 10,
    bend: (values) => ({ ...values, cpu: 94.5, load: 11.2 }),
  },
};
