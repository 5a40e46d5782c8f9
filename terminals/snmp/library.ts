import type { RemoteInfo } from 'node:dgram';
import { createRequire } from 'node:module';

/** A variable as it travels: what it is, of which type, and its value in the library's form. */
export interface Varbind {
  oid: string;
  type: number;
  value: unknown;
}

/** The part of a datagram socket the library uses. */
export interface LibrarySocket {
  on(event: string, listener: (...args: never[]) => void): unknown;
  send(
    bytes: Uint8Array,
    offset: number,
    length: number,
    port: number,
    address: string,
    done?: (error: Error | null) => void,
  ): void;
  bind(): void;
  close(done?: () => void): void;
  ref(): void;
  unref(): void;
  address(): { address: string; port: number };
}

export interface LibraryUser {
  name: string;
  level: number;
  authProtocol?: number;
  authKey?: string;
  privProtocol?: number;
  privKey?: string;
}

export interface LibrarySession {
  get(oids: string[], done: (error: Error | null, varbinds?: Varbind[]) => void): void;
  getNext(oids: string[], done: (error: Error | null, varbinds?: Varbind[]) => void): void;
  getBulk(
    oids: string[],
    nonRepeaters: number,
    most: number,
    done: (error: Error | null, columns?: Varbind[][]) => void,
  ): void;
  set(varbinds: Varbind[], done: (error: Error | null, varbinds?: Varbind[]) => void): void;
  on(event: 'error', heard: (error: Error) => void): void;
  close(): void;
}

export interface SessionOptions {
  port: number;
  version: number;
  retries: number;
  timeout: number;
  transport: 'udp4' | 'udp6';
  context?: string;
  backwardsGetNexts: boolean;
  reportOidMismatchErrors: boolean;
  dgramModule: { createSocket(): LibrarySocket };
}

/** A trap or an inform as the library hands it on. */
export interface LibraryNotification {
  pdu: {
    type: number;
    varbinds?: Varbind[];
    enterprise?: string;
    agentAddr?: string;
    generic?: number;
    specific?: number;
    community?: string;
    user?: string;
  };
  rinfo: RemoteInfo;
}

export interface LibraryReceiver {
  getAuthorizer(): { addCommunity(community: string): void; addUser(user: LibraryUser): void };
  close(): void;
}

interface ReceiverOptions {
  port: number;
  transport: 'udp4' | 'udp6';
  accessControlModelType: number;
  includeAuthentication: boolean;
  engineID?: string;
  dgramModule: { createSocket(): LibrarySocket };
}

export interface Library {
  Version1: number;
  Version2c: number;
  Version3: number;
  ObjectType: Readonly<Record<string, number>>;
  SecurityLevel: Readonly<Record<string, number>>;
  AuthProtocols: Readonly<Record<string, number>>;
  PrivProtocols: Readonly<Record<string, number>>;
  AccessControlModelType: Readonly<Record<string, number>>;
  RequestTimedOutError: new () => Error;
  createSession(target: string, community: string, options: SessionOptions): LibrarySession;
  createV3Session(target: string, user: LibraryUser, options: SessionOptions): LibrarySession;
  createReceiver(
    options: ReceiverOptions,
    heard: (error: Error | null, heard?: LibraryNotification) => void,
  ): LibraryReceiver;
}

/** Loaded with the first channel; the library brings no types of its own. */
export const loadLibrary = (): Library => createRequire(import.meta.url)('net-snmp') as Library;
