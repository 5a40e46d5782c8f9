import type { ChildProcess } from 'node:child_process';
import { boundLog, reasonIn, tailOf } from './log.ts';
import type { Ownership } from './owner.ts';
import type { Place } from './place.ts';
import { end } from './postmaster.ts';
import { isAlive } from './processes.ts';
import type { Programs } from './programs.ts';

export interface Exit {
  /** True after `stop()`. */
  expected: boolean;
  /** How it ended and the last that its log says, empty when it was expected. */
  reason: string;
}

/** A server that takes connections. */
export interface EmbeddedServer {
  /** Superuser `keystead_owner`, database `postgres`, over the unix socket where there is one, else loopback. */
  url: string;
  /** The same over loopback. */
  tcpUrl: string;
  socketDir: string | undefined;
  port: number;
  pid: number;
  /** As in `18.4`. */
  version: string;
  /** Folder of the server's files; not below `dataDir` when its account could not get there. */
  baseDir: string;
  logFile: string;
  /** True when an earlier process had left it running. */
  adopted: boolean;
  /** Settles when the server has ended, by `stop()` or not; the folder can then be started again. */
  exited: Promise<Exit>;
  /** Ends sessions, writes a checkpoint, waits for the end. May be called again. */
  stop(): Promise<void>;
}

export interface Running extends Pick<EmbeddedServer, 'url' | 'tcpUrl' | 'socketDir' | 'port' | 'pid' | 'adopted'> {
  child: ChildProcess | undefined;
}

const lookMs = 500;
const boundEvery = 60;

/** Watches a running server: notices its end, bounds its log, and stops it when told. */
export function keep(place: Place, programs: Programs, running: Running, ownership: Ownership): EmbeddedServer {
  const { child, ...shown } = running;
  const { pid } = running;
  let stopping: Promise<void> | undefined;
  let looks = 0;
  const { promise: exited, resolve: settle } = Promise.withResolvers<Exit>();

  const look = setInterval(() => {
    if (++looks % boundEvery === 0) boundLog(place.log);
    if (!isAlive(pid)) gone();
  }, lookMs);
  look.unref();
  child?.once('exit', gone);

  function gone(): void {
    clearInterval(look);
    ownership.release();
    const expected = stopping !== undefined;
    const by = child?.signalCode ?? child?.exitCode;
    const how = by === undefined || by === null ? 'ended' : `ended by ${by}`;
    settle({ expected, reason: expected ? '' : `${how}: ${reasonIn(tailOf(place.log, 0))}` });
  }

  async function stop(): Promise<void> {
    if (isAlive(pid)) await end(pid, programs);
    gone();
  }

  return {
    ...shown,
    version: programs.version,
    baseDir: place.base,
    logFile: place.log,
    exited,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
