import { newId } from '@keystead/contracts/ids';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Definition } from './plan.ts';
import { type Bench, dayMs, monthly, startBench, type Trigger } from './testing/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.platform.stop());

describe('what nobody does', () => {
  test(
    clause('H-9.5.1-b-2', 'a minute after it was due there is exactly one supervision case, with the manager'),
    async () => {
      const from = new Date(bench.platform.clock.now().getTime() + dayMs).toISOString().slice(0, 10);
      const manager = newId();
      await bench.platform.owner.query(
        `insert into identity.organisation (id, kind, name, second_factor, made_at) values ($1, 'operating-body', '安居', 'required', now())`,
        [bench.platform.organisation],
      );
      await bench.platform.owner.query(
        `insert into identity.account (id, organisation, kind, user_name, name, language, state, made_at, changed_at)
       values ($1, $2, 'staff', 'manager', '主管', 'zh-CN', 'active', now(), now())`,
        [manager, bench.platform.organisation],
      );
      const plan = await bench.service.create(
        bench.planner,
        bench.draft(
          { ...monthly, every: 'year', from } as Trigger,
          {},
          { target: { kind: 'case', assignee: newId(), manager } },
        ),
      );
      await bench.passDays(2);
      const [task] = await bench.ledger(plan);
      if (!task) throw new Error('no task came about');
      bench.platform.clock.set(task.deadline);
      while ((await bench.service.chaseOverdue()) > 0); // tasks of the plans before
      expect((await bench.ledger(plan))[0]?.supervision).toBeNull();
      bench.platform.clock.pass(60);
      await Promise.all([bench.service.chaseOverdue(), bench.service.chaseOverdue()]);
      await bench.service.chaseOverdue();
      const { items } = await bench.desk.list(
        bench.planner,
        { kind: ['supervision'], text: `计划 ${bench.latest()}` },
        { limit: 50 },
      );
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({ assignee: manager, id: (await bench.ledger(plan))[0]?.supervision });
      await bench.service.change(bench.planner, plan, { enabled: false });
    },
  );

  test(clause(
    'H-9.2.3-a',
    'of fifty rounds five nobody went are five alarms; one that is gone after all is cleared',
  ), async () => {
    const from = new Date(bench.platform.clock.now().getTime() + dayMs).toISOString().slice(0, 10);
    const plan = await bench.service.create(
      bench.planner,
      bench.draft(
        { ...monthly, every: 'year', from } as Trigger,
        { kind: 'inspection', subjects: bench.sites.map(({ id }) => ({ kind: 'place', id })) },
        { target: { kind: 'case', team: '巡检班' }, points: [{ text: '门厅照明', photo: true }] },
      ),
    );
    await bench.passDays(2);
    const rounds = await bench.ledger(plan);
    expect(rounds).toHaveLength(50);
    for (const { id, caseId } of rounds.slice(0, 45)) {
      await bench.service.read(bench.worker, id, {
        point: 1,
        passed: true,
        record: newId(),
        takenAt: bench.platform.clock.now(),
        longitude: 117.2,
        latitude: 34.26,
        device: 'phone-1',
      });
      await bench.finish(caseId ?? '');
    }
    bench.platform.clock.pass(3 * 86_400);
    await bench.service.chaseOverdue();
    const missed = async () =>
      (await bench.ringing.list(bench.planner, { state: 'active', rule: `platform:plan-missed:${plan}`, limit: 100 }))
        .items;
    expect((await missed()).map(({ subject }) => subject.id).sort()).toEqual(
      rounds
        .slice(45)
        .map(({ id }) => id)
        .sort(),
    );
    const [late] = rounds.slice(45);
    await bench.service.read(bench.worker, late?.id ?? '', { point: 1, passed: true, record: newId() });
    await bench.finish(late?.caseId ?? '');
    expect(await missed()).toHaveLength(4);
    await bench.service.change(bench.planner, plan, { enabled: false });
  }, 90_000);
});

