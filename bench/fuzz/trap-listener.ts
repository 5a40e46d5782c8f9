import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Channel, ChannelHost } from '@keystead/terminals/port';
import { snmpChannel } from '@keystead/terminals/snmp';
import type { Decoder } from './decoder.ts';

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => log };

/** The decoder of SNMP is its library's and sits behind a socket: it is given real datagrams on loopback. */
export function trapListener(): Pick<Decoder, 'decode' | 'close'> {
  let sender: Socket | undefined;
  let channel: Channel | undefined;
  let port = 0;
  let sent = 0;
  const host: ChannelHost = {
    clock: { now: () => new Date() },
    log: log as unknown as ChannelHost['log'],
    take: async () => {},
    refuse: quiet,
  };
  async function open(): Promise<Socket> {
    port = await freePort();
    const settings = { traps: { port, communities: ['public'] } };
    channel = await snmpChannel.open({ name: 'fuzz', settings, devices: [] }, host);
    return createSocket('udp4');
  }
  return {
    decode: async (bytes) => {
      sender ??= await open();
      sender.send(bytes, port, '127.0.0.1');
      // The other side reads in turns of the same loop: never more on the way than a socket keeps.
      if (++sent % 32 === 0) await nextTurn();
    },
    close: async () => {
      await channel?.close();
      sender?.close();
    },
  };
}
