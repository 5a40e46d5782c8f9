import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Actor } from '@keystead/contracts/access';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FleetService, fleet } from './module.ts';

let platform: TestPlatform;
let service: FleetService;
let things: ThingsService;
let alarms: AlarmsService;
let keeper: Actor;
let batch = 0;

beforeAll(async () => {
  platform = await startPlatform(fleet);
  service = platform.services.fleet as FleetService;
  things = platform.services.things as ThingsService;
  alarms = platform.services.alarms as AlarmsService;
  keeper = platform.actor('fleet:read', 'thing:write', 'alarm:read');
  await alarms.engine.start();
});
afterAll(() => platform.stop());

const smokeKey = 1;
const micros = () => platform.clock.now().getTime() * 1000;
const head = () => ({ gateway: 1, batch: ++batch, received: micros() });

/** A smoke detector behind an agent; the agent and the centre both look at what it says. */
async function scene(code: string) {
  const agent = await things.create(keeper, { code: `EDGE-${code}`, name: '节点', family: 'edge-agent' });
  const detector = await things.create(keeper, { code, name: '烟感', family: 'smoke-detector' });
  await things.relations.relate(keeper, agent.id, 'contains', detector.id);
  const rule = (await alarms.rules.list(keeper)).find(({ definition }) => definition.name.zh === '烟雾浓度超限')?.id;
  if (!rule) throw new Error('no smoke rule');
  const edge = (kind: string, severity: number, time: number) =>
    service.localAlarms.take({
      ...head(),
      messages: [],
      events: [
        {
          thing: agent.number,
          time,
          event: 'alarm',
          data: { rule, device: code, kind, severity, values: { smoke: 6 } },
        },
      ],
    });
  const centre = (value: number, time: number) =>
    alarms.engine.take({
      ...head(),
      messages: [{ thing: detector.number, time, keys: [smokeKey], values: [value], qualities: [0] }],
      events: [],
    });
  const listed = async () => (await alarms.list(keeper, { state: 'all', subject: detector.id } as never)).items;
  return { edge, centre, listed };
}

test(
  clause('H-7.2-b-2', 'what the agent told of an outage and the centre finds in the same signal is counted once'),
  async () => {
    const { edge, centre, listed } = await scene('SMK-1');
    const time = micros();
    await edge('raised', 2, time);
    await centre(6, time);
    expect(await listed()).toMatchObject([{ occurrences: 1, severity: 2 }]);
    platform.clock.pass(1);
    const worse = micros();
    await edge('escalated', 1, worse);
    await centre(12, worse);
    expect(await listed()).toMatchObject([{ occurrences: 2, severity: 1 }]);
  },
);

test('it is the same when the centre was first, and what came later is another occurrence', async () => {
  const { edge, centre, listed } = await scene('SMK-2');
  const time = micros();
  await centre(6, time);
  await edge('raised', 2, time);
  expect(await listed()).toMatchObject([{ occurrences: 1 }]);
  platform.clock.pass(1);
  await edge('occurrence', 2, micros());
  expect(await listed()).toMatchObject([{ occurrences: 2 }]);
});

test('an alarm that ended during the outage is not opened again by the signal it began with', async () => {
  const { edge, centre, listed } = await scene('SMK-3');
  const time = micros();
  await edge('raised', 2, time);
  platform.clock.pass(20);
  await edge('cleared', 2, micros());
  await centre(6, time);
  expect(await listed()).toMatchObject([{ occurrences: 1, condition: 'cleared' }]);
});
