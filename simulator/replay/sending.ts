import { MqttClient } from '@keystead/simulator/mqtt-client';
import type { Reading } from './readings.ts';

export interface SendingFigures {
  sent: number;
  acknowledged: number;
  /** Rows the platform told it could not keep as they are, by problem type. */
  readonly problems: Map<string, number>;
}

export interface SendingOptions {
  readonly host: string;
  readonly port: number;
  readonly code: string;
  readonly token: string;
  /** Rows without an acknowledgement at one time. */
  readonly window: number;
  /** Times as fast as the recording; 0 = as fast as it is acknowledged. */
  readonly speed: number;
  readonly stopped: AbortSignal;
}

/** The platform does not take the connection. */
export class ConnectionRefused extends Error {}

const patience = 20_000; // ms until the first connection
const longestPause = 2_147_000_000; // ms, the longest a timer can wait

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(ms, longestPause));
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Connects as the thing; resolves when the broker took it. */
function connected(options: SendingOptions, onProblem: (type: string) => void): Promise<MqttClient> {
  const { host, port, code, token, window } = options;
  return new Promise((resolve, reject) => {
    const failed = (why: string) => {
      client.stop();
      reject(new ConnectionRefused(why));
    };
    const timer = setTimeout(() => failed(`MQTT ${host}:${port} 没有回应 / does not answer`), patience);
    const client = new MqttClient({
      host,
      port,
      clientId: code,
      username: token,
      most: window,
      subscriptions: ['v1/devices/me/problems'],
      onConnected: () => {
        clearTimeout(timer);
        resolve(client);
      },
      onRefused: (returnCode) => {
        clearTimeout(timer);
        failed(`MQTT ${host}:${port} 拒绝连接（${returnCode}） / refused the connection`);
      },
      onMessage: (_topic, payload) => onProblem(problemType(payload)),
    });
    client.start();
  });
}

function problemType(payload: Buffer): string {
  try {
    const { type }: { type?: unknown } = JSON.parse(payload.toString('utf8'));
    return typeof type === 'string' ? type : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Publishes readings in order with their event times, QoS 1, a window of them at a time; resolves when all are acknowledged. */
export async function sendReadings(
  readings: AsyncIterable<Reading>,
  figures: SendingFigures,
  options: SendingOptions,
): Promise<void> {
  const { problems } = figures;
  const client = await connected(options, (type) => problems.set(type, (problems.get(type) ?? 0) + 1));
  let roomMade = (): void => {};
  let failure: Error | undefined;
  let beginning: { real: number; recorded: number } | undefined;
  try {
    for await (const { ts, values } of readings) {
      if (options.stopped.aborted || failure) break;
      if (options.speed > 0) {
        beginning ??= { real: performance.now(), recorded: ts };
        const wait = (ts - beginning.recorded) / options.speed - (performance.now() - beginning.real);
        if (wait > 1) await pause(wait, options.stopped);
      }
      while (client.pending >= options.window) await new Promise<void>((resolve) => (roomMade = resolve));
      figures.sent += 1;
      client.publish('v1/devices/me/telemetry', JSON.stringify({ ts, values })).then(
        () => {
          figures.acknowledged += 1;
          roomMade();
        },
        (cause: Error) => {
          failure = cause;
          roomMade();
        },
      );
    }
    while (client.pending > 0 && !failure && !options.stopped.aborted) await pause(20, options.stopped);
    // What was wrong is told right behind the acknowledgement.
    if (!options.stopped.aborted) await pause(150, options.stopped);
  } finally {
    client.stop();
  }
  if (failure && !options.stopped.aborted) throw failure;
}
