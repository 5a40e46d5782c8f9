import { createServer } from 'node:net';

export interface InstallationPorts {
  http: number;
  https: number;
  mqtt: number;
  mqtts: number;
  deviceHttp: number;
  deviceHttps: number;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
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
