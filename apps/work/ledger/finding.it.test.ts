import type { Actor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledger } from './module.ts';
import { type VoucherFilter, vouchersOf } from './reading.ts';
import type { LedgerService } from './service.ts';

const parties = 600;
const months = 24;

let platform: TestPlatform;
let service: LedgerService;
let actor: Actor;
/** One tenant among all. */
let someone: { party: string; agreement: string };

/** Two years of six hundred tenants: a bill, a payment and what it was put on, each month. */
const filled = `
  with h as (select i, gen_random_uuid() as party, gen_random_uuid() as agreement from generate_series(1, ${parties}) i),
  v as (select h.*, m, k.kind, gen_random_uuid() as id, to_char(date '2024-01-01' + (m || ' months')::interval, 'YYYY-MM') as period
    from h, generate_series(0, ${months - 1}) m, (values (1, 'charge'), (2, 'payment'), (3, 'settlement')) k(n, kind) order by m, k.n),
  p as (insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, memo, amount, actor, actor_name)
    select id, $1, 'p1/', kind, kind || ' ' || period || ' ' || i, period, now(), agreement, party, '', 100, 'x', 'x' from v)
  insert into ledger.entry (posting, line, organisation, account, agreement, subject, amount)
  select id, l, $1, case when l = 1 then 'receivable' else 'income' end, agreement, 'rent', case when l = 1 then 100 else -100 end
  from v, generate_series(1, 2) l`;

beforeAll(async () => {
  platform = await startPlatform(ledger);
  service = platform.services.ledger as LedgerService;
  actor = platform.actor('ledger:read');
  await platform.owner.query(filled, [platform.organisation]);
  await platform.owner.query('analyze ledger.posting, ledger.entry');
  const { rows } = await platform.owner.query(
    `select party, agreement from ledger.posting where key = 'charge 2024-01 7'`,
  );
  someone = rows[0];
}, 60_000);
afterAll(() => platform.stop());

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** Vouchers the database looks at to answer, and whether it reads all there are. */
async function lookedAt(filter: VoucherFilter): Promise<{ vouchers: number; all: boolean }> {
  const [row] = await platform.kernel.db.read(
    actor.scope,
    sql<{
      'QUERY PLAN': [{ Plan: PlanNode }];
    }>`explain (analyze, timing off, format json) ${vouchersOf(actor, filter)}`,
  );
  let [vouchers, all] = [0, false];
  const visit = (node: PlanNode): void => {
    if (node['Relation Name'] === 'posting') {
      const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      vouchers += (node['Actual Rows'] + removed) * node['Actual Loops'];
      all ||= node['Node Type'] === 'Seq Scan';
    }
    for (const below of node.Plans ?? []) visit(below);
  };
  if (row) visit(row['QUERY PLAN'][0].Plan);
  return { vouchers, all };
}

test(clause(
  'H-9.3-d',
  'vouchers are found by month, tenant and contract without reading those of others',
), async () => {
  const { party, agreement } = someone;
  const asked: [VoucherFilter, number, number][] = [
    [{ period: '2025-03', party, limit: 50 }, 3, 3 * months],
    [{ party, limit: 200 }, 3 * months, 3 * months],
    [{ agreement, limit: 200 }, 3 * months, 3 * months],
    [{ period: '2025-03', limit: 50 }, 50, 50],
    [{ period: '2025-03', kind: 'payment', limit: 50 }, 50, 3 * parties],
  ];
  for (const [filter, found, most] of asked) {
    expect(await service.vouchers(actor, filter)).toHaveLength(found);
    const looked = await lookedAt(filter);
    expect(looked, JSON.stringify(filter)).toMatchObject({ all: false });
    expect(looked.vouchers, JSON.stringify(filter)).toBeLessThanOrEqual(most);
  }
}, 30_000);

test('a page of vouchers goes on where the one before ended', async () => {
  const filter = { period: '2024-05', limit: 200 };
  const seen: string[] = [];
  for (let before: number | undefined; ; ) {
    const page = await service.vouchers(actor, { ...filter, ...(before && { before }) });
    seen.push(...page.map(({ id }) => id));
    before = page.at(-1)?.number;
    if (page.length < filter.limit) break;
  }
  expect([seen.length, new Set(seen).size]).toEqual([3 * parties, 3 * parties]);
});
