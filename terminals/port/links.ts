import type { Clock } from '@keystead/kernel/base';
import type { ChannelHost, ChannelSetup, LinkFigures } from './channel.ts';
import { DeviceSilent } from './refusal.ts';

/** Counts how the links of one channel do; `''` is the line as a whole. */
export interface LinkCounter {
  sent(device: string): void;
  /** `latency`: ms since it was asked, when it was. */
  received(device: string, latency?: number): void;
  lost(device: string): void;
  damaged(device: string): void;
  /** The line (or a device's own link) broke: `down` until something is received. */
  broke(device: string): void;
  up(device: string): void;
  all(): ReadonlyMap<string, LinkFigures>;
}

/** Tries in a row without an answer after which a device's link is `down`. */
const patience = 3;

/** Figures for the line and for the devices named here; others are not counted. */
export function countLinks(clock: Clock, devices: Iterable<string>): LinkCounter {
  const now = () => clock.now().getTime();
  const figures = new Map<string, LinkFigures>();
  const silences = new Map<string, number>();
  for (const name of ['', ...devices])
    figures.set(name, { state: 'waiting', since: now(), sent: 0, received: 0, lost: 0, damaged: 0, breaks: 0 });
  const change = (device: string, more: (one: LinkFigures) => void, state?: LinkFigures['state']) => {
    const one = figures.get(device);
    if (!one) return;
    more(one);
    if (state === undefined || one.state === state) return;
    one.state = state;
    one.since = now();
  };
  const both = (device: string, more: (one: LinkFigures) => void, state?: LinkFigures['state']) => {
    change(device, more, state);
    if (device !== '') change('', more, state);
  };
  return {
    sent: (device) =>
      both(device, (one) => {
        one.sent++;
      }),
    received: (device, latency) => {
      silences.delete(device);
      both(
        device,
        (one) => {
          one.received++;
          if (latency !== undefined) one.latency = latency;
        },
        'up',
      );
    },
    lost: (device) => {
      const silent = (silences.get(device) ?? 0) + 1;
      silences.set(device, silent);
      change('', (one) => {
        one.lost++;
      });
      if (device === '') return;
      change(
        device,
        (one) => {
          one.lost++;
        },
        silent >= patience ? 'down' : undefined,
      );
    },
    damaged: (device) =>
      both(device, (one) => {
        one.damaged++;
      }),
    broke: (device) =>
      change(
        device,
        (one) => {
          one.breaks++;
        },
        'down',
      ),
    up: (device) => change(device, () => undefined, 'up'),
    all: () => figures,
  };
}

/** Figures of a channel: its line, and every device configured on it. */
export const linksOf = (
  { devices }: Pick<ChannelSetup<unknown, unknown>, 'devices'>,
  { clock }: Pick<ChannelHost, 'clock'>,
): LinkCounter =>
  countLinks(
    clock,
    devices.map(({ name }) => name),
  );

/** Work that waits for a device whose words are counted where they are read: here only its silence is. */
export async function countedSilence<T>(links: LinkCounter, device: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DeviceSilent) links.lost(device);
    throw cause;
  }
}

/** One question and its answer, counted: silence is lost, any other failure is an answer. */
export async function countedExchange<T>(links: LinkCounter, device: string, ask: () => Promise<T>): Promise<T> {
  const began = performance.now();
  links.sent(device);
  try {
    const answer = await ask();
    links.received(device, performance.now() - began);
    return answer;
  } catch (cause) {
    if (cause instanceof DeviceSilent) links.lost(device);
    else links.received(device, performance.now() - began);
    throw cause;
  }
}
