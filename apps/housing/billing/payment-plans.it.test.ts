import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Estate, rent, startEstate } from './testing/estate.ts';

let estate: Estate;

beforeAll(async () => {
  estate = await startEstate();
});
afterAll(() => estate.platform.stop());

const pass = async (date: string) => {
  estate.platform.clock.set(`${date}T02:00:00Z`);
  await estate.service.paymentPlans.pass();
  await estate.service.dunning.pass();
};
async function late() {
  estate.platform.clock.set('2026-06-01T02:00:00Z');
  const lease = await estate.lease([rent(60_000)]);
  await estate.ask('POST', '/bills/runs', { period: '2026-06' });
  await estate.service.runs.advance();
  await pass('2026-06-11');
  return lease;
}
const parts = [
  { dueOn: '2026-06-20', amount: 20_000 },
  { dueOn: '2026-07-20', amount: 40_000 },
];
const make = (agreement: string, instalments = parts) =>
  estate.ask('POST', '/payment-plans', { agreement, instalments, reason: '失业，书面协议' });
const planOf = async (agreement: string) => (await estate.ask('GET', `/payment-plans?agreement=${agreement}`)).body[0];
const steps = async (agreement: string) =>
  (await estate.ask('GET', `/dunning?agreement=${agreement}&limit=50`)).body.map(({ step }: { step: string }) => step);
let paid = 0;
const pay = (agreement: string, amount: number) =>
  estate.ask('POST', '/payments', {
    ...{ agreement, channel: 'cash', reference: `PLAN-${++paid}`, amount },
    paidAt: estate.platform.clock.now().toISOString(),
  });

test('while a plan is kept no reminder goes; paid off, it is over by itself', async () => {
  const { id } = await late();
  expect((await make(id)).status).toBe(201);
  expect(await make(id)).toMatchObject({ status: 409, body: { type: 'payment-plan-standing' } });
  await pass('2026-06-18');
  expect(await steps(id)).toEqual(['d1']);
  await pay(id, 20_000);
  await pass('2026-06-30');
  expect(await planOf(id)).toMatchObject({
    state: 'running',
    paid: 20_000,
    instalments: [{ paid: 20_000 }, { paid: 0 }],
  });
  await pay(id, 40_000);
  expect(await planOf(id)).toMatchObject({ state: 'paid-off', paid: 60_000, endedAt: null, tenant: '王**' });
  await pass('2026-07-01');
  expect(await planOf(id)).toMatchObject({ state: 'paid-off', endedAt: expect.any(String) });
  expect((await estate.ask('GET', `/dunning/pauses?agreement=${id}`)).body).toEqual([]);
  expect(await steps(id)).toEqual(['d1']);
});

test('a part that stays away breaks the plan, and the ladder goes on in the same round', async () => {
  const { id } = await late();
  await make(id);
  await pass('2026-06-20');
  expect((await planOf(id)).state).toBe('running');
  await pass('2026-06-21');
  expect(await planOf(id)).toMatchObject({ state: 'broken', paid: 0 });
  expect((await steps(id)).sort()).toEqual(['d1', 'd7']);
});

test('a plan is over all that is late and nothing else, and one takes it back with a reason', async () => {
  const { id } = await late();
  const wrong = await make(id, [{ dueOn: '2026-06-20', amount: 59_999 }]);
  expect(wrong).toMatchObject({ status: 422, body: { type: 'payment-plan-invalid', errors: [{ code: 'sum' }] } });
  const { body } = await make(id);
  const end = () => estate.ask('POST', `/payment-plans/${body.id}/end`, { reason: '承租人要求' });
  expect((await end()).status).toBe(204);
  expect((await end()).status).toBe(404);
  await pass('2026-06-18');
  expect((await steps(id)).sort()).toEqual(['d1', 'd7']);
  await pay(id, 60_000);
  expect((await make(id)).body.type).toBe('nothing-late');
});
