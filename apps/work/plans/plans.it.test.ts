import { caseChanged } from '@keystead/contracts/events/cases';
import type { Payload } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, dayMs, monthly, startBench, type Trigger } from './testing/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.platform.stop());

describe('occurrences', () => {
  test(clause(
    'I-5.2.3-e-2',
    'an edit is for what comes: twelve tasks stay as they were, the next twelve are new',
  ), async () => {
    const plan = await bench.service.create(bench.planner, bench.draft(monthly, {}, { content: '清洁' }));
    await bench.passDays(360);
    expect(await bench.ledger(plan)).toHaveLength(12);
    const before = await bench.ledger(plan);
    const { row } = await bench.service.get(bench.planner, plan);
    await bench.service.change(
      bench.planner,
      plan,
      { definition: { ...row.definition, content: '润滑' } },
      row.version,
    );
    await bench.passDays(365);
    const after = await bench.ledger(plan);
    expect(after).toHaveLength(24);
    expect(after.slice(0, 12)).toEqual(before);
    expect(after.map(({ edition }) => edition)).toEqual([...Array(12).fill(1), ...Array(12).fill(2)]);
    const contents = await Promise.all(after.map(({ caseId }) => bench.desk.get(bench.planner, caseId ?? '')));
    expect(contents.map(({ row: made }) => made.description)).toEqual([
      ...Array(12).fill('清洁'),
      ...Array(12).fill('润滑'),
    ]);
    await bench.service.change(bench.planner, plan, { enabled: false });
    await bench.passDays(60);
    expect(await bench.ledger(plan)).toHaveLength(24);
  }, 90_000);

  test(
    clause('I-5.2.3-e-4', 'the lead that was set is how long before its moment a task is given out, and told'),
    async () => {
      const days = 3;
      const plan = await bench.service.create(
        bench.planner,
        bench.draft(bench.tomorrow(), {}, { lead: days * 86_400 }),
      );
      const told: Payload<typeof caseChanged>[] = [];
      bench.platform.kernel.bus.on(caseChanged, 'test.hear-cases', async ({ payload }) => void told.push(payload));
      await bench.service.makeDue();
      await bench.platform.drain();
      const [task] = await bench.ledger(plan);
      const ahead = (task?.at.getTime() ?? 0) - (task?.madeAt.getTime() ?? 0);
      expect(ahead).toBeGreaterThan(0);
      expect(ahead).toBeLessThanOrEqual(days * dayMs);
      expect(told.find(({ id }) => id === task?.caseId)).toMatchObject({ kind: 'maintenance', from: '', to: 'new' });
      await bench.service.change(bench.planner, plan, { enabled: false });
    },
  );

  test('two workers, a restart and a clock set back make each occurrence once', async () => {
    const daily: Trigger = { ...monthly, every: 'day' } as Trigger;
    const { trigger: _trigger, ...rest } = bench.draft(daily).definition;
    const today = bench.platform.clock.now().toISOString().slice(0, 10);
    const plan = await bench.service.create(bench.planner, bench.draft({ ...daily, from: today } as Trigger, {}, rest));
    bench.platform.clock.pass(10 * 86_400);
    await Promise.all([bench.service.makeDue(), bench.service.makeDue(), bench.service.makeDue()]);
    const made = await bench.ledger(plan);
    expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
    expect(made.length).toBeGreaterThanOrEqual(10);
    bench.platform.clock.pass(-5 * 86_400);
    await bench.service.makeDue();
    // Even when the mark itself is lost, the same moments are recognised.
    await bench.platform.owner.query(
      `update plans.plan set made_until = made_until - interval '8 days', due_at = '2020-01-01' where id = $1`,
      [plan],
    );
    bench.platform.clock.pass(5 * 86_400);
    await bench.service.makeDue();
    expect((await bench.ledger(plan)).map(({ key }) => key)).toEqual(made.map(({ key }) => key));
    await bench.service.change(bench.planner, plan, { enabled: false });
  });

  test(clause('I-5.2.3-e-1', 'by use: a task each time the counter has grown by so much, for two years'), async () => {
    const pump = newId();
    bench.things.set(pump, { name: '水泵', place: bench.sites[0]?.path ?? '' });
    const gauge = `${pump} runHours`;
    bench.readings.set(gauge, 120);
    const plan = await bench.service.create(
      bench.planner,
      bench.draft({ kind: 'usage', property: 'runHours', each: 500 }, { subjects: [{ kind: 'thing', id: pump }] }),
    );
    const due: number[] = [];
    for (let day = 0; day < 730; day++) {
      if (day > 0) bench.readings.set(gauge, 120 + day * 8);
      bench.platform.clock.pass(86_400);
      if ((await bench.service.makeDue()) > 0) due.push(day);
    }
    // 8 hours a day from day 1 on: 500, 1000, … hours are reached on these days.
    expect(due).toEqual(Array.from({ length: 11 }, (_, at) => Math.ceil(((at + 1) * 500) / 8)));
    bench.readings.set(gauge, 3);
    bench.platform.clock.pass(86_400);
    await bench.service.makeDue();
    expect(await bench.ledger(plan)).toHaveLength(11);
    await bench.service.change(bench.planner, plan, { enabled: false });
  }, 90_000);

  test('by condition: once when a limit is passed, and again only after it was kept', async () => {
    const filter = newId();
    bench.things.set(filter, { name: '滤网', place: bench.sites[0]?.path ?? '' });
    const plan = await bench.service.create(
      bench.planner,
      bench.draft(
        { kind: 'condition', property: 'pressure', above: 80 },
        { subjects: [{ kind: 'thing', id: filter }] },
        { target: { kind: 'command', service: 'flush', input: { minutes: 5 } } },
      ),
    );
    const counts: number[] = [];
    for (const value of [70, 81, 90, 79, 85]) {
      bench.readings.set(`${filter} pressure`, value);
      bench.platform.clock.pass(61);
      await bench.service.makeDue();
      counts.push((await bench.ledger(plan)).length);
    }
    expect(counts).toEqual([0, 1, 1, 1, 2]);
    expect(bench.sent.map((call) => call.slice(2, 5))).toEqual([
      [filter, 'flush', { minutes: 5 }],
      [filter, 'flush', { minutes: 5 }],
    ]);
    expect(new Set(bench.sent.map((call) => call[5])).size).toBe(2);
    expect((await bench.ledger(plan)).map(({ state }) => state)).toEqual(['done', 'done']);
    await bench.service.change(bench.planner, plan, { enabled: false });
  });
});

