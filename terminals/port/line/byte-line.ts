import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '@keystead/kernel/base';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;

/** A transparent way to one bus: a serial port of this machine, or a serial server (串口服务器) reached over TCP. */
export const ByteLineSettings = Type.Union([
  Type.Object(
    {
      over: Type.Literal('serial'),
      path: Type.String({ minLength: 1, maxLength: 256, title: '/dev/ttyUSB0' }),
      baudRate: Type.Optional(Type.Integer({ minimum: 300, maximum: 921_600 })),
      dataBits: Type.Optional(Type.Union([Type.Literal(7), Type.Literal(8)])),
      parity: Type.Optional(Type.Union([Type.Literal('even'), Type.Literal('none'), Type.Literal('odd')])),
      stopBits: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
    },
    strict,
  ),
  Type.Object(
    {
      over: Type.Literal('tcp'),
      host: Type.String({ minLength: 1, maxLength: 253 }),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    },
    strict,
  ),
]);
export type ByteLineSettings = Static<typeof ByteLineSettings>;

export interface ByteLineUse {
  bytes(part: Uint8Array): void;
  up(): void;
  broke(): void;
}

/** A line that comes back by itself. */
export interface ByteLine {
  readonly open: boolean;
  /** False when the line is not open or does not take more; nothing waits to be sent late. */
  write(bytes: Uint8Array): boolean;
  close(): Promise<void>;
}

const firstPause = 250; // ms
const longestPause = 15_000;
const connectPatience = 10_000;
const unsentAtMost = 64 * 1024;

async function dial({ host, port }: Extract<ByteLineSettings, { over: 'tcp' }>, stop: AbortSignal): Promise<Duplex> {
  const socket: Socket = connect({ host, port, keepAlive: true, noDelay: true });
  const patience = AbortSignal.any([stop, AbortSignal.timeout(connectPatience)]);
  try {
    await once(socket, 'connect', { signal: patience });
  } catch (cause) {
    socket.destroy();
    throw cause;
  }
  return socket;
}

/** Meters of both standards speak 2400 baud 8E1 unless told otherwise. */
async function openSerial(settings: Extract<ByteLineSettings, { over: 'serial' }>): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  const { path, baudRate = 2400, dataBits = 8, parity = 'even', stopBits = 1 } = settings;
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((cause) => (cause ? reject(cause) : resolve())));
  return port;
}

/** Hands on what comes until the stream ends, whatever ended it. */
async function carry(stream: Duplex, use: ByteLineUse, log: Log): Promise<void> {
  use.up();
  try {
    for await (const part of stream) use.bytes(part);
  } catch (cause) {
    log.debug({ err: cause }, 'line ended');
  } finally {
    stream.destroy();
    use.broke();
  }
}

/** Opens the line and, whenever it breaks, opens it again with a rising pause. Returns at once. */
export function openByteLine(settings: ByteLineSettings, use: ByteLineUse, log: Log): ByteLine {
  const closing = new AbortController();
  let stream: Duplex | undefined;
  const dialled = () => (settings.over === 'tcp' ? dial(settings, closing.signal) : openSerial(settings));
  const work = (async () => {
    let pause = firstPause;
    while (!closing.signal.aborted) {
      try {
        const opened = await dialled();
        if (closing.signal.aborted) {
          opened.destroy();
          return;
        }
        stream = opened;
        pause = firstPause;
        await carry(opened, use, log);
      } catch (cause) {
        log.debug({ err: cause }, 'line not opened');
      }
      stream = undefined;
      await setTimeout(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPause);
    }
  })();
  return {
    get open() {
      return stream !== undefined;
    },
    write: (bytes) => {
      if (!stream?.writable || stream.writableLength > unsentAtMost) return false;
      stream.write(bytes);
      return true;
    },
    close: async () => {
      closing.abort();
      stream?.destroy();
      await work;
    },
  };
}
