import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firmwareStatement } from '@keystead/contracts/firmware';
import { clause, freePort, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../security/index.ts';
import { eventually, oneDevice, type TestDevice } from './device.ts';
import { FirmwareDevice, type FirmwareDeviceOptions } from './firmware-device.ts';
import { type Manifest, Releases, SupervisedAgent } from './supervised-agent.ts';

let platform: Installation;
const run = promisify(execFile);
const releases = new Releases();
let agent: SupervisedAgent | undefined;
const devices: FirmwareDevice[] = [];
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const sensors = 'temperature-sensor';
const meters = 'trial-meter';

beforeAll(async () => {
  platform = await startInstallation();
  await platform.call('POST', '/models', {
    family: meters,
    name: { zh: '试验电表', en: 'Trial meter' },
    category: { function: 'metering', domain: 'housing', specification: 'trial' },
    authentication: 'secret',
    interval: 60,
    grace: 60,
    properties: [],
    events: [],
    services: [],
  });
  await platform.call('POST', '/firmware/signers', { name: '厂家', publicKey: pem });
});
afterAll(async () => {
  for (const device of devices) await device.stop();
  await agent?.stop();
  releases.discard();
  await platform?.stop();
});

const signatureOf = (title: string, version: string, models: string[], bytes: Buffer): string => {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const text = firmwareStatement({ title, version, models, size: bytes.length, hash });
  return sign(null, Buffer.from(text), privateKey).toString('base64');
};

async function upload(
  title: string,
  version: string,
  model: string,
  bytes: Buffer,
  signature?: string,
): Promise<Response> {
  const query = { title, version, models: model, signature: signature ?? signatureOf(title, version, [model], bytes) };
  return fetch(`${platform.url}/api/v1/firmware/packages?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${platform.apiKey}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
}
async function addPackage(title: string, version: string, model: string, bytes: Buffer): Promise<string> {
  const answer = await upload(title, version, model, bytes);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

interface Campaign {
  id: string;
  state: string;
  pauseReason: string | null;
  counts: { state: string; count: number }[];
  failures: { reason: string; count: number }[];
}
const campaignOf = (id: string) => platform.call<Campaign>('GET', `/firmware/campaigns/${id}`);
const begin = (package_: string, things: TestDevice[], plan: object = {}, reason = '') =>
  platform.call<Campaign>('POST', '/firmware/campaigns', {
    name: `升级 ${package_.slice(-4)}`,
    package: package_,
    ...(reason === '' ? {} : { reason }),
    audience: { things: things.map(({ id }) => id) },
    plan: { waves: [{ devices: 1 }, { percent: 10 }], parallel: 25, failures: 0.2, soak: 0, ...plan },
  });
const sumOf = ({ counts }: Campaign, state: string) =>
  counts.reduce((sum, each) => sum + (each.state === state ? each.count : 0), 0);

async function fleet(
  family: string,
  number: number,
  title: string,
  more: (n: number) => Partial<FirmwareDeviceOptions>,
) {
  const made: { thing: TestDevice; device: FirmwareDevice }[] = [];
  for (let n = 0; n < number; n++) {
    const thing = await oneDevice(platform, family, `${title.toUpperCase()}-${n}`);
    const url = `mqtt://127.0.0.1:${platform.ports.mqtt}`;
    const device = new FirmwareDevice({ url, token: thing.token, publicKey: pem, version: '1.0', title, ...more(n) });
    devices.push(device);
    made.push({ thing, device });
  }
  await Promise.all(made.map(({ device }) => device.start()));
  return made;
}

test(clause(
  'H-6.1-3',
  'a campaign over 50 devices reaches every one, over power cuts, and none asks for a part twice',
), async () => {
  const size = 96 * 1024 + 777;
  const made = await fleet(sensors, 50, 'sensor', (n) => (n % 5 === 0 ? { cuts: [20_000, 60_000] } : {}));
  const id = await addPackage('sensor', '2.0', sensors, randomBytes(size));
  const campaign = await begin(
    id,
    made.map(({ thing }) => thing),
  );
  const done = await eventually(
    () => campaignOf(campaign.id),
    ({ state }) => state !== 'running',
    120,
  );
  expect([done.state, sumOf(done, 'succeeded'), done.failures]).toEqual(['completed', 50, []]);
  expect(made.every(({ device }) => device.flash.version === '2.0')).toBe(true);
  const cut = made.filter(({ device }) => device.cutsHad === 2);
  expect(cut).toHaveLength(10);
  for (const { device } of made) expect(new Set(device.served).size).toBe(device.served.length);
}, 180_000);

test(clause('H-6.4-d', 'ten meters of ten take an update'), async () => {
  const made = await fleet(meters, 10, 'meter', (n) => (n % 3 === 0 ? { cuts: [8_000] } : {}));
  const id = await addPackage('meter', '2.0', meters, randomBytes(30_000));
  const campaign = await begin(
    id,
    made.map(({ thing }) => thing),
    { waves: [] },
  );
  const done = await eventually(
    () => campaignOf(campaign.id),
    ({ state }) => state !== 'running',
    60,
  );
  expect([done.state, sumOf(done, 'succeeded')]).toEqual(['completed', 10]);
  expect(made.map(({ device }) => device.flash.version)).toEqual(Array(10).fill('2.0'));
}, 120_000);

test(clause(
  'H-6.4-d',
  'one flipped bit of a meter’s package is refused by the platform, and by the meter',
), async () => {
  const bytes = randomBytes(9_000);
  const good = signatureOf('meter', '3.0', [meters], bytes);
  for (let tries = 0; tries < 20; tries++) {
    const bent = Buffer.from(bytes);
    const bit = Math.floor((tries * bytes.length * 8) / 20);
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect((await upload('meter', '3.0', meters, bent, good)).status).toBe(422);
  }
  const [meter] = await fleet(meters, 1, 'bent', () => ({ flips: 1 }));
  const id = await addPackage('bent', '3.0', meters, bytes);
  const campaign = await begin(id, meter ? [meter.thing] : []);
  const held = await eventually(
    () => campaignOf(campaign.id),
    ({ state }) => state === 'paused',
    30,
  );
  expect(held.failures).toEqual([{ reason: 'hash-mismatch', state: 'failed', count: 1 }]);
  expect(meter?.device.flash.version).toBe('1.0');
  await platform.call('POST', `/firmware/campaigns/${campaign.id}/resumption`, { retry: true });
  const done = await eventually(
    () => campaignOf(campaign.id),
    ({ state }) => state === 'completed',
    30,
  );
  expect(sumOf(done, 'succeeded')).toBe(1);
}, 120_000);

test(clause(
  'H-6.1-4',
  'a version that does not start is rolled back by the first device, and reaches no other',
), async () => {
  const made = await fleet(sensors, 5, 'frail', () => ({ works: (version) => version !== '6.6' }));
  const id = await addPackage('frail', '6.6', sensors, randomBytes(20_000));
  const campaign = await begin(
    id,
    made.map(({ thing }) => thing),
  );
  const held = await eventually(
    () => campaignOf(campaign.id),
    ({ state }) => state === 'paused',
    30,
  );
  expect([held.pauseReason, sumOf(held, 'rolled-back'), sumOf(held, 'pending')]).toEqual(['failures', 1, 4]);
  expect(made.every(({ device }) => device.flash.version === '1.0')).toBe(true);
  const alarms = () => platform.call<{ items: { rule: string }[] }>('GET', `/alarms?state=all&subject=${campaign.id}`);
  const { items } = await eventually(alarms, (page) => page.items.length === 1);
  expect(items[0]?.rule).toBe('platform:firmware-paused');
}, 120_000);

/** A release in the words of an upload. */
async function addRelease({ bytes, manifest }: { bytes: Buffer; manifest: Manifest }): Promise<string> {
  const answer = await upload(manifest.title, manifest.version, 'edge-agent', bytes, manifest.signature);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}
const ended = (id: string, seconds: number) =>
  eventually(
    () => campaignOf(id),
    ({ state }) => state !== 'running' && state !== 'awaiting-approval',
    seconds,
  );

describe('an edge agent, and what is behind it', () => {
  const secret = 'a-secret-of-the-node';
  let node: TestDevice;
  let behind: TestDevice;
  let coap: number;
  let approve: (campaign: string) => Promise<unknown>;

  beforeAll(async () => {
    const admin = await signIn(platform.url, platform.admin);
    approve = (campaign) => admin.send('POST', `/firmware/campaigns/${campaign}/approval`, {});
    await platform.call('POST', '/firmware/signers', { name: '发布', publicKey: releases.publicKey });
    node = await oneDevice(platform, 'edge-agent', 'NODE');
    behind = await oneDevice(platform, sensors, 'BEHIND', 'NODE');
    coap = await freePort();
    agent = new SupervisedAgent({
      platform: platform.ports.mqtt,
      token: node.token,
      keyFile: releases.keyFile,
      configuration: {
        version: 1,
        channels: [
          {
            name: 'coap',
            protocol: 'coap',
            settings: { listen: { port: coap } },
            devices: [{ name: behind.code, at: { secret } }],
          },
        ],
      },
    });
  }, 60_000);

  const updateNode = async (release: Promise<{ bytes: Buffer; manifest: Manifest }>) => {
    const campaign = await begin(await addRelease(await release), [node], { waves: [] }, '按发布计划');
    expect(campaign.state).toBe('awaiting-approval');
    await approve(campaign.id);
    return ended(campaign.id, 60);
  };

  test(clause(
    'H-6.1-4',
    'a release made by the tool is fetched by the agent over its line, proven, switched to and reported',
  ), async () => {
    const done = await updateNode(releases.make('9.1.0'));
    expect([done.state, done.failures, sumOf(done, 'succeeded')]).toEqual(['completed', [], 1]);
    expect(agent?.current).toBe('9.1.0');
  }, 120_000);

  test(clause(
    'H-6.1-4',
    'a release that does not do what it is for is left, and the one before runs again',
  ), async () => {
    const held = await updateNode(releases.make('9.2.0', releases.spoilt()));
    expect([held.state, held.pauseReason, sumOf(held, 'rolled-back')]).toEqual(['paused', 'failures', 1]);
    expect(held.failures).toMatchObject([{ reason: 'health-check' }]);
    expect(agent?.current).toBe('9.1.0');
  }, 120_000);

  test(clause(
    'H-6.1-3',
    'a device behind the agent is brought its firmware, byte for byte, and reports what runs',
  ), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keystead-behind-'));
    const url = `coap://127.0.0.1:${coap}/v1/${behind.code}/${secret}`;
    const ask = async (...words: string[]) => (await run('coap-client-notls', ['-B', '10', ...words])).stdout;
    const say = (values: object) => ask('-m', 'post', '-t', '50', '-e', JSON.stringify(values), `${url}/telemetry`);
    const bytes = randomBytes(40_321);
    await say({ current_fw_title: 'behind', current_fw_version: '1.0' });
    const campaign = await begin(await addPackage('behind', '2.0', sensors, bytes), [behind], { waves: [] });
    const offer = await eventually(
      () => ask(`${url}/offer`),
      (text) => text.includes('"fw_version":"2.0"'),
      30,
    );
    expect(JSON.parse(offer)).toMatchObject({
      fw_checksum: createHash('sha256').update(bytes).digest('hex'),
      fw_signature: signatureOf('behind', '2.0', [sensors], bytes),
    });
    await ask('-b', '1024', '-o', join(folder, 'firmware'), `${url}/firmware`);
    expect(readFileSync(join(folder, 'firmware')).equals(bytes)).toBe(true);
    rmSync(folder, { recursive: true, force: true });
    await say({ fw_state: 'UPDATING' });
    await say({ current_fw_title: 'behind', current_fw_version: '2.0', fw_state: 'UPDATED' });
    const done = await ended(campaign.id, 30);
    expect([done.state, done.failures, sumOf(done, 'succeeded')]).toEqual(['completed', [], 1]);
  }, 60_000);
});
