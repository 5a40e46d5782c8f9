import type { Log } from '@keystead/kernel/base';
import pg from 'pg';

/**
 * One listening connection, kept alive: hands over the text of each notification. Reconnects by itself, and calls
 * `regained` then, because what was said meanwhile is lost.
 */
export function listen(
  url: string,
  channels: string[],
  heard: (channel: string, text: string) => void,
  regained: () => void,
  log: Log,
) {
  let client: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const made = new pg.Client({ connectionString: url });
    made.on('notification', (message) => heard(message.channel, message.payload ?? ''));
    let isLost = false;
    /** However many ways a connection tells of its end, one other is tried in its place. */
    const lost = (cause?: unknown) => {
      if (isLost) return;
      isLost = true;
      if (client === made) client = undefined;
      if (stopped) return;
      log.warn({ err: cause }, 'listening connection lost');
      timer = setTimeout(() => void connect().then(regained, () => {}), 500);
    };
    made.on('error', lost);
    made.on('end', () => lost());
    try {
      await made.connect();
      client = made;
      for (const channel of channels) await made.query(`listen ${channel}`);
    } catch (cause) {
      lost(cause);
      await made.end().catch(() => {});
      throw cause;
    }
    if (stopped) await made.end();
  }

  return {
    start: connect,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

/** Calls `ring` at most once every `interval` ms however often it is asked, never losing the last call. */
export function atMostEvery(interval: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      ring();
    }, interval);
  };
}
