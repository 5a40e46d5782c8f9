import type { Socket } from 'node:net';
import { connectTo, type Endpoint, type Trust } from '../platform/endpoint.ts';

/**
 * CONNECT of a protocol version nobody here speaks, without a name: it opens no session and takes over none, but a
 * broker must answer it (MQTT 3.1.1, 3.1.2.2). An accepted socket alone proves only the nearest proxy.
 */
const question = Uint8Array.from([0x10, 13, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 0, 0, 0, 0]);

/** Whether a way to the platform would carry: bytes go there and others come back within `ms`. Never rejects. */
export async function carries(endpoint: Endpoint, trust: Trust, ms: number): Promise<boolean> {
  let socket: Socket | undefined;
  try {
    socket = await connectTo(endpoint, trust, ms);
    return await answered(socket, ms);
  } catch {
    return false;
  } finally {
    socket?.destroy();
  }
}

function answered(socket: Socket, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (good: boolean) => {
      clearTimeout(timer);
      resolve(good);
    };
    const timer = setTimeout(() => end(false), ms);
    socket.on('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('data', () => end(true));
    socket.write(question);
  });
}
