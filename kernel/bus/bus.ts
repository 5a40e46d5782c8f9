import type { EventEnvelope, EventType, Payload } from '@keystead/contracts/events/define';
import type { Clock, Log } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import { atMostEvery, listen } from './doorbell.ts';
import { createLoop } from './loop.ts';
import { createOutbox, eventChannel, type Outbox } from './outbox.ts';
import { createRelay, type Subscription } from './relay.ts';

export interface Listening<E extends EventType> {
  /** Says from the event alone whether it is wanted, for events that come by the hundred a second. */
  readonly concerns?: (event: EventEnvelope<Payload<E>>) => boolean;
  /** Before all that is not, in rounds of its own: for what keeps people safe, and is quick. */
  readonly prompt?: boolean;
}

export interface Bus {
  /**
   * Runs in the worker, inside the transaction that takes the event off the outbox. `name` is unique.
   */
  on<E extends EventType>(
    event: E,
    name: string,
    handle: (event: EventEnvelope<Payload<E>>, tx: Tx) => Promise<void>,
    how?: Listening<E>,
  ): void;
  /** Sees every event after it was committed, in each api process; may miss some while the database is away. */
  onAnnounced(hear: (event: EventEnvelope) => void): void;
  /**
   * Words between processes that are only told in haste (at most 7,000 bytes): whoever does not listen at the moment
   * misses them, so each reader also looks for itself now and then.
   */
  onBell(name: string, hear: (text: string) => void): void;
  ringBell(name: string, text: string): Promise<void>;
  /** The same, rung by the commit of `tx`: for what is urgent and rare. */
  ringWith(tx: Tx, name: string, text: string): void;
  readonly outbox: Outbox;
  /** Delivers everything that waits, and what that causes, until nothing is left: for tests and tools. */
  drain(): Promise<void>;
  /** Tries again the deliveries that failed and are due; the worker does so each second. */
  retry(): Promise<void>;
}

export interface BusOptions {
  db: Db;
  clock: Clock;
  log: Log;
  /** Connection string for the listening connection; without it nothing runs by itself (tests drain by hand). */
  listenUrl?: string;
  relays: boolean;
}

const doorbellPause = 5; // ms
const bellChannel = 'keystead_bell';
const outboxChannel = 'keystead_outbox';
/** On that channel: pages have heard, subscriptions have not. */
const deliverWord = 'deliver';

export function createBus({
  db,
  clock,
  log,
  listenUrl,
  relays,
}: BusOptions): Bus & { start(): Promise<void>; stop(): Promise<void> } {
  const subscriptions: Subscription[] = [];
  const ears: ((event: EventEnvelope) => void)[] = [];
  const bells = new Map<string, (text: string) => void>();
  const relay = createRelay(db, clock, log, () => subscriptions);
  let started = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** A word that nobody misses for good: its commit need not reach the disk before it is heard. */
  const say = async (channel: string, text: string): Promise<void> =>
    void (await db.systemRead(
      sql`select set_config('synchronous_commit', 'off', true), pg_notify(${channel}, ${text})`,
    ));

  const failed = (cause: unknown) => log.error({ err: cause }, 'event relay failed; trying again in a moment');
  // Loops of their own, so that a subscription that takes its time keeps neither pages waiting nor what keeps people safe.
  const deliveries = createLoop(relay.pump, () => {}, failed);
  const hurries = createLoop(relay.hurry, deliveries.go, failed);
  const deliver = (): void => {
    hurries.go();
    deliveries.go();
  };
  const announcements = createLoop(relay.announce, deliver, failed);

  function relaySoon(): void {
    if (!relays || !started || stopped) return;
    announcements.go();
  }

  const ringing = (word: string) =>
    atMostEvery(doorbellPause, () => {
      if (!stopped) void say(outboxChannel, word).catch((cause) => log.warn({ err: cause }, 'doorbell failed'));
    });
  const ringOthers = { announce: ringing(''), deliver: ringing(deliverWord) };
  function ring(announced: boolean): void {
    if (relays && started && !stopped) announced ? deliver() : announcements.go();
    else if (!relays && listenUrl) (announced ? ringOthers.deliver : ringOthers.announce)();
  }

  const line =
    listenUrl === undefined
      ? undefined
      : listen(
          listenUrl,
          [relays ? outboxChannel : eventChannel, bellChannel],
          (channel, text) => {
            const [, name = '', word = ''] = channel === bellChannel ? (/^([^ ]*) ?(.*)$/s.exec(text) ?? []) : [];
            if (channel === bellChannel) bells.get(name)?.(word);
            else if (channel === outboxChannel && text === deliverWord) deliver();
            else if (channel === outboxChannel) relaySoon();
            else for (const event of JSON.parse(text) as EventEnvelope[]) for (const hear of ears) hear(event);
          },
          relaySoon,
          log,
        );

  return {
    outbox: createOutbox(clock, ring),
    on: (event, name, handle, { concerns = () => true, prompt = false } = {}) => {
      if (subscriptions.some((each) => each.name === name)) throw new Error(`two subscriptions are named ${name}`);
      subscriptions.push({ name, type: event.type, handle, concerns, prompt } as Subscription);
    },
    onAnnounced: (hear) => ears.push(hear),
    onBell: (name, hear) => void bells.set(name, hear),
    ringBell: (name, text) => say(bellChannel, `${name} ${text}`),
    ringWith: (tx, name, text) => tx.send(sql`select pg_notify(${bellChannel}, ${`${name} ${text}`})`),
    drain: async () => {
      while ((await relay.announce()) + (await relay.hurry()) + (await relay.pump()) > 0);
    },
    retry: async () => void (await relay.retry()),
    start: async () => {
      started = true;
      await line?.start();
      if (!relays) return;
      // A sweep besides the doorbell: what was written while nobody listened, and what failed and is due again.
      timer = setInterval(() => {
        relaySoon();
        deliver();
        void relay.retry().catch((cause) => log.error({ err: cause }, 'retrying deliveries failed'));
      }, 1000);
      relaySoon();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await Promise.all([announcements.stop(), hurries.stop(), deliveries.stop()]);
      await line?.stop();
    },
  };
}
