import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Estate, startEstate } from './testing/estate.ts';

let estate: Estate;
const leases = 10_000;

/** Many leases straight into the tables: rent with a discount for some, water by meter, parking by the quarter, some begun or ending within June. */
async function manyLeases({ platform, building }: Estate, many: number): Promise<void> {
  await platform.owner.query(
    `with n as (select i, gen_random_uuid() as id, gen_random_uuid() as house, gen_random_uuid() as party,
        case when i % 7 = 0 then date '2026-06-01' + i % 29 else date '2026-01-01' end as starts_on,
        case when i % 11 = 0 then date '2026-06-01' + i % 28 else date '2028-12-31' end as ends_on from generate_series(1, $2::int) i),
      ok as (select * from n where ends_on >= starts_on),
      a as (insert into agreements.agreement (id, organisation, place, kind, code, title, subject, state, starts_on, ends_on, held, version, created_at, changed_at)
        select id, $1, $3 || i || '/', 'lease', 'ZL-2025-' || lpad(i::text, 6, '0'), '租约', house, $4, starts_on, ends_on, daterange(starts_on, ends_on, '[]'), 1, now(), now() from ok),
      p as (insert into agreements.party (agreement, organisation, role, party, name) select id, $1, 'tenant', party, '租户' || i from ok),
      u as (insert into billing.usage (id, organisation, place, house, subject, period, begin_reading, end_reading, quantity, source, at, actor_name)
        select gen_random_uuid(), $1, $3 || i || '/', house, 'water', '2026-06', i * 1000, i * 1000 + i * 37 % 30011, i * 37 % 30011, 'meter', now(), '' from ok where i % 5 <> 0)
      insert into agreements.fee (id, agreement, organisation, subject, basis, starts_on, ends_on)
      select gen_random_uuid(), id, $1, f.subject, f.basis, starts_on, null from ok,
        lateral (values ('rent', case when i % 3 = 0 then jsonb_build_object('kind', 'fixed', 'amount', 40000 + i % 9973, 'discount', i % 1001)
            else jsonb_build_object('kind', 'fixed', 'amount', 40000 + i % 9973) end),
          ('water', '{"kind":"metered"}'::jsonb), ('parking', jsonb_build_object('kind', 'fixed', 'amount', 30000, 'months', 3))) as f(subject, basis)`,
    [platform.organisation, many, building.path, 'effective'],
  );
  await platform.owner.query('analyze');
}

beforeAll(async () => {
  estate = await startEstate();
  const steps = [
    { upTo: 12_000, price: 28_500 },
    { upTo: 20_000, price: 38_500 },
    { upTo: null, price: 58_500 },
  ];
  const tariff = { subject: 'water', effectiveOn: '2026-01-01', steps, basis: '价格批复' };
  expect((await estate.ask('POST', '/fees/tariffs', tariff)).status).toBe(201);
  await manyLeases(estate, leases);
});
afterAll(() => estate.platform.stop());

const run = async (period: string) => {
  const made = await estate.ask('POST', '/bills/runs', { period });
  expect(made.status).toBe(201);
  return made.body.id as string;
};
const runOf = async (id: string) =>
  (await estate.ask('GET', '/bills/runs')).body.find((each: { id: string }) => each.id === id);
const rows = async (text: string, values: unknown[] = []) => (await estate.platform.owner.query(text, values)).rows;

/** What June comes to, worked out by the database in decimals, by none of the platform's own code. */
const oracle = `
  with a as (select a.*, greatest(starts_on, date '2026-06-01') as f, least(ends_on, date '2026-06-30') as t from agreements.agreement a),
  gross as (
    select a.id, fee.subject, coalesce((fee.basis->>'discount')::numeric, 0) as discount, case
      when fee.subject = 'rent' then round((fee.basis->>'amount')::numeric * (t - date '2026-06-01' + 1) / 30)
        - round((fee.basis->>'amount')::numeric * (f - date '2026-06-01') / 30)
      when fee.subject = 'parking' then case when (12 * extract(year from a.starts_on) + extract(month from a.starts_on))::int % 3 = (12 * 2026 + 6) % 3 then 30000 else 0 end
      else round((least(u.quantity, 12000) * 2.85 + greatest(least(u.quantity, 20000) - 12000, 0) * 3.85 + greatest(u.quantity - 20000, 0) * 5.85) / 10)
    end as amount
    from a join agreements.fee fee on fee.agreement = a.id
    left join billing.usage u on u.house = a.subject and u.period = '2026-06' and fee.subject = 'water' and u.replaced_at is null
    where f <= t and a.code like 'ZL-2025-%' and (fee.subject <> 'water' or u.id is not null))
  select id, subject, (amount - round(amount * discount / 1000))::bigint as amount from gross where amount - round(amount * discount / 1000) > 0`;