describe('rounds', () => {
  const points: Definition['points'] = Array.from({ length: 20 }, (_, at) => ({
    text: `压力 ${at + 1}`,
    unit: 'kPa',
    low: 10,
    high: 20,
    photo: at === 0,
  }));

  async function round(): Promise<{ id: string; caseId: string }> {
    const from = new Date(bench.platform.clock.now().getTime() + dayMs).toISOString().slice(0, 10);
    const plan = await bench.service.create(
      bench.planner,
      bench.draft({ ...monthly, every: 'year', from } as Trigger, { kind: 'inspection' }, { points }),
    );
    await bench.passDays(2);
    await bench.service.change(bench.planner, plan, { enabled: false });
    const [made] = await bench.ledger(plan);
    return { id: made?.id ?? '', caseId: made?.caseId ?? '' };
  }

  test(
    clause(
      'M-5.4-10',
      'of twenty points three are out of their limits: three alarms, and all in the checklist of the case',
    ),
    async () => {
      const { id, caseId } = await round();
      const out = new Set([4, 11, 18]);
      for (let point = 1; point <= 20; point++)
        await bench.service.read(bench.worker, id, {
          point,
          value: out.has(point) ? 25 : 15,
          ...(point === 1 ? { record: newId() } : {}),
        });
      const { items } = await bench.ringing.list(bench.planner, { state: 'active', limit: 200 });
      const mine = items.filter(({ readings: said }) => said.round === id);
      expect(mine.map(({ title }) => title.zh).sort()).toEqual([
        '巡检超限：小区 1 压力 11 25kPa',
        '巡检超限：小区 1 压力 18 25kPa',
        '巡检超限：小区 1 压力 4 25kPa',
      ]);
      const file = await bench.desk.get(bench.planner, caseId);
      expect(file.items.filter(({ text }) => text.includes('压力')).every(({ doneAt }) => doneAt !== null)).toBe(true);
      expect(file.evidence).toMatchObject([{ sha256: 'a'.repeat(64) }]);
      expect((await bench.service.round(bench.worker, id)).broken).toEqual([]);
    },
  );

  test(
    clause(
      'H-9.2.3-b',
      'the ledger holds who, when, where, result and evidence, and is not written back, over or after the end',
    ),
    async () => {
      const { id, caseId } = await round();
      const now = bench.platform.clock.now();
      const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      await expect(
        bench.service.read(bench.worker, id, { point: 2, value: 15, takenAt: at(-40 * 86_400) }),
      ).rejects.toThrow('round-back-dated');
      await expect(bench.service.read(bench.worker, id, { point: 2, value: 15, takenAt: at(3600) })).rejects.toThrow(
        'round-back-dated',
      );
      await expect(bench.service.read(bench.worker, id, { point: 2 })).rejects.toThrow('point-unfounded');
      await expect(bench.service.read(bench.worker, id, { point: 1, value: 15 })).rejects.toThrow('point-unfounded');
      await expect(bench.service.read(bench.worker, id, { point: 21, value: 15 })).rejects.toThrow('point-unfounded');
      for (let point = 1; point <= 20; point++)
        await bench.service.read(bench.worker, id, {
          point,
          value: 15,
          record: newId(),
          takenAt: now,
          longitude: 117.2,
          latitude: 34.2,
        });
      await expect(bench.service.read(bench.worker, id, { point: 3, value: 12 })).rejects.toThrow('point-read');
      const { readings: lines } = await bench.service.round(bench.worker, id);
      for (const line of lines)
        expect(line).toMatchObject({
          passed: true,
          actorName: 'Tester',
          at: expect.any(Date),
          longitude: 117.2,
          sha256: 'a'.repeat(64),
        });
      await bench.finish(caseId);
      await expect(bench.service.read(bench.worker, id, { point: 3, value: 12 })).rejects.toThrow('round-closed');
      for (const change of [
        'update plans.reading set value = 12',
        "update plans.reading set at = at - interval '1 day'",
        'delete from plans.reading',
      ])
        await expect(bench.platform.owner.query(`${change} where occurrence = $1`, [id])).rejects.toThrow(
          'readings of rounds are not changed',
        );
      await bench.platform.owner.query('alter table plans.reading disable trigger keep_reading');
      await bench.platform.owner.query('update plans.reading set value = 19 where occurrence = $1 and point = 7', [id]);
      await bench.platform.owner.query('alter table plans.reading enable trigger keep_reading');
      expect((await bench.service.round(bench.worker, id)).broken).toEqual([7]);
    },
  );

  test('who answers for another place neither sees the round nor writes in it', async () => {
    const { id } = await round();
    const stranger = bench.platform.actorAt([bench.sites[9]?.path ?? ''], 'plan:read', 'case:handle');
    await expect(bench.service.round(stranger, id)).rejects.toThrow('occurrence-missing');
    await expect(bench.service.read(stranger, id, { point: 2, value: 15 })).rejects.toThrow('occurrence-missing');
    const own = bench.platform.actorAt([bench.sites[0]?.path ?? ''], 'plan:read', 'case:handle');
    expect((await bench.service.round(own, id)).name).toMatch(/^计划/);
    await bench.service.read(own, id, { point: 2, value: 15 });
  });
});
