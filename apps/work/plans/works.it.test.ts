import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './testing/bench.ts';

let bench: Bench;
/** Homes that still wait to be reviewed, by project path; each portion does three. */
const waiting = new Map<string, number>();
let broken = false;

beforeAll(async () => {
  bench = await startBench();
  bench.service.offer({
    name: 'trial.reviews',
    label: { zh: '试验年审', en: 'Trial reviews' },
    permission: 'place:write',
    portion: async ({ place }) => {
      if (broken) throw new Error('the register is away');
      const before = waiting.get(place) ?? 0;
      const left = Math.max(0, before - 3);
      waiting.set(place, left);
      return { done: before - left, left };
    },
  });
});
afterAll(() => bench.platform.stop());

const site = (at: number) => bench.sites[at] ?? { id: '', path: '' };
const draft = (name: string, at = 0) =>
  bench.draft(
    bench.tomorrow(),
    { kind: 'review', subjects: [{ kind: 'place', id: site(at).id }] },
    { target: { kind: 'work', name } },
  );

test(
  clause(
    'H-9.2.2-a',
    'the platform does the work of a plan in portions, shows how far it is, and goes on after a failure',
  ),
  async () => {
    const plan = await bench.service.create(bench.planner, draft('trial.reviews'));
    expect(await bench.service.isPlanned(bench.platform.organisation, 'trial.reviews')).toBe(true);
    waiting.set(site(0).path, 10);
    broken = true;
    bench.platform.clock.pass(86_400);
    await bench.service.makeDue();
    const look = async () =>
      (await bench.ledger(plan)).map(({ state, progress, caseId }) => ({ state, progress, caseId }));
    expect(await look()).toEqual([
      { state: 'open', caseId: null, progress: { done: 0, total: 0, failure: 'internal' } },
    ]);
    broken = false;
    await bench.service.makeDue();
    expect(await look()).toEqual([{ state: 'done', caseId: null, progress: { done: 10, total: 10, failure: null } }]);
    waiting.set(site(0).path, 5);
    await bench.service.makeDue();
    expect(waiting.get(site(0).path)).toBe(5);
    bench.platform.clock.pass(366 * 86_400);
    await bench.service.makeDue();
    expect(waiting.get(site(0).path)).toBe(0);
    await bench.service.change(bench.planner, plan, { enabled: false });
    expect(await bench.service.isPlanned(bench.platform.organisation, 'trial.reviews')).toBe(false);
  },
);

test('work nobody offers, of a thing, or without the right for it is refused', async () => {
  await expect(bench.service.create(bench.planner, draft('trial.nothing'))).rejects.toThrow('input-invalid');
  const ofThing = { ...draft('trial.reviews'), subjects: [{ kind: 'thing' as const, id: site(0).id }] };
  await expect(bench.service.create(bench.planner, ofThing)).rejects.toThrow('input-invalid');
  const clerk = bench.platform.actor('plan:read', 'plan:write', 'place:read');
  await expect(bench.service.create(clerk, draft('trial.reviews'))).rejects.toThrow('not-allowed');
});