describe('the run of a month', () => {
  test(clause(
    'H-9.1.4-a-1',
    'killed under way it goes on, bills each of 10,000 leases once, to the cent, and a second run makes none',
  ), async () => {
    const id = await run('2026-06');
    const killed = estate.service.runs.advance().then(
      () => 'done',
      () => 'killed',
    );
    for (;;) {
      const [progress] = await rows('select passed, state from billing.run where id = $1', [id]);
      if (progress.passed >= 2000 || progress.state !== 'running') break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // From now on every batch breaks off after its bills were written and before it is committed.
    await estate.platform.owner.query(`
        create function public.cut() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
        create trigger cut after insert on ledger.charge for each statement execute function public.cut()`);
    expect(await killed).toBe('killed');
    const left = await runOf(id);
    expect(left).toMatchObject({ state: 'running' });
    expect(left.passed).toBeLessThan(left.total);
    await estate.platform.owner.query('drop trigger cut on ledger.charge');
    await estate.service.runs.advance();
    const done = await runOf(id);
    const [{ many }] = await rows(
      `select count(*)::int as many from agreements.agreement where held && daterange('2026-06-01', '2026-06-30', '[]')`,
    );
    expect(done).toMatchObject({ state: 'done', passed: many });

    const wrong = await rows(
      `select o.id, o.subject, o.amount, c.amount as billed from (${oracle}) o
         full join (select agreement, subject, amount from ledger.charge where period = '2026-06') c on c.agreement = o.id and c.subject = o.subject
         where o.amount is distinct from c.amount`,
    );
    expect(wrong).toEqual([]);
    const [sum] = await rows(
      `select sum(amount)::bigint::text as total, count(distinct id)::int as bills, count(*)::int as lines from (${oracle}) o`,
    );
    expect(done).toMatchObject({ amount: Number(sum.total), bills: sum.bills, lines: sum.lines });
    const [books] = await rows('select sum(amount)::int as total from ledger.entry');
    expect(books.total).toBe(0);

    const again = await run('2026-06');
    await estate.service.runs.advance();
    expect(await runOf(again)).toMatchObject({ state: 'done', bills: 0, amount: 0, passed: many });
    const [{ twice }] = await rows(
      `select count(*)::int as twice from (select from billing.bill group by agreement, period having count(*) > 1) d`,
    );
    expect(twice).toBe(0);
  }, 120_000);

  test('figures by kind of fee are the sums of the lines, for a place those of its houses', async () => {
    const figures = (await estate.ask('GET', '/bills/figures?period=2026-06')).body;
    const sums = await rows(
      `select subject, sum(amount)::int as due, count(*)::int as lines from ledger.charge where period = '2026-06' group by 1 order by 1`,
    );
    expect(figures.map(({ subject, due, lines }: Record<string, unknown>) => ({ subject, due, lines }))).toEqual(sums);
    const place = encodeURIComponent(`${estate.building.path}4711/`);
    const one = (await estate.ask('GET', `/bills/lines?period=2026-06&place=${place}`)).body;
    const few = (await estate.ask('GET', `/bills/figures?period=2026-06&place=${place}`)).body;
    expect(few.map(({ due }: { due: number }) => due).sort()).toEqual(
      one.map(({ amount }: { amount: number }) => amount).sort(),
    );
  });

  test('pages of a list follow one another without a gap, each only what was asked', async () => {
    const seen = new Set<string>();
    let after = '';
    for (let page = 0; page < 5; page++) {
      const lines = (await estate.ask('GET', `/bills/lines?period=2026-06&subject=water&state=open&limit=200${after}`))
        .body;
      for (const line of lines) {
        expect(line).toMatchObject({ subject: 'water', settled: 0 });
        seen.add(line.id);
      }
      after = `&after=${lines.at(-1).id}`;
    }
    expect(seen.size).toBe(1000);
    expect((await estate.ask('GET', '/bills?period=2026-06&state=late')).body).toEqual([]);
  });

  test('a run under way is not begun twice; stopped, its bills stay', async () => {
    const id = await run('2026-07');
    expect((await estate.ask('POST', '/bills/runs', { period: '2026-07' })).body.type).toContain('bill-run-under-way');
    expect((await estate.ask('POST', `/bills/runs/${id}/stop`)).body).toMatchObject({ state: 'stopped' });
    const local = estate.platform.actorAt(['elsewhere/'], 'bill:run', 'bill:read');
    expect((await estate.ask('POST', '/bills/runs', { period: '2026-07' }, local)).status).toBe(403);
    expect((await estate.ask('GET', '/bills', undefined, local)).body).toEqual([]);
  });
});
