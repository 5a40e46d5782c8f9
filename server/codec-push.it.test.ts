import type { CodecsService } from '@keystead/apps/work/codecs';
import { type FleetService, fleet } from '@keystead/apps/work/fleet';
import type { Actor } from '@keystead/contracts/access';
import type { ThingsService } from '@keystead/data/things';
import { systemClock } from '@keystead/kernel/base';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCodecBench } from './codec-bench.ts';
import { createFrameDesk } from './frame-desk.ts';

const bench = createCodecBench(systemClock);
let platform: TestPlatform;
let codecs: CodecsService;
let service: FleetService;
let things: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(fleet);
  codecs = platform.services.codecs as CodecsService;
  service = platform.services.fleet as FleetService;
  things = platform.services.things as ThingsService;
  codecs.plug({ bench, desk: createFrameDesk() });
  keeper = platform.actor('fleet:read', 'fleet:manage', 'thing:write', 'codec:read', 'codec:write', 'codec:publish');
});
afterAll(async () => {
  await platform.stop();
  await bench.close();
});

const sourceOf = (factor: number) =>
  `function decodeUplink({ bytes }) { return { data: { level: bytes[0] * ${factor} } } }`;
const sampleOf = (factor: number) => ({
  way: 'up' as const,
  name: 'one',
  hex: '05',
  expected: { readings: [{ values: { level: 5 * factor } }] },
});
const draftOf = (factor: number) => ({ source: sourceOf(factor), samples: [sampleOf(factor)], note: '' });

async function agent(code: string, scripts: { name: string; version: number; source: string }[]) {
  const { id, number } = await things.create(keeper, { code, name: code, family: 'edge-agent' });
  await service.configure(keeper, id, { document: { codecs: scripts }, note: '', registerDevices: false });
  const newest = async () => {
    const version = (await service.configurations.wanted(keeper, [number])).get(number) ?? 0;
    return service.configurations.fetch(number, { version });
  };
  return { number, newest };
}

test(
  clause('I-7.1-b', 'a codec that is published, or gone back to, reaches every agent configured with it, once'),
  async () => {
    const { id } = await codecs.create(keeper, { name: 'tank', title: '', ...draftOf(1) });
    await codecs.publish(keeper, id, 1);
    const [carried] = await codecs.inForce(keeper, ['tank']);
    if (!carried) throw new Error('not in force');
    const other = { name: 'kiln', version: 4, source: sourceOf(9) };
    const [user, bystander] = [await agent('EDGE-1', [other, carried]), await agent('EDGE-2', [other])];
    await platform.drain();
    expect((await user.newest()).version).toBe(1);

    await codecs.write(keeper, id, draftOf(2));
    await platform.drain();
    expect((await user.newest()).version).toBe(1);
    await codecs.publish(keeper, id, 2);
    await platform.drain();
    await platform.drain();
    expect(await user.newest()).toMatchObject({
      version: 2,
      codecs: [other, { name: 'tank', version: 2, source: sourceOf(2) }],
    });
    expect((await bystander.newest()).version).toBe(1);
    // The agent is told by its shared attribute, and the journal says why.
    expect((await things.attributes.get(user.number, {})).shared).toEqual({ agentConfiguration: 2 });
    const { rows } = await platform.owner.query(
      "select detail from audit.line where action = 'fleet.configure' order by at desc, id desc limit 1",
    );
    expect(JSON.stringify(rows)).toContain('tank v2');

    await codecs.rollBack(keeper, id, 1);
    await platform.drain();
    expect(await user.newest()).toMatchObject({ version: 3, codecs: [other, { name: 'tank', version: 1 }] });
  },
);
