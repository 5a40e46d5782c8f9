import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from './index.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
  await yard.model({
    family: 'script-host',
    name: { zh: '脚本主机', en: 'Script host' },
    category: { function: 'controller', domain: 'it', specification: 'host' },
    authentication: 'secret',
    interval: 60,
    grace: 60,
    properties: [],
    events: [],
    services: [
      {
        id: 'runScript',
        name: { zh: '执行脚本', en: 'Run script' },
        risk: 'dangerous',
        deadline: 30,
        input: {
          type: 'object',
          properties: { script: { type: 'string', maxLength: 64 } },
          required: ['script'],
          additionalProperties: false,
        },
      },
    ],
  });
});
afterAll(() => yard.stop());

const reason = '月度补丁';
const wish = { service: 'runScript', input: { script: 'patch-2026-11' }, reason };

async function hosts(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n++) made.push((await yard.make('script-host')).id);
  return made;
}

test(
  clause('G-cap-control', 'an approved script runs on a hundred hosts, and the report says how each ended'),
  async () => {
    const { service, author, platform } = yard;
    const chief = platform.actor('command:read', 'command:approve');
    const things = await hosts(100);
    const run = await service.runs.batch(author, { things }, wish, 100);
    expect(run).toMatchObject({ wanted: 100, states: { 'awaiting-approval': 100 }, outcome: 'running' });
    expect(await yard.deliver()).toEqual([]);
    await expect(service.stepRun(author, run.id, 'approve', {})).rejects.toThrow('own-approval');
    expect(await service.stepRun(chief, run.id, 'approve', { note: '同意' })).toBe(100);
    // A second word finds nothing left to agree to.
    expect(await service.stepRun(chief, run.id, 'approve', {})).toBe(0);

    const calls = await yard.deliver();
    expect(new Set(calls.map(({ thing }) => thing)).size).toBe(100);
    const failing = new Set(calls.slice(0, 3).map(({ request }) => request));
    for (const { thing, request } of calls) {
      const reply = failing.has(request) ? { error: { code: 1, message: 'disk full' } } : { exit: 0 };
      await service.outbox.answered(thing, request, reply);
    }
    expect(await service.runs.get(author, run.id)).toMatchObject({
      states: { acknowledged: 97, refused: 3 },
      outcome: 'partly-failed',
    });
    const report: { thingCode: string; approverName?: string; failure?: string }[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await service.list(author, { group: run.id, limit: 200, ...(cursor ? { cursor } : {}) });
      report.push(...page.items);
      cursor = page.next;
    }
    expect(new Set(report.map(({ thingCode }) => thingCode)).size).toBe(100);
    expect(report.every(({ approverName }) => approverName === chief.name)).toBe(true);
    expect(report.filter(({ failure }) => failure?.includes('disk full'))).toHaveLength(3);
  },
);

test('a batch that is refused reaches no host', async () => {
  const { service, author, platform } = yard;
  const run = await service.runs.batch(author, { things: await hosts(2) }, wish, 2);
  expect(await service.stepRun(platform.actor('command:approve'), run.id, 'refuse', { note: '窗口不对' })).toBe(2);
  expect(await yard.deliver()).toEqual([]);
  expect(await service.runs.get(author, run.id)).toMatchObject({ states: { refused: 2 }, outcome: 'failed' });
});
