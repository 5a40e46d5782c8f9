import { createHash, randomBytes } from 'node:crypto';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import { readOffer } from '@keystead/contracts/firmware';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CampaignPlan } from './campaign.ts';
import { type FirmwareService, firmware } from './module.ts';
import { Maker } from './testing.ts';

let platform: TestPlatform;
let service: FirmwareService;
let stopDelivery: () => Promise<void>;
let things: ThingsService;
let keeper: Actor;
let second: Actor;
let building: { id: string; path: string };
const maker = new Maker();
const rights = ['read', 'manage', 'approve', 'trust'].map((verb) => `firmware:${verb}`);
const family = 'temperature-sensor';
const plan: CampaignPlan = {
  waves: [{ devices: 1 }, { percent: 50 }],
  parallel: 100,
  failures: 0.2,
  soak: 0,
  patience: { offer: 3600, download: 600, apply: 300 },
};

const ask = (actor: Actor, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object | Buffer) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/firmware${path}`,
    headers: {
      authorization: `Test ${actor.id}`,
      ...(Buffer.isBuffer(payload) && { 'content-type': 'application/octet-stream' }),
    },
    ...(payload && { payload }),
  });
const upload = (title: string, version: string, bytes: Buffer, signature: string, models = family) =>
  ask(keeper, 'POST', `/packages?${new URLSearchParams({ title, version, models, signature })}`, bytes);

let count = 0;
async function devices(number: number, of = family) {
  const made: { id: string; number: number }[] = [];
  for (let n = 0; n < number; n++) {
    const code = `D-${++count}`;
    made.push(
      await things.create(keeper, { code, name: `设备 ${code}`, family: of, placeId: building.id, state: 'in-use' }),
    );
  }
  return made;
}

async function signedPackage(version: string, bytes = randomBytes(150_000), title = 'sensor', models = [family]) {
  const added = await upload(title, version, bytes, maker.sign(title, version, models, bytes), models.join(','));
  expect(added.statusCode, added.body).toBe(201);
  return { id: added.json().id as string, bytes, title, version };
}

beforeAll(async () => {
  platform = await startPlatform(firmware);
  service = platform.services.firmware as FirmwareService;
  stopDelivery = service.delivery.start();
  things = platform.services.things as ThingsService;
  keeper = platform.actor(...rights, 'thing:write', 'alarm:read');
  second = platform.actor(...rights);
  const places = platform.services.places as PlacesService;
  building = await places.create(keeper, { parent: null, kind: 'project', code: 'P1', name: '小区' } as never);
  expect((await ask(keeper, 'POST', '/signers', { name: '厂家', publicKey: maker.publicKey })).statusCode).toBe(201);
});
afterAll(async () => {
  await stopDelivery?.();
  await platform?.stop();
});

const campaignOf = async (id: string) => (await ask(keeper, 'GET', `/campaigns/${id}`)).json();
const statesOf = async (id: string) =>
  Object.fromEntries(
    (await ask(keeper, 'GET', `/campaigns/${id}/devices?limit=200`))
      .json()
      .items.map((row: { thingId: string; state: string; reason: string | null }) => [row.thingId, row]),
  ) as Record<string, { state: string; reason: string | null; received: number; command: string }>;
const begin = async (package_: string, made: { id: string }[], more: Partial<CampaignPlan> = {}) => {
  const body = {
    name: '升级',
    package: package_,
    audience: { things: made.map(({ id }) => id) },
    plan: { ...plan, ...more },
    reason: '修复',
  };
  const reply = await ask(keeper, 'POST', '/campaigns', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json().id as string;
};
const offerTo = async ({ number }: { number: number }) => readOffer((await things.attributes.get(number, {})).shared);

/** A device that does what it should, all at once; false = nothing is offered. */
async function obey(thing: { number: number }, version: string, bytes: Buffer) {
  const offer = await offerTo(thing);
  if (!offer) return false;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < offer.size; at += 65_536) parts.push(await service.delivery.read(thing.number, at, 65_536));
  expect(createHash('sha256').update(Buffer.concat(parts)).digest('hex')).toBe(offer.hash);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  for (const state of ['DOWNLOADED', 'VERIFIED', 'UPDATING'] as const)
    await service.delivery.reported(thing.number, { state });
  await service.delivery.reported(thing.number, { title: offer.title, version, state: 'UPDATED' });
  return true;
}

describe('packages', () => {
  test(
    clause('H-6.1-4', 'unsigned, wrongly signed, renamed or with one bit flipped: refused, and nothing is kept'),
    async () => {
      const bytes = randomBytes(512);
      const good = maker.sign('sensor', '9.0', [family], bytes);
      const bent = Buffer.from(bytes);
      bent[100] = (bent[100] ?? 0) ^ 1;
      const tries = [
        upload('sensor', '9.0', bent, good),
        upload('sensor', '9.1', bytes, good),
        upload('other', '9.0', bytes, good),
        upload('sensor', '9.0', bytes, good, 'lock'),
        upload('sensor', '9.0', bytes, new Maker().sign('sensor', '9.0', [family], bytes)),
        upload('sensor', '9.0', bytes, 'AAAA'),
      ];
      for (const reply of await Promise.all(tries)) {
        expect(reply.statusCode).toBe(422);
        expect(reply.json().type).toContain('firmware-signature-wrong');
      }
      expect((await ask(keeper, 'GET', '/packages')).json()).toEqual([]);
      expect((await upload('sensor', '9.0', bytes, good)).statusCode).toBe(201);
      expect((await upload('sensor', '9.0', bytes, good)).statusCode).toBe(409);
    },
  );

  test('a key is trusted once, and only by whoever answers for everything', async () => {
    expect((await ask(keeper, 'POST', '/signers', { name: 'x', publicKey: maker.publicKey })).statusCode).toBe(409);
    const local = platform.actorAt([building.path], ...rights);
    const body = { name: 'x', publicKey: new Maker().publicKey };
    expect((await ask(local, 'POST', '/signers', body)).statusCode).toBe(403);
  });

  test('programs for devices are taken, which no other file may be', async () => {
    const elf = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(200)]);
    await signedPackage('elf-1', elf);
  });
});

describe('a campaign', () => {
  test(
    clause(
      'H-6.1-3',
      'goes wave by wave: one, half, the rest; parts go to whoever they are offered to and to nobody else',
    ),
    async () => {
      const made = await devices(6);
      const [stranger] = await devices(1);
      const { id: packageId, bytes, version } = await signedPackage('2.0');
      const id = await begin(packageId, made);
      const offered = async () => {
        const found = await Promise.all(made.map(offerTo));
        return made.filter((_, at) => found[at]);
      };
      for (const size of [1, 3, 6]) {
        await service.advance();
        expect(await offered()).toHaveLength(size);
        for (const thing of made) {
          const state = (await statesOf(id))[thing.id]?.state;
          if (state === 'offered') await obey(thing, version, bytes);
          else if (state === 'pending')
            await expect(service.delivery.read(thing.number, 0, 10)).rejects.toMatchObject({
              type: 'firmware-not-offered',
            });
        }
        await expect(service.delivery.offered(stranger?.number ?? 0)).rejects.toMatchObject({
          type: 'firmware-not-offered',
        });
        await service.advance();
        await service.advance();
      }
      expect(await campaignOf(id)).toMatchObject({ state: 'completed', wave: 3, waves: 3 });
      const [first] = made;
      const told = (await ask(keeper, 'GET', `/things/${first?.id}`)).json();
      expect(told).toMatchObject({ installed: { title: 'sensor', version: '2.0' }, history: [{ state: 'succeeded' }] });
      const commands = platform.services.commands as CommandsService;
      const command = (await statesOf(id))[first?.id ?? '']?.command ?? '';
      const reader = platform.actor('command:read');
      expect(await commands.get(reader, command)).toMatchObject({ method: 'firmware', state: 'verified' });
      const again = await ask(keeper, 'POST', '/campaigns/preview', {
        package: packageId,
        audience: { models: [family] },
        plan,
      });
      expect(again.json()).toMatchObject({ count: count - made.length, excluded: [{ key: 'up-to-date', count: 6 }] });
      expect((await ask(keeper, 'GET', `/campaigns/${id}/export?format=csv`)).body).toContain('D-1');
    },
  );

  test('a failure too many holds it with an alarm; going on clears that, and tries again when asked', async () => {
    const made = await devices(3);
    const { id: packageId, bytes, version } = await signedPackage('3.0');
    const id = await begin(packageId, made);
    await service.advance();
    const [first] = (await Promise.all(made.map(async (thing) => ((await offerTo(thing)) ? [thing] : [])))).flat();
    await service.delivery.read(first?.number ?? 0, 0, 1000);
    await service.delivery.reported(first?.number ?? 0, { state: 'FAILED', error: 'Checksum verification failed' });
    expect(await offerTo(first ?? { number: 0 })).toBeUndefined();
    await service.advance();
    expect(await campaignOf(id)).toMatchObject({
      state: 'paused',
      pauseReason: 'failures',
      failures: [{ reason: 'hash-mismatch', count: 1 }],
    });
    const alarms = platform.services.alarms as AlarmsService;
    const alarm = async () => (await alarms.list(keeper, { subject: id, state: 'all' } as never)).items[0];
    expect(await alarm()).toMatchObject({ condition: 'active', rule: 'platform:firmware-paused' });
    await service.advance();
    expect(Object.values(await statesOf(id)).filter(({ state }) => state === 'pending')).toHaveLength(2);
    expect((await ask(keeper, 'POST', `/campaigns/${id}/resumption`, { retry: true })).statusCode).toBe(200);
    expect(await alarm()).toMatchObject({ condition: 'cleared' });
    for (let round = 0; round < 12; round++) {
      await service.advance();
      for (const thing of made) {
        const { state } = (await statesOf(id))[thing.id] ?? {};
        if (state === 'offered') await obey(thing, version, bytes);
      }
    }
    expect(await campaignOf(id)).toMatchObject({ state: 'completed' });
  });

  test('who downloads no further, or updates without an outcome, is given up', async () => {
    const [slow, mute] = await devices(2);
    const { id: packageId } = await signedPackage('4.0');
    const id = await begin(packageId, [slow ?? { id: '' }, mute ?? { id: '' }], { waves: [], failures: 1 });
    await service.advance();
    await service.delivery.read(slow?.number ?? 0, 0, 65_536);
    await service.delivery.flush();
    expect((await statesOf(id))[slow?.id ?? '']).toMatchObject({ state: 'downloading', received: 65_536 });
    for (const state of ['DOWNLOADING', 'DOWNLOADED', 'VERIFIED', 'UPDATING'] as const)
      await service.delivery.reported(mute?.number ?? 0, { state });
    platform.clock.pass(301);
    await service.advance();
    expect((await statesOf(id))[mute?.id ?? '']).toMatchObject({ state: 'failed', reason: 'no-outcome' });
    platform.clock.pass(300);
    await service.advance();
    expect((await statesOf(id))[slow?.id ?? '']).toMatchObject({ state: 'failed', reason: 'stalled' });
  });

  test('nothing is offered outside the window of the site, and no more at once than may download', async () => {
    const made = await devices(4);
    const { id: packageId } = await signedPackage('5.0');
    // The clock stands about 09:10 in Shanghai.
    const window = { from: '22:00', until: '05:00', zone: 'Asia/Shanghai' };
    const id = await begin(packageId, made, { waves: [], parallel: 2, window });
    await service.advance();
    expect(Object.values(await statesOf(id)).every(({ state }) => state === 'pending')).toBe(true);
    platform.clock.pass(14 * 3600);
    await service.advance();
    const offered = async () => Object.values(await statesOf(id)).filter(({ state }) => state === 'offered').length;
    expect(await offered()).toBe(2);
    await service.advance();
    expect(await offered()).toBe(2);
    // Those asleep keep their place for a minute only, and of those who wake at once two may download.
    platform.clock.pass(61);
    await service.advance();
    expect(await offered()).toBe(4);
    const woken = await Promise.allSettled(made.map(({ number }) => service.delivery.read(number, 0, 100)));
    expect(woken.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(woken.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { type: 'firmware-busy' } });
    expect((await ask(keeper, 'POST', `/campaigns/${id}/cancellation`, { note: '' })).statusCode).toBe(200);
  });

  test('what touches life needs a reason and a second person, who is not the one who asked', async () => {
    const locks = await devices(1, 'lock');
    const { id: packageId } = await signedPackage('1.0', randomBytes(100), 'lock', ['lock']);
    const body = { name: '门锁', package: packageId, audience: { things: [locks[0]?.id] }, plan };
    const without = await ask(keeper, 'POST', '/campaigns', body);
    expect([without.statusCode, without.json().type]).toEqual([
      422,
      expect.stringContaining('firmware-reason-missing'),
    ]);
    const made = (await ask(keeper, 'POST', '/campaigns', { ...body, reason: '漏洞' })).json();
    expect(made).toMatchObject({ state: 'awaiting-approval' });
    await service.advance();
    expect(await offerTo(locks[0] ?? { number: 0 })).toBeUndefined();
    const own = await ask(keeper, 'POST', `/campaigns/${made.id}/approval`, { note: '' });
    expect([own.statusCode, own.json().type]).toEqual([403, expect.stringContaining('command-own-approval')]);
    expect((await ask(second, 'POST', `/campaigns/${made.id}/approval`, { note: '同意' })).json()).toMatchObject({
      state: 'running',
    });
    await service.advance();
    expect(await offerTo(locks[0] ?? { number: 0 })).toMatchObject({ version: '1.0' });
    const busy = await ask(keeper, 'POST', '/campaigns', { ...body, reason: '再次' });
    expect(busy.json().type).toContain('firmware-audience-empty');
    expect((await ask(keeper, 'POST', `/campaigns/${made.id}/cancellation`, { note: '' })).statusCode).toBe(200);
  });

  test('goes back: those it updated are brought to the package before, in a campaign of its own', async () => {
    const made = await devices(2);
    const [before, after] = [await signedPackage('6.0'), await signedPackage('6.1')];
    const id = await begin(after.id, made, { waves: [] });
    await service.advance();
    for (const thing of made) await obey(thing, '6.1', after.bytes);
    const reply = await ask(keeper, 'POST', `/campaigns/${id}/rollback`, {
      name: '回退',
      package: before.id,
      plan,
      reason: '不稳定',
    });
    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.json()).toMatchObject({ rollbackOf: id, state: 'running' });
    expect(await campaignOf(id)).toMatchObject({ state: 'cancelled' });
    for (let round = 0; round < 8; round++) {
      await service.advance();
      const states = await statesOf(reply.json().id);
      for (const thing of made) if (states[thing.id]?.state === 'offered') await obey(thing, '6.0', before.bytes);
    }
    const versions = (await ask(keeper, 'GET', `/versions?family=${family}`)).json();
    expect(versions).toContainEqual({ family, title: 'sensor', version: '6.0', count: 2 });
  });

  test('a key that is trusted no longer holds its campaigns', async () => {
    const made = await devices(1);
    const other = new Maker();
    const { id: key } = (await ask(keeper, 'POST', '/signers', { name: '二厂', publicKey: other.publicKey })).json();
    const bytes = randomBytes(64);
    const added = await upload('sensor', '7.0', bytes, other.sign('sensor', '7.0', [family], bytes));
    const id = await begin(added.json().id, made);
    expect((await ask(keeper, 'DELETE', `/packages/${added.json().id}`)).statusCode).toBe(409);
    expect((await ask(keeper, 'DELETE', `/signers/${key}`)).statusCode).toBe(204);
    await service.advance();
    expect(await campaignOf(id)).toMatchObject({ state: 'paused', pauseReason: 'package-unfit' });
  });

  test('whoever answers for another place sees nothing of it', async () => {
    const local = platform.actorAt(['elsewhere/'], ...rights);
    expect((await ask(local, 'GET', '/campaigns')).json().items).toEqual([]);
    const { items } = (await ask(keeper, 'GET', '/campaigns')).json();
    for (const path of [`/campaigns/${items[0].id}`, `/campaigns/${items[0].id}/devices`])
      expect((await ask(local, 'GET', path)).statusCode, path).toBe(404);
    expect((await ask(local, 'POST', `/campaigns/${items[0].id}/cancellation`, { note: '' })).statusCode).toBe(404);
    const back = { name: 'x', package: items[0].package, plan, reason: 'x' };
    expect((await ask(local, 'POST', `/campaigns/${items[0].id}/rollback`, back)).statusCode).toBe(404);
    const [device] = await devices(1);
    const wish = { name: 'x', package: items.at(-1).package, audience: { things: [device?.id] }, plan };
    expect((await ask(local, 'POST', '/campaigns', wish)).statusCode).toBe(404);
    expect(
      (await ask(local, 'POST', '/campaigns/preview', { package: wish.package, audience: wish.audience, plan }))
        .statusCode,
    ).toBe(404);
    const query = new URLSearchParams({ title: 'x', version: '1', models: family, signature: 'AAAA' });
    expect((await ask(local, 'POST', `/packages?${query}`)).statusCode).toBe(403);
  });
});
