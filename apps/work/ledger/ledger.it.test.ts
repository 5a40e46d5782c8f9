import { type Actor, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledger } from './module.ts';
import type { LedgerService } from './service.ts';

let platform: TestPlatform;
let service: LedgerService;
let actor: Actor;

beforeAll(async () => {
  platform = await startPlatform(ledger);
  service = platform.services.ledger as LedgerService;
  actor = platform.actor('ledger:read', 'ledger:close');
});
afterAll(() => platform.stop());

const within = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => platform.kernel.db.transaction(actor.scope, run);
const holder = () => ({ agreement: newId(), party: newId(), place: 'p1/' });
type Holder = ReturnType<typeof holder>;

const line = (amount: number, more: object = {}) => ({
  ...{ subject: 'rent', fund: 'income' as const, rank: 1, period: '2026-06', dueOn: '2026-06-10', amount },
  ...more,
});
async function bill(of: Holder, lines: ReturnType<typeof line>[], key: string = newId()) {
  const document = newId();
  const fresh = await within((tx) => service.charge(tx, actor, [{ ...of, key, document, lines }]));
  return { document, fresh: fresh.size };
}
const pay = (of: Holder, amount: number, reference: string = newId()) =>
  within((tx) => service.pay(tx, actor, { ...of, channel: 'cash', reference, amount, paidAt: platform.clock.now() }));
