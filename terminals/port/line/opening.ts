import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Log } from '@keystead/kernel/base';
import type { SerialPort } from 'serialport';
import { rest } from '../rest.ts';

/** A TCP connection; rejects when there is none within `patience` ms, or when `stop` says so. */
export async function dial(
  { host, port }: { host: string; port: number },
  patience: number,
  stop: AbortSignal,
): Promise<Socket> {
  const socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: 10_000, noDelay: true });
  const late = AbortSignal.timeout(patience);
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([stop, late]) });
  } catch (cause) {
    socket.destroy();
    throw late.aborted ? new Error('no connection in time') : cause;
  }
  return socket;
}

export interface SerialSettings {
  path: string;
  baudRate: number;
  dataBits: 7 | 8;
  parity: 'none' | 'even' | 'odd';
  stopBits: 1 | 2;
}

/** A serial port of this machine, ours alone; the native library is loaded with the first one. */
export async function openSerial(settings: SerialSettings): Promise<SerialPort> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ ...settings, autoOpen: false, lock: true });
  await new Promise<void>((resolve, reject) => port.open((cause) => (cause ? reject(cause) : resolve())));
  return port;
}

interface Kept<Line> {
  open(stop: AbortSignal): Promise<Line>;
  /** Uses the line until it ends. */
  use(line: Line): Promise<void>;
  /** Ends a line that is in use, or came when nobody wanted it any more. */
  end(line: Line): void;
  /** ms before the first try again; doubled up to `longest` as long as nothing comes of it. */
  first: number;
  longest: number;
}

/** Opens a line again and again, with rising pauses, until it is closed. */
export function keepOpen<Line>({ open, use, end, first, longest }: Kept<Line>, log: Log): { close(): Promise<void> } {
  const closing = new AbortController();
  const { signal } = closing;
  let current: Line | undefined;
  const work = (async () => {
    let pause = first;
    while (!signal.aborted) {
      try {
        current = await open(signal);
        if (signal.aborted) {
          end(current);
          return;
        }
        pause = first;
        await use(current);
      } catch (cause) {
        log.debug({ err: cause }, 'line not opened');
      }
      current = undefined;
      await rest(pause, signal);
      pause = Math.min(pause * 2, longest);
    }
  })();
  return {
    close: async () => {
      closing.abort();
      if (current !== undefined) end(current);
      await work;
    },
  };
}
