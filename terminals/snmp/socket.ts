import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { LibrarySocket } from './library.ts';

export interface GuardedSocket {
  readonly socket: LibrarySocket;
  readonly port: number;
}

/** Sees a datagram before the library: `handle` gives it on, and throws what the library throws. */
export type Guard = (bytes: Uint8Array, from: RemoteInfo, handle: () => void) => void;

export type Send = LibrarySocket['send'];

/**
 * A bound socket between the network and the library, which looks neither at where an answer comes from nor after its own
 * exceptions. `sending` may hold datagrams back. Rejects when the port is taken.
 */
export async function guardedSocket(
  at: { host: string; port: number; transport: 'udp4' | 'udp6' },
  guard: Guard,
  sending: (send: () => void) => void = (send) => send(),
): Promise<GuardedSocket> {
  const socket = createSocket(at.transport);
  const listening = once(socket, 'listening');
  socket.bind(at.port, at.host);
  await listening;
  // Errors of single datagrams are losses; the library's own timeouts tell of them.
  socket.on('error', () => undefined);
  let open = true;
  const library: LibrarySocket = {
    on: (event, listener) => {
      const heard = listener as (...args: unknown[]) => void;
      if (event === 'message') socket.on('message', (bytes, from) => guard(bytes, from, () => heard(bytes, from)));
      else if (event === 'close') socket.on('close', () => heard());
    },
    send: (bytes, offset, length, port, address, done) => {
      sending(() => {
        if (open) socket.send(bytes, offset, length, port, address, (error) => done?.(error));
      });
    },
    bind: () => undefined,
    close: (done) => {
      if (!open) return;
      open = false;
      socket.close(done);
    },
    ref: () => void socket.ref(),
    unref: () => void socket.unref(),
    address: () => socket.address(),
  };
  return { socket: library, port: socket.address().port };
}
