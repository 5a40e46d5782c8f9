import type { Duplex } from 'node:stream';
import type { Log } from '@keystead/kernel/base';
import { type Static, Type } from 'typebox';
import { dial, keepOpen, openSerial } from './opening.ts';

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

/** Meters of both standards speak 2400 baud 8E1 unless told otherwise. */
const meterSpeech = { baudRate: 2400, dataBits: 8, parity: 'even', stopBits: 1 } as const;

function opened(settings: ByteLineSettings, stop: AbortSignal): Promise<Duplex> {
  if (settings.over === 'tcp') return dial(settings, connectPatience, stop);
  const { over: _, ...serial } = settings;
  return openSerial({ ...meterSpeech, ...serial });
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
  let stream: Duplex | undefined;
  const kept = keepOpen<Duplex>(
    {
      open: (stop) => opened(settings, stop),
      use: async (line) => {
        stream = line;
        try {
          await carry(line, use, log);
        } finally {
          stream = undefined;
        }
      },
      end: (line) => void line.destroy(),
      first: firstPause,
      longest: longestPause,
    },
    log,
  );
  return {
    get open() {
      return stream !== undefined;
    },
    write: (bytes) => {
      if (!stream?.writable || stream.writableLength > unsentAtMost) return false;
      stream.write(bytes);
      return true;
    },
    close: () => kept.close(),
  };
}