describe('the year', () => {
  test(clause('H-9.5.1-b-1', 'a plan makes the tasks of a year and says what part was done'), async () => {
    const from = new Date(bench.platform.clock.now().getTime() + dayMs).toISOString().slice(0, 10);
    const plan = await bench.service.create(bench.planner, bench.draft({ ...monthly, from } as Trigger));
    await bench.passDays(366);
    const tasks = (await bench.ledger(plan)).slice(0, 12);
    expect(tasks).toHaveLength(12);
    for (const { caseId } of tasks.slice(0, 9)) await bench.finish(caseId ?? '');
    const period = `from=2026-01-01T00:00:00Z&to=2040-01-01T00:00:00Z&plan=${plan}`;
    const answer = await bench.platform.http.app.inject({
      method: 'GET',
      url: `/api/v1/plans/figures?${period}`,
      headers: { authorization: `Test ${bench.planner.id}` },
    });
    const [figures] = answer.json().items;
    expect(figures).toMatchObject({ done: 9 });
    expect(figures.rate).toBeCloseTo(9 / figures.due, 9);
    await bench.service.change(bench.planner, plan, { enabled: false });
  });

  test(clause('M-5.4-7', 'a tree of four periods by four systems, every plan in its cell'), async () => {
    for (const every of ['year', 'quarter', 'month', 'week'] as const)
      for (const system of ['hvac', 'power', 'weak-current', 'fire'] as const) {
        const { id } = {
          id: await bench.service.create(
            bench.planner,
            bench.draft({ ...monthly, every, from: '2030-01-07' } as Trigger, { system, name: `${every} ${system}` }),
          ),
        };
        expect(id).toBeTruthy();
      }
    const tree = await bench.service.tree(bench.planner);
    for (const every of ['year', 'quarter', 'month', 'week'])
      for (const system of ['hvac', 'power', 'weak-current', 'fire']) {
        const cell = tree.find(({ cycle }) => cycle === every)?.systems.find((each) => each.system === system);
        expect(cell?.plans.map(({ name }) => name)).toContain(`${every} ${system}`);
      }
  });

  test(
    clause('M-5.4-5', 'the calendar of a year comes from the list of devices, and every task names its procedure'),
    async () => {
      const devices = ['冷机', '水泵', '冷却塔'].map((name) => {
        const id = newId();
        bench.things.set(id, { name, place: bench.sites[1]?.path ?? '' });
        return { kind: 'thing' as const, id };
      });
      const procedure = { code: 'MOP-007', title: '冷机月保', steps: ['断电挂牌', '清洗', '复位'] };
      const plan = await bench.service.create(
        bench.planner,
        bench.draft({ ...monthly, from: '2035-01-05' } as Trigger, { subjects: devices }, { procedure }),
      );
      const lines = await bench.service.calendar(bench.planner, {
        plan,
        from: new Date('2034-12-31T16:00:00Z'),
        to: new Date('2035-12-31T16:00:00Z'),
      });
      expect(lines).toHaveLength(36);
      expect(new Set(lines.map(({ at }) => at.getUTCMonth())).size).toBe(12);
      expect(new Set(lines.map((line) => line.procedure))).toEqual(new Set(['MOP-007']));
      expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(['planned']));
    },
  );

  test('what a person writes is held against itself before it is stored', async () => {
    const wrong = bench.draft({ kind: 'condition', property: 'x' });
    await expect(bench.service.create(bench.planner, wrong)).rejects.toMatchObject({
      errors: [{ pointer: '/subjects' }, { pointer: '/definition/trigger/above' }],
    });
    const twice = bench.draft(monthly);
    await bench.service.create(bench.planner, twice);
    await expect(bench.service.create(bench.planner, { ...bench.draft(monthly), code: twice.code })).rejects.toThrow(
      'plan-code-taken',
    );
    const preview = bench.service.preview(
      { ...monthly, every: 'week', weekdays: [1], from: '2034-01-01' } as Trigger,
      3,
    );
    expect(preview.map((at) => at.toISOString())).toEqual([
      '2034-01-02T01:00:00.000Z',
      '2034-01-09T01:00:00.000Z',
      '2034-01-16T01:00:00.000Z',
    ]);
  });
});
