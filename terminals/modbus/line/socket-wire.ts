import { connect } from 'node:net';
import type { OpenWire } from './wire.ts';

/** A TCP connection; gives up after `timeout` ms. */
export function socketWire(host: string, port: number, timeout: number): OpenWire {
  return (events, signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
      let reason = 'closed by the other side';
      let open = false;
      let ours = false;
      const stop = () => {
        ours = true;
        socket.destroy();
      };
      const late = setTimeout(() => socket.destroy(new Error('no connection in time')), timeout);
      signal.addEventListener('abort', stop, { once: true });
      socket.on('connect', () => {
        open = true;
        clearTimeout(late);
        resolve({ write: (bytes) => void socket.write(bytes), close: stop });
      });
      socket.on('data', (bytes) => events.data(bytes));
      socket.on('error', (error) => {
        reason = error.message;
      });
      socket.on('close', () => {
        clearTimeout(late);
        signal.removeEventListener('abort', stop);
        if (!open) reject(new Error(reason));
        else if (!ours) events.closed(reason);
      });
    });
}
