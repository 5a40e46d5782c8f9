import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from './index.ts';
import type { OutgoingCall } from './outbox.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
});
afterAll(() => yard.stop());

const minutes = 10;

/** A device of the home: draws power by its set-point, counts it, and saves when told to. */
class HomeDevice {
  readonly number: number;
  readonly id: string;
  readonly setKey: number;
  readonly energyKey: number;
  readonly #kilowatts: (target: number) => number;
  target: number;
  saving = false;
  energy = 100;

  constructor(
    thing: { id: string; number: number },
    keys: readonly [set: number, energy: number],
    target: number,
    kilowatts: (target: number) => number,
  ) {
    this.number = thing.number;
    this.id = thing.id;
    [this.setKey, this.energyKey] = keys;
    this.target = target;
    this.#kilowatts = kilowatts;
  }

  run(): void {
    this.energy += this.#kilowatts(this.target) * (minutes / 60);
  }

  obey({ method, params }: OutgoingCall): void {
    const { value } = params as { value: number | boolean };
    if (method === 'setEnergySaving') this.saving = value === true;
    if (method === 'set') this.target = Number(value);
  }
}

test(
  clause('H-6.6-d-3', 'energy saving moves the set-points, and what three kinds of devices use falls, as measured'),
  async () => {
    const { service, author, platform, telemetry } = yard;
    const devices = [
      new HomeDevice(await yard.make('smart-light'), [2, 3], 100, (brightness) => brightness / 1_000),
      new HomeDevice(await yard.make('air-conditioner'), [2, 5], 22, (target) => Math.max(0.2, (32 - target) * 0.15)),
      new HomeDevice(await yard.make('water-heater'), [2, 4], 65, (target) => (target - 20) * 0.01),
    ] as const;
    const live = async (hours: number) => {
      for (let at = 0; at < hours * 60; at += minutes) {
        platform.clock.pass(minutes * 60);
        const time = platform.clock.now().getTime() * 1_000;
        const messages = devices.map((device) => {
          device.run();
          const keys = [device.setKey, device.energyKey, 20];
          const values = [device.target, device.energy, device.saving ? 1 : 0];
          return { thing: device.number, time, keys, values, qualities: [0, 0, 0] };
        });
        await telemetry.accept({ messages });
      }
    };
    await live(5);
    const saving = [60, 26, 50];
    const scene = await service.scenes.create(author, {
      name: '节能模式',
      place: '',
      steps: devices.flatMap(({ id }, n) => [
        { thing: id, service: 'setEnergySaving', input: { value: true } },
        { thing: id, service: 'set', input: { value: saving[n] } },
      ]),
    });
    const run = await service.scenes.run(author, scene.id);
    for (const call of await yard.deliver()) {
      devices.find(({ number }) => number === call.thing)?.obey(call);
      await service.outbox.answered(call.thing, call.request, { ok: true });
    }
    expect(devices.map(({ target }) => target)).toEqual(saving);
    expect(devices.every((device) => device.saving)).toBe(true);
    expect((await service.energy(author, run, 4)).complete).toBe(false);
    await live(4);
    const answer = await platform.http.app.inject({
      url: `/api/v1/commands/runs/${run}/energy?hours=4`,
      headers: { authorization: `Test ${author.id}` },
    });
    expect(answer.statusCode).toBe(200);
    const report = answer.json() as Awaited<ReturnType<typeof service.energy>>;
    expect(report.complete).toBe(true);
    expect(report.families.map(({ family }) => family).sort()).toEqual([
      'air-conditioner',
      'smart-light',
      'water-heater',
    ]);
    for (const { family, before, after, saved } of report.families) {
      expect(after, family).toBeGreaterThan(0);
      expect(saved, family).toBeGreaterThan(0);
      expect(before - after).toBeCloseTo(saved, 2);
    }
    // Twenty-four readings on either side make twenty-three spans of ten minutes: the light drew 0.1 kW before and 0.06 kW after.
    const light = report.families.find(({ family }) => family === 'smart-light');
    expect(light?.before).toBeCloseTo(0.1 * (230 / 60), 3);
    expect(light?.after).toBeCloseTo(0.06 * (230 / 60), 3);
  },
);

test('a run of others is not there', async () => {
  const stranger = yard.platform.actorAt(['99/'], 'command:read');
  const { items } = { items: await yard.service.runs.list(yard.author) };
  await expect(yard.service.energy(stranger, items[0]?.id ?? '', 1)).rejects.toThrow('command-run-missing');
});
