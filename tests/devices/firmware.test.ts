import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { firmwareStatement } from '@keystead/contracts/firmware';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, oneDevice, type TestDevice } from './device.ts';
import { FirmwareDevice, type FirmwareDeviceOptions } from './firmware-device.ts';

let platform: Installation;
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
const begin = (package_: string, things: TestDevice[], plan: object = {}) =>
  platform.call<Campaign>('POST', '/firmware/campaigns', {
    name: `升级 ${package_.slice(-4)}`,
    package: package_,
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
