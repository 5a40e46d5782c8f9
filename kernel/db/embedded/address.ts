import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { ownerRole } from './cluster.ts';
import type { Place } from './place.ts';

/** Where a server listens. */
export interface Address {
  port: number;
  socketDir: string | undefined;
}

/** The kernel's room for a socket's path is 104 bytes on macOS and 108 on Linux, the closing zero included. */
const longestSocketPath = 103;

/** The folder for the unix socket, or undefined when this system has none or the path is too long for one. */
export function socketFolder(run: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  return Buffer.byteLength(`${run}/.s.PGSQL.65535`) <= longestSocketPath ? run : undefined;
}

/** The port of the last time when nobody took it meanwhile, else any free one. */
export async function choosePort(place: Place): Promise<number> {
  const last = existsSync(place.port) ? Number(readFileSync(place.port, 'utf8')) : 0;
  const usable = Number.isInteger(last) && last > 0 && last < 65_536;
  return (usable ? await bind(last) : undefined) ?? (await bind(0)) ?? 0;
}

export function rememberPort(place: Place, port: number): void {
  writeFileSync(place.port, `${port}\n`, { mode: 0o600 });
}

/**
 * The superuser's address over loopback, or over the unix socket when `socketDir` is given. Both read well by
 * `new URL()`, so that callers can change user and database.
 */
export function ownerUrl(address: Address, password: string): string {
  const url = new URL(`postgresql://127.0.0.1:${address.port}/postgres`);
  url.username = ownerRole;
  url.password = password;
  if (address.socketDir !== undefined) {
    url.hostname = 'localhost';
    url.searchParams.set('host', address.socketDir);
  }
  return url.href;
}

function bind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' ? bound?.port : undefined));
    });
  });
}
