import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** A bound UDP socket; rejects when the port is taken. `host` is an address. */
export async function openSocket({ host, port }: { host: string; port: number }): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  const listening = once(socket, 'listening');
  socket.bind(port, host);
  await listening;
  // Errors of single datagrams, such as "port unreachable", are losses.
  socket.on('error', () => undefined);
  return socket;
}
