import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Address, choosePort, ownerUrl, rememberPort, socketFolder } from './address.ts';
import { checkVersion, createCluster, hasCluster, readPassword, renewPassword } from './cluster.ts';
import { boundLog } from './log.ts';
import { own } from './owner.ts';
import { type Place, placeOf } from './place.ts';
import { launch } from './postmaster.ts';
import { DatabaseBusy, DatabaseStartFailed } from './problems.ts';
import { findPrograms, fitPrograms, type Programs } from './programs.ts';
import { findRemains } from './remains.ts';
import { type EmbeddedServer, keep, type Running } from './running.ts';
import { accessRules, renderSettings } from './settings.ts';

export interface ServerOptions {
  /** Folder for everything of this server; made when missing. */
  dataDir: string;
  /** A fixed port; without it the last one is used again when free, else any free one. */
  port?: number;
  /** Receives one line for each thing worth knowing on the way. */
  log?: (line: string) => void;
  /** PostgreSQL settings by name, over the usual ones. */
  settings?: Record<string, string>;
}

const tries = 20;
const pauseMs = 250;

/**
 * Starts the embedded PostgreSQL of `dataDir`, or takes over the one that a killed process left running, and answers
 * when it takes connections. Works as root, by another account.
 *
 * Throws `DatabaseBusy` when a living process keeps this folder already, `DatabaseVersionDiffers` for data of another
 * major version, `DataDirUnreachable` and `DatabaseProgramsMissing` with advice, and `DatabaseStartFailed` with the
 * server's own reason.
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const say = options.log ?? (() => {});
  const settings = renderSettings(options.settings);
  const place = placeOf(options.dataDir, say);
  const ownership = own(place.base);
  try {
    const programs = fitPrograms(findPrograms(), place.account, place.base);
    const running = await bringUp(place, programs, settings, options, say);
    if (!ownership.holds()) throw new DatabaseBusy({ dataDir: place.base });
    return keep(place, programs, running, ownership);
  } catch (cause) {
    ownership.release();
    throw cause;
  }
}

async function bringUp(
  place: Place,
  programs: Programs,
  settings: string,
  options: ServerOptions,
  say: (line: string) => void,
): Promise<Running> {
  if (hasCluster(place)) checkVersion(place, programs);
  else await createCluster(place, programs, options.settings?.fsync !== 'off');
  const port = options.port === 0 ? undefined : options.port;
  const known = readPassword(place);
  const found = await findRemains(place, programs, { password: known, port, sameSettings: isSame(place, settings) });
  if (found !== undefined && known !== undefined) {
    say(`took over the running database (process ${found.pid})`);
    return { ...urls(found.address, known), pid: found.pid, adopted: true, child: undefined };
  }
  writeFileSync(confPath(place), settings);
  writeFileSync(join(place.cluster, 'pg_hba.conf'), accessRules);
  const password = known ?? (await renewPassword(place, programs));
  boundLog(place.log);
  const { child, address } = await launchSomewhere(place, programs, port, say);
  rememberPort(place, address.port);
  return { ...urls(address, password), pid: child.pid, adopted: false, child };
}

/**
 * A port that was free a moment ago may be taken by now, and processes of a killed server may still hold its memory:
 * both pass when tried again.
 */
async function launchSomewhere(
  place: Place,
  programs: Programs,
  port: number | undefined,
  say: (line: string) => void,
) {
  const socketDir = socketFolder(place.run);
  for (let turn = 1; ; turn++) {
    const address: Address = { port: port ?? (await choosePort(place)), socketDir };
    try {
      return { child: await launch(place, programs, address, say), address };
    } catch (cause) {
      if (turn === tries || !(cause instanceof DatabaseStartFailed)) throw cause;
      const log = JSON.stringify(cause.data.log);
      const passing = /pre-existing shared memory/.test(log) || (port === undefined && /could not bind/.test(log));
      if (!passing) throw cause;
      await sleep(pauseMs);
    }
  }
}

function urls(address: Address, password: string) {
  const tcpUrl = ownerUrl({ ...address, socketDir: undefined }, password);
  return { ...address, tcpUrl, url: ownerUrl(address, password) };
}

function confPath(place: Place): string {
  return join(place.cluster, 'postgresql.conf');
}

function isSame(place: Place, settings: string): boolean {
  return existsSync(confPath(place)) && readFileSync(confPath(place), 'utf8') === settings;
}
