import { lookup } from 'node:dns/promises';
import { DeviceRefused, DeviceSilent, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import type { Library, LibrarySession, LibraryUser, Varbind } from '../library.ts';
import type { SnmpAccess, SnmpDevice, SnmpUser } from '../settings.ts';
import { guardedSocket } from '../socket.ts';

export interface SessionUse {
  library: Library;
  timeout: number;
  retries: number;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

export function userOf(
  { user, auth, privacy }: SnmpUser,
  { SecurityLevel, AuthProtocols, PrivProtocols }: Library,
): LibraryUser {
  const level = auth ? (privacy ? 'authPriv' : 'authNoPriv') : 'noAuthNoPriv';
  return {
    name: user,
    level: SecurityLevel[level] ?? 0,
    ...(auth && { authProtocol: AuthProtocols[auth.protocol], authKey: auth.key }),
    ...(auth && privacy && { privProtocol: PrivProtocols[privacy.protocol], privKey: privacy.key }),
  };
}

const versionOf = (access: SnmpAccess, library: Library): number =>
  ({ v1: library.Version1, v2c: library.Version2c, v3: library.Version3 })[access.version];

/** Questions to one device. Every one rejects with `DeviceSilent` or `DeviceRefused`. */
export class Session {
  readonly name: string;
  readonly #at: SnmpDevice;
  readonly #use: SessionUse;
  #opened: Promise<{ session: LibrarySession; close(): void }> | undefined;
  #closed = false;

  constructor(name: string, at: SnmpDevice, use: SessionUse) {
    this.name = name;
    this.#at = at;
    this.#use = use;
  }

  get isFirstVersion(): boolean {
    return this.#at.access.version === 'v1';
  }

  get(oids: string[]): Promise<Varbind[]> {
    return this.#ask((session, done) => session.get(oids, done));
  }

  /** Variables that follow `oid`, at most `most`. */
  async following(oid: string, most: number): Promise<Varbind[]> {
    if (this.isFirstVersion) return this.#ask((session, done) => session.getNext([oid], done));
    const [column] = await this.#ask<Varbind[][]>((session, done) => session.getBulk([oid], 0, most, done));
    return column ?? [];
  }

  /** Sent once: what is written is never repeated. */
  set(varbind: Varbind, timeout: number): Promise<Varbind[]> {
    return this.#ask((session, done) => session.set([varbind], done), { retries: 0, timeout });
  }

  close(): void {
    this.#closed = true;
    void this.#opened?.then(({ close }) => close()).catch(() => undefined);
  }

  async #ask<T>(
    question: (session: LibrarySession, done: (error: Error | null, result?: T) => void) => void,
    once?: { retries: number; timeout: number },
  ): Promise<T> {
    const device = this.name;
    const opened = once ? this.#open(once.retries, once.timeout) : this.#kept();
    const { session, close } = await opened;
    try {
      return await new Promise<T>((resolve, reject) => {
        question(session, (error, result) => {
          if (!error && result !== undefined) return resolve(result);
          const silent = error instanceof this.#use.library.RequestTimedOutError;
          const detail = error?.message.slice(0, 200);
          reject(silent || !error ? new DeviceSilent({ device }) : new DeviceRefused({ device, detail }));
        });
      });
    } finally {
      if (once) close();
    }
  }

  /** The session all reading shares; opened anew after the name of the device could not be found. */
  #kept() {
    this.#opened ??= this.#open(this.#use.retries, this.#use.timeout).catch((cause: unknown) => {
      this.#opened = undefined;
      throw cause;
    });
    return this.#opened;
  }

  async #open(retries: number, timeout: number): Promise<{ session: LibrarySession; close(): void }> {
    const { host, port = 161, access } = this.#at;
    const { library, refused } = this.#use;
    if (this.#closed) throw new DeviceSilent({ device: this.name, detail: 'closed' });
    const { address, family } = await lookup(host).catch((): never => {
      throw new DeviceSilent({ device: this.name, detail: `no address of ${host}` });
    });
    const transport = family === 6 ? 'udp6' : 'udp4';
    const { socket } = await guardedSocket(
      { host: family === 6 ? '::' : '0.0.0.0', port: 0, transport },
      (bytes, from, handle) => {
        if (from.address !== address || from.port !== port)
          return refused(refuse(ProtocolViolated, `an answer from ${from.address}`), bytes);
        try {
          handle();
        } catch (cause) {
          refused(refuse(ProtocolViolated, cause instanceof Error ? cause.message.slice(0, 100) : 'broken'), bytes);
        }
      },
    );
    const options = {
      port,
      version: versionOf(access, library),
      retries,
      timeout,
      transport,
      backwardsGetNexts: false,
      reportOidMismatchErrors: true,
      context: access.version === 'v3' ? access.context : undefined,
      dgramModule: { createSocket: () => socket },
    } as const;
    const session =
      access.version === 'v3'
        ? library.createV3Session(address, userOf(access, library), options)
        : library.createSession(address, access.community, options);
    session.on('error', (error) => refused(refuse(ProtocolViolated, error.message.slice(0, 100)), new Uint8Array(0)));
    return { session, close: () => session.close() };
  }
}
