import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { eventually } from '@keystead/tests/devices';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface AgentShown {
  id: string;
  online: string;
  wanted: number;
  configuration: string;
  status?: { configuration: { version: number; errors: { pointer: string; code: string }[] }; kinds: string[] };
}

const program = join(import.meta.dirname, '../../edge/agent/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'keystead-fleet-'));
let platform: Installation;
let placeId: string;
let agent: ChildProcess | undefined;
let log = '';
const collectors: MqttClient[] = [];

beforeAll(async () => {
  platform = await startInstallation();
  const project = { parent: null, kind: 'project', code: 'FLEET', name: '接入试验' };
  placeId = (await platform.call<{ id: string }>('POST', '/places', project)).id;
});
afterAll(async () => {
  await Promise.all(collectors.map((each) => each.endAsync(true)));
  if (agent && agent.exitCode === null) {
    agent.kill('SIGTERM');
    await once(agent, 'exit');
  }
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const invite = () =>
  platform.call<{ id: string; token: string }>('POST', '/fleet/join-tokens', { name: '北区节点', placeId });
const shown = (id: string) => platform.call<AgentShown>('GET', `/fleet/${id}`);
const configure = (id: string, document: object) =>
  platform.call<{ version: number; devices?: object }>('PUT', `/fleet/${id}/configuration`, {
    document,
    registerDevices: true,
  });

function startAgent(...more: string[]): void {
  const way = ['--platform', `mqtt://127.0.0.1:${platform.ports.mqtt}`, '--data', folder, '--duty', 'off'];
  agent = spawn(process.execPath, [program, ...way, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [agent.stdout, agent.stderr])
    stream?.on('data', (part: Buffer) => {
      log = `${log}${part}`.slice(-20_000);
    });
}

const trial = (settings: object) => ({
  channels: [
    {
      name: 'try',
      protocol: 'trial',
      settings,
      devices: [{ name: 'FLEET-T1', at: { values: { temperature: 21.5 } } }],
    },
  ],
});

test(
  clause(
    'H-7.2-c',
    'a new node joins by a token in minutes, keeps its own access token, takes its configuration and delivers values',
  ),
  async () => {
    const { token, id: invitation } = await invite();
    startAgent('--site', platform.url, '--join', token);
    const joined = await eventually(
      () => platform.call<{ id: string; thingId: string | null; state: string }[]>('GET', '/fleet/join-tokens'),
      (tokens) => tokens.some(({ id, thingId }) => id === invitation && thingId !== null),
      120,
    ).catch((cause: unknown) => {
      throw new Error(`not joined: ${String(cause)}\n${log}`);
    });
    const id = joined.find((each) => each.id === invitation)?.thingId ?? '';
    await eventually(
      () => shown(id),
      ({ online, status }) => online === 'online' && status !== undefined,
      60,
    );
    expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'token'), 'utf8').trim()).not.toBe(token);

    const thing = { code: 'FLEET-T1', name: '温湿度', family: 'temperature-humidity', placeId, state: 'in-use' };
    const device = await platform.call<{ id: string }>('POST', '/things', thing);
    expect(await configure(id, trial({ interval: 1 }))).toEqual({
      version: 1,
      devices: { created: 0, linked: 1, known: 0, refused: [] },
    });
    await eventually(
      () => shown(id),
      ({ configuration }) => configuration === 'applied',
      60,
    );
    await eventually(
      () => platform.call<unknown>('GET', `/telemetry/things/${device.id}/latest`),
      (latest) => JSON.stringify(latest).includes('21.5'),
      60,
    );

    // What only the agent can judge comes back to who wrote it, at its field; the one before stays in force.
    await configure(id, trial({ interval: 'often' }));
    const refused = await eventually(
      () => shown(id),
      ({ configuration }) => configuration === 'refused',
      60,
    );
    expect(refused.status?.configuration.version).toBe(1);
    expect(refused.status?.configuration.errors[0]?.pointer).toBe('/channels/0/settings/interval');

    // A restart with the same command line needs the token no more.
    agent?.kill('SIGTERM');
    if (agent && agent.exitCode === null) await once(agent, 'exit');
    log = '';
    startAgent('--site', platform.url, '--join', token);
    const back = await platform.call<{ version: number }>('POST', `/fleet/${id}/configuration/rollback`, {
      version: 1,
    });
    await eventually(
      () => shown(id),
      ({ configuration, wanted }) => configuration === 'applied' && wanted === back.version,
      90,
    );
  },
);

/** A collector as the protocol asks for it: fetches the configuration it is told of, and says that it has it. */
async function collector(): Promise<{ id: string; applied: () => number }> {
  const { token } = await invite();
  const answer = await fetch(`${platform.url}/api/v1/fleet/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const joined = (await answer.json()) as { id: string; token: string };
  const client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: joined.token,
    protocolVersion: 4,
  });
  collectors.push(client);
  let applied = 0;
  client.on('message', (topic, payload) => {
    const said = JSON.parse(payload.toString()) as { agentConfiguration?: number; version?: number };
    if (topic.startsWith('v1/devices/me/rpc/response/')) applied = said.version ?? 0;
    else if (said.agentConfiguration)
      client.publish(
        'v1/devices/me/rpc/request/1',
        JSON.stringify({ method: 'getAgentConfiguration', params: { version: said.agentConfiguration } }),
        { qos: 1 },
      );
  });
  await client.subscribeAsync(['v1/devices/me/attributes', 'v1/devices/me/rpc/response/+'], { qos: 1 });
  return { id: joined.id, applied: () => applied };
}

test(clause('G-cap-acquire', 'twenty collectors managed centrally have a configuration within a minute'), async () => {
  const all: Awaited<ReturnType<typeof collector>>[] = [];
  for (let n = 0; n < 20; n++) all.push(await collector());
  const began = Date.now();
  await Promise.all(all.map(({ id }) => platform.call('PUT', `/fleet/${id}/configuration`, { document: {} })));
  await eventually(
    async () => all.filter(({ applied }) => applied() === 1).length,
    (have) => have === all.length,
    60,
  );
  expect(Date.now() - began).toBeLessThan(60_000);
});
