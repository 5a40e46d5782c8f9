import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export interface InstallationPorts {
  http: number;
  https: number;
  mqtt: number;
  mqtts: number;
  deviceHttp: number;
  deviceHttps: number;
}

// Below what systems hand out for connections of their own (from 32,768 on at the earliest): a port found here is not
// taken by a client of another test before its server listens on it.
const lowest = 10_240;
const highest = 32_767;
const attempts = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = randomInt(lowest, highest + 1);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

/** Ports nobody listens on at this moment; taken together, so that they differ. */
export async function freePorts(): Promise<InstallationPorts> {
  const [http, https, mqtt, mqtts, deviceHttp, deviceHttps] = await Promise.all(Array.from({ length: 6 }, freePort));
  return { http, https, mqtt, mqtts, deviceHttp, deviceHttps } as InstallationPorts;
}

/** Settings by which an installation listens on them. */
export const portSettings = (ports: InstallationPorts): Record<string, string> => ({
  PORT: String(ports.http),
  HTTPS_PORT: String(ports.https),
  MQTT_PORT: String(ports.mqtt),
  MQTTS_PORT: String(ports.mqtts),
  DEVICE_HTTP_PORT: String(ports.deviceHttp),
  DEVICE_HTTPS_PORT: String(ports.deviceHttps),
});
