import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '@keystead/kernel/base';
import { dial, keepOpen, openSerial } from '@keystead/terminals/port';
import type { ScriptSettings } from './settings.ts';

/** The other end of a connection, or of datagrams. */
export interface Peer {
  readonly id: string;
  /** Datagrams are frames by themselves. */
  readonly stream: boolean;
  send(bytes: Uint8Array): Promise<void>;
}

export interface WireUse {
  /** Nothing more is read from the peer until it is done. */
  data(peer: Peer, bytes: Uint8Array): Promise<void>;
  up(peer: Peer): void;
  gone(peer: Peer): void;
  /** A datagram that came while too many others waited. */
  dropped(bytes: Uint8Array): void;
}

export interface Wire {
  /** Where it listens; 0 when it does not. */
  readonly port: number;
  close(): Promise<void>;
}

type Over<K> = Extract<ScriptSettings['over'], { kind: K }>;

const firstPause = 500;
const longestPause = 30_000;
const connectPatience = 10_000;
const datagramsWaiting = 256;
const peersKept = 1_000;

const peerOf = (id: string, duplex: Duplex): Peer => ({
  id,
  stream: true,
  send: (bytes) =>
    new Promise((resolve, reject) => {
      if (!duplex.writable || duplex.writableLength > 1024 * 1024) reject(new Error('the line does not take more'));
      else duplex.write(bytes, (cause) => (cause ? reject(cause) : resolve()));
    }),
});

/** Reads until the end; an error on the line is an end like any other. */
async function pump(duplex: Duplex, peer: Peer, use: WireUse, log: Log): Promise<void> {
  // An error after the last read would be nobody's.
  duplex.on('error', (cause) => log.debug({ err: cause, peer: peer.id }, 'line ended'));
  use.up(peer);
  try {
    for await (const chunk of duplex) await use.data(peer, chunk);
  } catch (cause) {
    if (!duplex.errored) log.warn({ err: cause, peer: peer.id }, 'line given up');
  } finally {
    duplex.destroy();
    use.gone(peer);
  }
}

function keep(open: (stop: AbortSignal) => Promise<Duplex>, id: string, use: WireUse, log: Log): Wire {
  const kept = keepOpen<Duplex>(
    {
      open,
      use: (line) => pump(line, peerOf(id, line), use, log),
      end: (line) => void line.destroy(),
      first: firstPause,
      longest: longestPause,
    },
    log,
  );
  return { port: 0, close: () => kept.close() };
}

const serialOf = ({ path, baudRate, dataBits = 8, parity = 'none', stopBits = 1 }: Over<'serial'>) =>
  openSerial({ path, baudRate, dataBits, parity, stopBits });

async function serve(over: Over<'tcp-server'>, use: WireUse, log: Log): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer({ keepAlive: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    const idle = (over.idle ?? 300) * 1000;
    socket.setTimeout(idle, () => socket.destroy());
    const id = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.once('close', () => sockets.delete(socket));
    void pump(socket, peerOf(id, socket), use, log);
  });
  server.maxConnections = over.connections ?? 1_000;
  server.listen(over.port, over.host ?? '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      const end = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await end;
    },
  };
}

async function listen(over: Over<'udp'>, use: WireUse, log: Log): Promise<Wire> {
  const socket = createSocket('udp4');
  const peers = new Map<string, Peer>();
  let waiting = 0;
  const peerAt = (host: string, port: number): Peer => {
    const id = `${host}:${port}`;
    const known = peers.get(id);
    if (known) return known;
    const send = (bytes: Uint8Array) =>
      new Promise<void>((resolve, reject) =>
        socket.send(bytes, port, host, (cause) => (cause ? reject(cause) : resolve())),
      );
    const peer: Peer = { id, stream: false, send };
    const oldest = peers.size >= peersKept ? peers.keys().next().value : undefined;
    if (oldest !== undefined) {
      const gone = peers.get(oldest);
      peers.delete(oldest);
      if (gone) use.gone(gone);
    }
    peers.set(id, peer);
    use.up(peer);
    return peer;
  };
  socket.on('message', (bytes, from) => {
    if (waiting >= datagramsWaiting) return use.dropped(bytes);
    waiting++;
    const work = use.data(peerAt(from.address, from.port), bytes);
    const done = (cause?: unknown) => {
      waiting--;
      if (cause !== undefined) log.warn({ err: cause }, 'datagram not taken');
    };
    work.then(() => done(), done);
  });
  socket.on('error', (cause) => log.debug({ err: cause }, 'datagrams'));
  socket.bind(over.port, over.host ?? '127.0.0.1');
  await once(socket, 'listening');
  if (over.to) peerAt(over.to.host, over.to.port);
  return {
    port: socket.address().port,
    close: async () => {
      const end = once(socket, 'close');
      socket.close();
      await end;
    },
  };
}

/** Opens what carries the bytes. Rejects only where this machine itself says no (a port in use). */
export async function openWire(over: ScriptSettings['over'], use: WireUse, log: Log): Promise<Wire> {
  switch (over.kind) {
    case 'tcp-client':
      return keep((stop) => dial(over, connectPatience, stop), `${over.host}:${over.port}`, use, log);
    case 'serial':
      return keep(() => serialOf(over), over.path, use, log);
    case 'tcp-server':
      return serve(over, use, log);
    case 'udp':
      return listen(over, use, log);
  }
}
