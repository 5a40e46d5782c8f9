import { dial } from '@keystead/terminals/port';
import type { OpenWire } from './wire.ts';

/** A TCP connection; gives up after `timeout` ms. */
export function socketWire(host: string, port: number, timeout: number): OpenWire {
  return async (events, signal) => {
    const socket = await dial({ host, port }, timeout, signal);
    let reason = 'closed by the other side';
    let ours = false;
    const stop = () => {
      ours = true;
      socket.destroy();
    };
    socket.on('data', (bytes) => events.data(bytes));
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', stop);
      if (!ours) events.closed(reason);
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return { write: (bytes) => void socket.write(bytes), close: stop };
  };
}