const standing = (of: Holder) => service.standing(actor, of.agreement);
const ask = (method: 'GET' | 'POST', path: string, payload?: object, as = actor) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/ledger${path}`,
    headers: { authorization: `Test ${as.id}` },
    ...(payload && { payload }),
  });

describe('money of one contract', () => {
  test('what is paid beyond what is owed waits for the next bill', async () => {
    const of = holder();
    await bill(of, [line(50_000), line(8_000, { subject: 'water', rank: 3 })]);
    await pay(of, 60_000);
    expect(await standing(of)).toEqual({ owed: 0, prepaid: 2_000, deposit: 0 });
    await bill(of, [line(50_000, { period: '2026-07', dueOn: '2026-07-10' })]);
    expect(await standing(of)).toEqual({ owed: 48_000, prepaid: 0, deposit: 0 });
  });

  test(clause('H-9.1.4-a-2', 'a payment told twice, even at once, counts once'), async () => {
    const of = holder();
    await bill(of, [line(50_000)]);
    const told = await Promise.all(Array.from({ length: 4 }, () => pay(of, 20_000, 'wx-1')));
    expect(told.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(await standing(of)).toEqual({ owed: 30_000, prepaid: 0, deposit: 0 });
    await expect(pay(of, 20_001, 'wx-1')).rejects.toMatchObject({ type: 'payment-reference-used' });
  });

  test('a bill with the same key is not written again', async () => {
    const of = holder();
    expect((await bill(of, [line(100)], 'run:1')).fresh).toBe(1);
    expect((await bill(of, [line(100)], 'run:1')).fresh).toBe(0);
    expect((await standing(of)).owed).toBe(100);
  });

  test('a bill taken back gives its money free; the bill issued instead takes it', async () => {
    const of = holder();
    const { document } = await bill(of, [line(50_000), line(9_000, { subject: 'water', rank: 3 })]);
    await pay(of, 59_000);
    await within((tx) => service.reverse(tx, actor, { document, key: `back:${document}`, reason: '表底数有误' }));
    expect(await standing(of)).toEqual({ owed: 0, prepaid: 59_000, deposit: 0 });
    await bill(of, [line(50_000), line(4_000, { subject: 'water', rank: 3 })]);
    expect(await standing(of)).toEqual({ owed: 0, prepaid: 5_000, deposit: 0 });
    await expect(
      within((tx) => service.reverse(tx, actor, { document, key: newId(), reason: '再次' })),
    ).rejects.toMatchObject({ type: 'charge-missing' });
  });

  test('a deposit is held once it is paid, then settles what is owed, and the rest is refunded', async () => {
    const of = holder();
    await bill(of, [line(100_000, { subject: 'deposit', fund: 'deposit', dueOn: '2026-06-01' })]);
    expect((await standing(of)).deposit).toBe(0);
    await pay(of, 100_000);
    expect(await standing(of)).toEqual({ owed: 0, prepaid: 0, deposit: 100_000 });
    await bill(of, [line(30_000, { subject: 'damage' })]);
    await within((tx) => service.release(tx, actor, { ...of, amount: 100_000, key: newId(), reason: '退租' }));
    expect(await standing(of)).toEqual({ owed: 0, prepaid: 70_000, deposit: 0 });
    const wish = { ...of, channel: 'bank', amount: 70_000, key: 'refund-1', reason: '退租' };
    expect(await within((tx) => service.refund(tx, actor, wish))).toBe('posted');
    expect(await within((tx) => service.refund(tx, actor, wish))).toBe('known');
    await expect(within((tx) => service.refund(tx, actor, { ...wish, key: newId(), amount: 1 }))).rejects.toMatchObject(
      {
        type: 'ledger-amount-too-large',
      },
    );
  });

  test('no more is waived than is owed', async () => {
    const of = holder();
    const { document } = await bill(of, [line(1_000)]);
    const [charge] = await within((tx) =>
      tx.all(sql<{ id: string }>`select id from ledger.charge where document = ${document}`),
    );
    const waive = (amount: number) =>
      within((tx) => service.waive(tx, actor, { charge: charge?.id ?? '', amount, key: newId(), reason: '低保' }));
    await waive(400);
    await expect(waive(601)).rejects.toMatchObject({ type: 'ledger-amount-too-large' });
    expect((await standing(of)).owed).toBe(600);
  });
});

type Step = { kind: 'bill' | 'pay' | 'again' | 'waive' | 'reverse' | 'deposit' | 'release' | 'refund'; amount: number };
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>(
      'bill',
      'bill',
      'pay',
      'pay',
      'again',
      'waive',
      'reverse',
      'deposit',
      'release',
      'refund',
    ),
    amount: fc.integer({ min: 1, max: 90_000 }),
  }),
  { minLength: 4, maxLength: 14 },
);

describe('any course of events', () => {
  async function perform(
    of: Holder,
    { kind, amount }: Step,
    memory: { documents: string[]; reference: string; paid: number },
  ) {
    const { documents } = memory;
    const key = newId();
    const more = { key, reason: '试' };
    if (kind === 'bill' || kind === 'deposit') {
      const fund = kind === 'bill' ? 'income' : 'deposit';
      documents.push(
        (await bill(of, [line(amount, { fund }), line(amount + 7, { rank: 2, subject: 'water' })])).document,
      );
    } else if (kind === 'pay') {
      memory.reference = newId();
      memory.paid = amount;
      await pay(of, amount, memory.reference);
    } else if (kind === 'again' && memory.reference) await pay(of, memory.paid, memory.reference);
    else if (kind === 'reverse' && documents[0])
      await within((tx) => service.reverse(tx, actor, { document: documents[0] ?? '', ...more }));
    else if (kind === 'release') await within((tx) => service.release(tx, actor, { ...of, amount, ...more }));
    else if (kind === 'refund')
      await within((tx) => service.refund(tx, actor, { ...of, channel: 'cash', amount, ...more }));
    else if (kind === 'waive')
      await within(async (tx) => {
        const charge = await tx.maybe(
          sql<{ id: string }>`select id from ledger.charge where agreement = ${of.agreement} limit 1`,
        );
        await service.waive(tx, actor, { charge: charge?.id ?? newId(), amount, ...more });
      });
  }

  test(
    clause('H-9.1.4-0', 'debits equal credits after every voucher, and charges say what the entries say'),
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (course) => {
          const of = holder();
          const memory = { documents: [] as string[], reference: '', paid: 0 };
          for (const step of course) {
            await perform(of, step, memory).catch((cause) => {
              if (!(cause instanceof Problem)) throw cause;
            });
            const { owed, prepaid, deposit } = await standing(of);
            const [sub] = (
              await platform.owner.query(
                `select coalesce(sum(amount - settled - waived), 0)::int as open,
                 coalesce(sum(settled) filter (where fund = 'deposit'), 0)::int as held from ledger.charge
               where agreement = $1 and reversed_at is null`,
                [of.agreement],
              )
            ).rows;
            expect(owed).toBe(sub.open);
            expect(Math.min(owed, prepaid, deposit)).toBeGreaterThanOrEqual(0);
            expect(deposit).toBeLessThanOrEqual(sub.held);
          }
          const prefixes = await platform.owner.query(
            `select p.number, sum(sum(e.amount)) over (order by p.number)::int as total from ledger.posting p
           join ledger.entry e on e.posting = p.id where p.agreement = $1 group by p.number`,
            [of.agreement],
          );
          expect(prefixes.rows.every(({ total }) => total === 0)).toBe(true);
        }),
        { numRuns: 25 },
      );
      expect((await ask('GET', '/trial-balance')).json().imbalance).toBe(0);
    },
  );
});

describe('what was written stays', () => {
  test('the database itself refuses a voucher that does not balance and any change of one', async () => {
    const of = holder();
    const { document } = await bill(of, [line(700)]);
    const attempts = [
      `insert into ledger.entry select id, 90, organisation, 'bank', null, null, 5 from ledger.posting where document = $1`,
      `update ledger.posting set amount = amount + 1 where document = $1`,
      `update ledger.entry set amount = amount * 2 where posting in (select id from ledger.posting where document = $1)`,
      `delete from ledger.entry where posting in (select id from ledger.posting where document = $1)`,
      `update ledger.charge set amount = 1 where document = $1`,
      `delete from ledger.charge where document = $1`,
    ];
    for (const attempt of attempts) await expect(platform.owner.query(attempt, [document])).rejects.toThrow();
  });

  test(
    clause('H-9.3-d', 'a closed month takes no voucher, refuses every edit, and is found by month and tenant'),
    async () => {
      const of = holder();
      await bill(of, [line(12_300)]);
      expect((await ask('POST', '/closings', { period: '2026-06' })).json().type).toContain('ledger-period-not-over');
      platform.clock.pass(31 * 86_400);
      const closed = await ask('POST', '/closings', { period: '2026-06' });
      expect(closed.statusCode).toBe(201);
      expect((await ask('POST', '/closings', { period: '2026-06' })).statusCode).toBe(409);
      const found = (await ask('GET', `/vouchers?period=2026-06&party=${of.party}`)).json();
      expect(found).toMatchObject([{ kind: 'charge', amount: 12_300, period: '2026-06' }]);
      for (const [table, change] of [
        ['posting', `memo = 'x'`],
        ['posting', `amount = 1`],
        ['settlement', 'amount = 9'],
        ['payment', 'amount = 9'],
        ['closing', `digest = 'x'`],
      ] as const)
        await expect(platform.owner.query(`update ledger.${table} set ${change}`)).rejects.toThrow('append-only');
      const late = `insert into ledger.posting (id, organisation, place, kind, key, period, at, memo, amount, actor, actor_name)
      values (gen_random_uuid(), $1, '', 'charge', 'late', '2026-06', $2, '', 1, 'x', 'x')`;
      await expect(platform.owner.query(late, [platform.organisation, platform.clock.now()])).rejects.toMatchObject({
        constraint: 'period_open',
      });
      expect((await ask('GET', '/closings/2026-06/proof')).json()).toMatchObject({ closed: true, holds: true });
      await platform.owner.query('alter table ledger.posting disable trigger kept');
      await platform.owner.query(`update ledger.posting set memo = '改' where party = $1`, [of.party]);
      expect((await ask('GET', '/closings/2026-06/proof')).json()).toMatchObject({ closed: true, holds: false });
    },
  );

  test('who answers for one place sees its vouchers only and closes nothing', async () => {
    await bill(holder(), [line(100)]);
    const local = platform.actorAt(['elsewhere/'], 'ledger:read', 'ledger:close');
    expect((await ask('GET', '/vouchers', undefined, local)).json()).toEqual([]);
    expect((await ask('POST', '/closings', { period: '2026-05' }, local)).statusCode).toBe(403);
  });

  test('the platform posts for an organisation by itself', async () => {
    const of = holder();
    const own = systemActor('billing.run', platform.organisation);
    await platform.kernel.db.systemTransaction((tx) =>
      service.charge(tx, own, [{ ...of, key: newId(), document: newId(), lines: [line(5)] }]),
    );
    expect((await standing(of)).owed).toBe(5);
  });
});
