import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BilledLease, kinds, type PayingEstate, startPayingEstate } from './testing/paying-estate.ts';

let estate: PayingEstate;
beforeAll(async () => {
  estate = await startPayingEstate();
}, 60_000);
afterAll(() => estate.stop());

const which = fc.nat({ max: 20 });
const kind = fc.constantFrom(...kinds);
/** Everything that may happen between payers, channels and us, in any order. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('order' as const), which, kind, named: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pay' as const), which, tell: fc.nat({ max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      which,
      how: fc.constantFrom('good' as const, 'forged' as const, 'probe' as const, 'closed' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('silent' as const),
      operation: fc.constantFrom('place' as const, 'query' as const, 'close' as const, 'refund' as const),
      after: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forge' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('poor' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 5, max: 2400 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pursue' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('cash' as const), which, amount: fc.integer({ min: 1, max: 60_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), which, reissue: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('refund' as const), which, amount: fc.integer({ min: 1, max: 60_000 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Placed {
  id: string;
  number: string;
  kind: (typeof kinds)[number];
}
const numbersOf = async (leases: readonly BilledLease[]): Promise<Placed[]> =>
  (
    await estate.platform.owner.query(
      `select o.id, o.number, c.kind from billing.pay_order o join billing.channel c on c.id = o.channel where o.agreement = any($1) order by o.id`,
      [leases.map(({ id }) => id)],
    )
  ).rows;
let receipt = 0;
/** What the histories came to: a storm in which nobody overpaid would prove nothing. */
const seen = { prepaid: 0, back: 0 };

async function take(one: Step, leases: BilledLease[]): Promise<void> {
  const { server } = estate;
  const lease = 'which' in one ? leases[one.which % leases.length] : undefined;
  const orders = await numbersOf(leases);
  const order = 'which' in one && orders.length > 0 ? orders[one.which % orders.length] : undefined;
  if (one.do === 'order' && lease) await estate.place(lease, one.kind, one.named ? {} : { bill: undefined });
  else if (one.do === 'pay' && order)
    await server.wish({ pay: order.number, kind: order.kind, tell: one.tell }).catch(never);
  else if (one.do === 'tell' && order)
    await server.wish({ tell: order.number, kind: order.kind, how: one.how }).catch(never);
  else if (one.do === 'silent')
    await server.wish({ faults: { silent: { operation: one.operation, times: 1, after: one.after } } });
  else if (one.do === 'forge') await server.wish({ faults: { forged: 1 } });
  else if (one.do === 'poor') await server.wish({ faults: { poor: 1 } });
  else if (one.do === 'wait') await estate.later(one.seconds);
  else if (one.do === 'pursue') await estate.service.payments.pursue();
  else if (one.do === 'cash' && lease) {
    const paidAt = estate.platform.clock.now().toISOString();
    const cash = { agreement: lease.id, channel: 'cash', reference: `S${++receipt}`, amount: one.amount, paidAt };
    await estate.ask('POST', '/payments', cash);
  } else if (one.do === 'reverse' && lease) {
    const answer = await estate.ask('POST', `/bills/${lease.bill}/reversal`, { reason: '更正', reissue: one.reissue });
    if (answer.body?.id) lease.bill = answer.body.id;
  } else if (one.do === 'refund' && order)
    await estate.ask('POST', '/payments/channel-refunds', { order: order.id, amount: one.amount, reason: '退' });
}
/** An order the channel never heard of cannot be paid or told of. */
const never = (cause: unknown): void => expect(String(cause)).toContain('no order');

/** All silence is over, and everything is asked about until nothing is open. */
async function calm(): Promise<void> {
  await estate.server.wish({ faults: {} });
  for (const seconds of [60, 2400, 60, 60]) {
    await estate.later(seconds);
    await estate.service.payments.pursue();
  }
}

interface Row {
  channel: string;
  reference: string;
  amount: number;
  agreement: string;
}
async function judge(leases: readonly BilledLease[]): Promise<void> {
  const { owner } = estate.platform;
  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> => (await owner.query(text, values)).rows;
  const ids = leases.map(({ id }) => id);
  expect((await estate.ask('GET', '/ledger/trial-balance')).body.imbalance).toBe(0);
  // What the channels took is what we booked, each payment once; what they gave back is what we posted.
  const taken = await estate.server.books();
  const booked = await rows<Row>(
    `select channel, reference, amount::int, agreement from ledger.payment where channel <> 'cash'`,
  );
  const sorted = (list: { reference: string; amount: number }[]) =>
    list.map(({ reference, amount }) => `${reference} ${amount}`).sort();
  expect(sorted(booked)).toEqual(sorted(taken.map(({ transaction, amount }) => ({ reference: transaction, amount }))));
  for (const one of kinds) {
    const [bank] = await rows<{ sum: number }>(
      `select coalesce(sum(amount), 0)::int as sum from ledger.entry where account = 'bank' and subject = $1`,
      [one],
    );
    const truth = taken
      .filter((each) => each.kind === one)
      .reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
    expect(bank?.sum).toBe(truth);
  }
  expect(await rows(`select from billing.pay_order where state = 'open' and agreement = any($1)`, [ids])).toEqual([]);
  expect(await rows(`select from billing.refund where state = 'asked' and agreement = any($1)`, [ids])).toEqual([]);
  for (const id of ids) {
    const { owed, prepaid } = await estate.standing(id);
    const [sums] = await rows<{ due: number; paid: number; back: number }>(
      `select (select coalesce(sum(amount), 0)::int from ledger.charge where agreement = $1 and reversed_at is null) as due,
        (select coalesce(sum(amount), 0)::int from ledger.payment where agreement = $1) as paid,
        (select coalesce(sum(amount), 0)::int from billing.refund where agreement = $1 and state = 'done') as back`,
      [id],
    );
    expect(owed - prepaid).toBe((sums?.due ?? 0) - (sums?.paid ?? 0) + (sums?.back ?? 0));
    seen.prepaid += prepaid;
    seen.back += sums?.back ?? 0;
    // A bill is paid once: what is more waits as prepaid money, and nothing waits while something is owed.
    expect(Math.min(owed, prepaid)).toBe(0);
  }
}

test(clause(
  'H-9.1.4-0',
  'whatever payers and channels do in whatever order, nothing is lost and no bill is paid twice',
), async () => {
  const history = fc.array(step, { minLength: 12, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const leases = [await estate.billed(), await estate.billed()];
      for (const each of steps) await take(each, leases);
      await calm();
      await judge(leases);
    }),
    { numRuns: 20, seed: 20260603, endOnFailure: true },
  );
}, 120_000);
