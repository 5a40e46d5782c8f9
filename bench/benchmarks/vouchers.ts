import type { Installation } from '@keystead/kernel/testing/installation';
import { inBulk } from '../bulk.ts';
import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { ownerOf, settle } from '../tenancies.ts';

/** A month of every lease: its bill, a payment of it and what that was put on, each a voucher of two entries. */
const month = `
  with v as (
    select gen_random_uuid() as id, a.id as agreement, a.place, p.party, k.kind, k.debit, k.credit, 40000 + a.version as amount
    from agreements.agreement a join agreements.party p on p.agreement = a.id and p.role = 'tenant',
      (values (1, 'charge', 'receivable', 'income'), (2, 'payment', 'bank', 'prepaid'), (3, 'settlement', 'prepaid', 'receivable')) k(n, kind, debit, credit)
    where a.organisation = $1 and a.title = 'bench' order by k.n, a.id),
  posted as (
    insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, memo, amount, actor, actor_name)
    select id, $1, place, kind, kind || ':' || $2 || ':' || agreement, $2, ($2 || '-15')::timestamptz, agreement, party, '', amount, 'bench', 'bench' from v)
  insert into ledger.entry (posting, line, organisation, account, agreement, subject, amount)
  select id, l, $1, case l when 1 then debit else credit end, agreement, 'rent', case l when 1 then amount else -amount end
  from v, generate_series(1, 2) l`;

const periodOf = (at: number): string => `${2021 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;

/** Fills the books month by month; answers tenants to ask for, with their leases. */
async function fill(platform: Installation, months: number, say: BenchContext['say']) {
  const owner = await ownerOf(platform);
  try {
    const { rows } = await owner.query<{ organisation: string }>('select organisation from billing.tariff limit 1');
    const organisation = rows[0]?.organisation;
    await inBulk(owner, ['ledger.posting', 'ledger.entry'], async () => {
      for (let at = 0; at < months; at++) {
        await owner.query(month, [organisation, periodOf(at)]);
        if (at % 12 === 11) say(`${periodOf(at)}: ${at + 1} months are booked`);
      }
    });
    await owner.query('analyze ledger.posting, ledger.entry');
    const tenants = await owner.query<{ party: string; agreement: string }>(
      `select p.party, p.agreement from agreements.party p join agreements.agreement a on a.id = p.agreement and a.title = 'bench'
       where p.role = 'tenant' order by random() limit 200`,
    );
    const counted = await owner.query<{ many: number }>('select count(*)::int as many from ledger.posting');
    return { tenants: tenants.rows, vouchers: counted.rows[0]?.many ?? 0 };
  } finally {
    await owner.end();
  }
}

/** The ways a bookkeeper looks for a voucher; each tenant is another one, so that nothing is at hand by chance. */
const ways: Readonly<Record<string, (tenant: { party: string; agreement: string }, period: string) => string>> = {
  'month and tenant': ({ party }, period) => `period=${period}&party=${party}`,
  tenant: ({ party }) => `party=${party}`,
  contract: ({ agreement }) => `agreement=${agreement}`,
  month: (_, period) => `period=${period}`,
  'month and kind': (_, period) => `period=${period}&kind=payment`,
  'kind nobody has': (_, period) => `period=${period}&kind=refund`,
};

export const vouchers: Benchmark = {
  name: 'vouchers',
  summary: 'vouchers found by month, tenant, contract and kind among those of a city, over the API',
  goals: { find_most_ms: { at: '≤', value: 3000 } },
  run: ({ say, option }) =>
    withPlatform({ demo: 10 }, async (platform) => {
      const client = new Client(platform);
      const tariff = { subject: 'water', effectiveOn: '2026-01-01', basis: 'bench' };
      await client.post('/fees/tariffs', { ...tariff, steps: [{ upTo: null, price: 28_500 }] });
      await settle(platform, option('leases', 20_000));
      const months = option('months', 60);
      const { tenants, vouchers } = await fill(platform, months, say);
      const times: number[] = [];
      for (const [way, query] of Object.entries(ways)) {
        const own: number[] = [];
        for (const [n, tenant] of tenants.slice(0, option('rounds', 50)).entries()) {
          const began = performance.now();
          await client.get(`/ledger/vouchers?${query(tenant, periodOf((n * 7) % months))}&limit=50`);
          own.push(performance.now() - began);
        }
        own.sort((a, b) => a - b);
        say(`${way}: ${own[own.length >> 1]?.toFixed(1)} ms, at most ${own.at(-1)?.toFixed(1)} ms`);
        times.push(...own);
      }
      times.sort((a, b) => a - b);
      return {
        vouchers,
        find_p95_ms: rounded(times[Math.floor(times.length * 0.95)] ?? Number.NaN),
        find_most_ms: rounded(times.at(-1) ?? Number.NaN),
      };
    }),
};
