import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decodeMessage, encodeMessage, isMalformed, type Message } from '../message/message.ts';

/** A socket that speaks in single messages, and repeats or loses them as a test wants. */
export interface RawDevice {
  readonly port: number;
  readonly received: Message[];
  send(message: Message | Uint8Array): void;
  close(): Promise<void>;
}

export async function rawDevice(
  port: () => number,
  heard?: (message: Message, reply: (m: Message) => void) => void,
): Promise<RawDevice> {
  const socket = createSocket('udp4');
  const received: Message[] = [];
  socket.on('message', (bytes, from) => {
    const message = decodeMessage(Uint8Array.from(bytes));
    if (isMalformed(message)) throw new Error(message.malformed);
    received.push(message);
    heard?.(message, (reply) => socket.send(encodeMessage(reply), from.port, from.address));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    received,
    send: (message) =>
      socket.send(message instanceof Uint8Array ? message : encodeMessage(message), port(), '127.0.0.1'),
    close: () => new Promise((done) => void socket.close(() => done())),
  };
}
