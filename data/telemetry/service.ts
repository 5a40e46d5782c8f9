import type { Actor } from '@keystead/contracts/access';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { Compaction } from './compaction.ts';
import { createCorrections } from './corrections.ts';
import { createDelays } from './delays.ts';
import { createDeviceEvents } from './device-events.ts';
import { Follower, type FollowerOptions } from './follower.ts';
import { intakeFigures, lagOf } from './intake-figures.ts';
import { createKeeping } from './keeping.ts';
import { type Arrival, Lane } from './lane.ts';
import { LatestKeeper, latestFollower } from './latest-keeper.ts';
import { currentLatest } from './latest-store.ts';
import type { LatestPoints } from './latest-values.ts';
import { LiveValues, latestView } from './live-values.ts';
import { saveMark } from './marks.ts';
import { createPush } from './push.ts';
import { createQuestions } from './questions.ts';
import { createRawReadings } from './raw-readings.ts';
import type { LatestView } from './schemas.ts';
import { BatchStreams, type BatchWriter, gatewayNumbers, openBatchStream } from './signal-stream.ts';
import { Sources } from './sources.ts';
import type { ThingDirectory } from './thing-directory.ts';

type Parts = Pick<Kernel, 'role' | 'db' | 'clock' | 'log' | 'live' | 'audit' | 'catalogue' | 'streamPath' | 'onStart'>;

/** Writes as one gateway and tells the other processes; both are opened with the first word. */
function createWriter({ db, clock, log, streamPath }: Parts, gateway: number) {
  let stream: Promise<BatchWriter> | undefined;
  let open: BatchWriter | undefined;
  const lane = new Lane({
    gateway,
    clock,
    log,
    connect: db.systemConnection,
    committed: (batch) => open?.write(batch),
  });
  const ready = async (): Promise<void> => {
    stream ??= openBatchStream(streamPath, gateway);
    open ??= await stream;
  };
  return {
    ready,
    accept: async (arrival: Arrival): Promise<{ batch: number }> => {
      if (!open) await ready();
      return lane.accept(arrival);
    },
    close: async (): Promise<void> => {
      await lane.close();
      await (await stream)?.close();
    },
  };
}

/** A follower that was declared. */
export interface Following {
  start(): Promise<void>;
  /** Ends after the batch in hand; may be started again. */
  stop(): Promise<void>;
}

/** Signals: taking them in, handing them on, and answering about them. See the README for the whole path. */
export function createTelemetry(kernel: Parts, things: ThingDirectory) {
  const { db, clock, log, live, audit } = kernel;
  const connect = db.systemConnection;
  const streams = new BatchStreams(kernel.streamPath);
  const writers = {
    things: createWriter(kernel, gatewayNumbers.things),
    clouds: createWriter(kernel, gatewayNumbers.clouds),
    urgent: createWriter(kernel, gatewayNumbers.urgent),
  };
  const sources = new Sources(db);
  const keeping = createKeeping({ db, clock, audit });
  const compaction = new Compaction({ db, clock, log, connect });
  const push = createPush({ clock, things, sources, accept: writers.clouds.accept });
  const followers = new Set<Following>();
  const names: string[] = [];

  const onLive = (take: (batch: AcceptedBatch) => void): (() => void) =>
    streams.listen({ onBatch: take, onConnected: () => {} });
  const liveValues = new LiveValues({ live, things, log, listen: onLive });

  /** Newest points by thing number and property key, for the platform's own work: no scope is judged. */
  const latestPoints = (numbers: readonly number[]): Promise<Map<number, LatestPoints>> =>
    currentLatest(db, latestFollower, numbers);

  /** The newest value of each property of the things the actor may see; `properties` narrows. */
  async function latestOf(actor: Actor, ids: readonly string[], properties?: readonly string[]): Promise<LatestView[]> {
    const known = await things.getMany(actor, ids);
    const points = await latestPoints(known.map(({ number }) => number));
    return known.map((thing) => {
      const view = latestView(thing, points.get(thing.number) ?? new Map());
      if (!properties) return view;
      const values = Object.entries(view.values).filter(([id]) => properties.includes(id));
      return { ...view, values: Object.fromEntries(values) };
    });
  }

  /** Throws the problem of things when the actor may not see the thing. */
  async function latest(actor: Actor, id: string): Promise<LatestView> {
    const thing = await things.get(actor, id);
    const points = await latestPoints([thing.number]);
    return latestView(thing, points.get(thing.number) ?? new Map());
  }

  /**
   * Gives every committed batch to `take`, one after the other, none missed and none twice counted from the saved
   * mark, over restarts and gaps. In the worker it starts by itself, in its turn among the things to begin: call this
   * after the `kernel.onStart` that prepares `take`. Elsewhere the caller starts it.
   */
  function follow(options: FollowerOptions): Following {
    let follower: Follower | undefined;
    const following = {
      start: async () => {
        follower = new Follower(options, { db, clock, log, streams, connect });
        await follower.start();
      },
      stop: async () => {
        await follower?.stop();
        follower = undefined;
      },
    };
    followers.add(following);
    names.push(options.name);
    if (kernel.role === 'worker')
      kernel.onStart(async () => {
        await following.start();
        return following.stop;
      });
    return following;
  }

  /** Keeps the table of newest values up to date; one process of an installation does. */
  function keepLatest(): Following {
    const keeper = new LatestKeeper({ db, clock, log, things });
    const { start, stop } = follow(keeper);
    return {
      start,
      stop: async () => {
        await stop();
        await keeper.stop();
      },
    };
  }

  const accept = writers.things.accept;

  return {
    ...createQuestions({ db, things }),
    ...createRawReadings({ db, things, sources, catalogue: kernel.catalogue }),
    delays: createDelays({ db, things }),
    events: createDeviceEvents({ db, things, sources }),
    latest,
    latestOf,
    latestPoints,
    /** Commits messages and events together; resolves after the commit, then the stream carries them. */
    accept,
    /**
     * The same for things that know level 3, in a lane of their own. A thing speaks by one of the two only: among the
     * batches of a lane its words keep their order, between lanes there is none.
     */
    acceptUrgent: writers.urgent.accept,
    /** Opens the stream of a gateway before its first batch, so that nobody waits for it then. */
    openStreams: (which: keyof typeof writers): Promise<void> => writers[which].ready(),
    push,
    correct: createCorrections({ things, sources, accept: writers.clouds.accept }),
    follow,
    keepLatest,
    onLive,
    liveValues,
    /** In the transaction of what a follower did with the batch. */
    saveMark: (tx: Tx, follower: string, gateway: number, batch: number): Promise<void> =>
      saveMark(tx, clock, follower, gateway, batch),
    compaction,
    keeping,
    figures: () => intakeFigures(db, clock),
    /** Seconds by which the followers declared in this process are behind, by name: rules and newest values. */
    lag: () => lagOf(db, clock, names),
    close: async (): Promise<void> => {
      liveValues.stop();
      await Promise.all([...followers].map((follower) => follower.stop()));
      await Promise.all(Object.values(writers).map((writer) => writer.close()));
    },
  };
}

export type TelemetryService = ReturnType<typeof createTelemetry>;
