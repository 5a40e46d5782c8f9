import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './device.ts';

const program = join(import.meta.dirname, '../../edge/agent/main.ts');
/** What the device on CoAP, and the cloud that pushes, are known by. */
export const routeSecret = 'a-secret-of-the-route';

/**
 * Starts an edge agent with a way in for each route that needs one: CoAP, LoRaWAN, NB-IoT and Zigbee, one device
 * `ROUTE-…` behind each, and a line of Home Assistant's discovery with none. Resolves, when it is ready, with what ends it.
 */
export async function agentWithRoutes(
  platform: number,
  token: string,
  ports: { coap: number; nbiot: number },
  broker: string,
): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-routes-'));
  const byte = 'function decodeUplink(i) { return { data: { temperature: i.bytes[0] } }; }';
  const channel = (name: string, protocol: string, settings: object, at: object) => ({
    ...{ name, protocol, settings },
    devices: [{ name: `ROUTE-${name}`, at }],
  });
  const over = { kind: 'mqtt', broker: { url: broker }, application: 'app' };
  const configuration = {
    version: 1,
    codecs: [{ name: 'byte', version: 1, source: byte }],
    channels: [
      channel('coap', 'coap', { listen: { port: ports.coap } }, { secret: routeSecret }),
      channel('lorawan', 'lorawan', { server: 'chirpstack', over, codec: 'byte' }, { devEui: '0000000000000001' }),
      channel('zigbee', 'zigbee', { broker: { url: broker }, base: 'zb' }, { address: '0x00158d0001dc126a' }),
      { name: 'home', protocol: 'homeassistant', settings: { broker: { url: broker } }, devices: [] },
      channel(
        'nbiot',
        'nbiot',
        { listen: { port: ports.nbiot }, cloud: { kind: 'ctwing', token: routeSecret } },
        { id: 'w1', codec: 'byte' },
      ),
    ],
  };
  writeFileSync(join(folder, 'token'), token);
  writeFileSync(join(folder, 'configuration.json'), JSON.stringify(configuration));
  const files = ['--token-file', join(folder, 'token'), '--configuration', join(folder, 'configuration.json')];
  const way = ['--platform', `mqtt://127.0.0.1:${platform}`, '--data', join(folder, 'data'), '--duty', 'off'];
  const agent = spawn(process.execPath, [program, ...way, ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [agent.stdout, agent.stderr]) stream.on('data', (part: Buffer) => (log += part));
  await eventually(
    async () => log,
    (text) => text.includes('"ready":true'),
  );
  return async () => {
    const gone = new Promise((resolve) => agent.once('exit', resolve));
    agent.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
}
