import type { Installation } from '@keystead/kernel/testing';
import { eventually } from './device.ts';

export interface AlarmHeard {
  change: string;
  severity: number;
  subject: { id: string };
  title: { zh: string; en: string };
  /** Event time, µs. */
  eventTime?: number;
  /** When it was pushed here, ms. */
  at: number;
}

/** What every open page hears of alarms, as it comes. */
export interface Ear {
  heard: readonly AlarmHeard[];
  /** The next news of that kind about a thing that nobody waited for yet; fails after `seconds`. */
  next(thing: string, changes: readonly string[], seconds?: number): Promise<AlarmHeard>;
  close(): void;
}

interface Word {
  topic: string;
  data: { refused?: string[] };
}

export async function openEar(platform: Installation): Promise<Ear> {
  const socket = new WebSocket(`${platform.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${platform.apiKey}` },
  } as never);
  const heard: AlarmHeard[] = [];
  const taken = new Set<AlarmHeard>();
  let subscribed = false;
  socket.addEventListener('message', ({ data }) => {
    const at = Date.now();
    for (const { topic, data: word } of JSON.parse(String(data)) as Word[]) {
      if (topic === 'subscribed') subscribed = word.refused?.length === 0;
      if (topic === 'alarm.changed') heard.push({ ...(word as unknown as AlarmHeard), at });
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the live socket did not open')));
  });
  await eventually(
    async () => {
      socket.send(JSON.stringify({ subscribe: ['alarm.changed'] }));
      return subscribed;
    },
    (is) => is,
  );
  return {
    heard,
    next: async (thing, changes, seconds = 60) => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
        const found = heard.find(
          (each) => each.subject.id === thing && changes.includes(each.change) && !taken.has(each),
        );
        if (found) {
          taken.add(found);
          return found;
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      throw new Error(`no ${changes.join(' or ')} of ${thing} within ${seconds} s`);
    },
    close: () => socket.close(),
  };
}

export const arisen = ['raised', 'reactivated'] as const;
