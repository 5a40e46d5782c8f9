import type { ChannelKind, LinkFigures, Reading } from '@keystead/terminals/port';
import { MethodUnknown } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const Settings = Type.Object(
  {
    /** Seconds between two readings of a device, in the time that is played. */
    interval: Type.Number({ exclusiveMinimum: 0, maximum: 86_400, default: 10 }),
    /** Seconds of the past played first, as fast as they are taken. */
    past: Type.Integer({ minimum: 0, maximum: 31 * 86_400, default: 0 }),
    /** True: nothing more after the past. */
    once: Type.Boolean({ default: false }),
    /** ISO time at which the past ends; now when absent. */
    until: Type.Optional(Type.String({ maxLength: 32 })),
  },
  { additionalProperties: false },
);

const At = Type.Object(
  {
    /** Values by property: a middle and how far they swing, in a sine of the given minutes; a fixed value otherwise. */
    values: Type.Record(
      Type.String({ maxLength: 64 }),
      Type.Union([
        Type.Object({ middle: Type.Number(), swing: Type.Number(), minutes: Type.Number({ exclusiveMinimum: 0 }) }),
        Type.Number(),
        Type.Boolean(),
        Type.String({ maxLength: 256 }),
      ]),
    ),
  },
  { additionalProperties: false },
);

type Wave = Static<typeof At>['values'][string];

function valueAt(wave: Wave, seconds: number): unknown {
  if (typeof wave !== 'object') return wave;
  return Number((wave.middle + wave.swing * Math.sin((seconds / 60 / wave.minutes) * 2 * Math.PI)).toFixed(2));
}

/** A channel without devices, for trials on site: tries out the way to the centre before anything is wired. */
export const trialChannel: ChannelKind<typeof Settings, typeof At> = {
  protocol: 'trial',
  name: { zh: '演练', en: 'Trial' },
  settings: Settings,
  device: At,
  bearers: ['ethernet'],
  open: async ({ settings, devices }, host) => {
    const { interval, past, once, until } = settings;
    const began = until === undefined ? host.clock.now().getTime() : Date.parse(until);
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    let sent = 0;
    const say = (ms: number): Promise<void> => {
      const readings = devices.map(({ name, at }): Reading => {
        const values = Object.entries(at.values).map(([property, wave]) => [property, valueAt(wave, ms / 1000)]);
        return { device: name, time: Math.round(ms * 1000), values: Object.fromEntries(values) };
      });
      sent += readings.length;
      return host.take({ kind: 'readings', readings });
    };
    const play = async (): Promise<void> => {
      const first = began - past * 1000;
      const steps = Math.floor(past / interval);
      for (let step = 0; step < steps && !over; step += 8) {
        const ahead = Array.from({ length: Math.min(8, steps - step) }, (_, i) =>
          say(first + (step + i) * interval * 1000),
        );
        await Promise.all(ahead);
      }
      host.log.info({ readings: sent }, 'past played');
      if (!once && !over)
        timer = setInterval(() => {
          say(host.clock.now().getTime()).catch((err: unknown) => host.log.warn({ err }, 'not taken'));
        }, interval * 1000);
    };
    play().catch((err: unknown) => host.log.error({ err }, 'trial ended'));
    const figures = (): LinkFigures => ({
      state: 'up',
      since: began,
      sent,
      received: sent,
      lost: 0,
      damaged: 0,
      breaks: 0,
    });
    return {
      call: async (_device, method, params) => {
        if (method === 'echo') return params;
        throw new MethodUnknown({ method });
      },
      links: () => new Map([['', figures()], ...devices.map(({ name }): [string, LinkFigures] => [name, figures()])]),
      close: async () => {
        over = true;
        clearInterval(timer);
      },
    };
  },
};
