import type { Installation } from '@keystead/kernel/testing/installation';
import type pg from 'pg';
import { inBulk } from './bulk.ts';
import { ownerOf } from './tenancies.ts';

/** A city of made-up homes: three districts, ten projects, buildings of a hundred homes. */
export interface BenchCity {
  readonly organisation: string;
  readonly region: string;
  readonly districts: readonly string[];
  readonly projects: readonly string[];
  readonly buildings: readonly string[];
  readonly rows: number;
  readonly seconds: number;
}

const large = ['ledger.posting', 'ledger.charge', 'ledger.settlement', 'billing.usage', 'cases.case', 'alarms.alarm'];
/** Years of history end with the month before the one that runs; its bills stand and are half paid. */
const months = 60;

const homesAndPlaces = `
  create temp table node as
    select gen_random_uuid() as id, 'region' as kind, 'BC' as code, '基准市' as name, 'zzbc/' as path, null::text as above, null::jsonb as geometry
    union all select gen_random_uuid(), 'region', 'BD' || d, '第' || d || '区', 'zzbc/zzd' || d || '/', 'zzbc/', null from generate_series(1, 3) d
    union all select gen_random_uuid(), 'project', 'BP' || p, '安居' || p || '号院', 'zzbc/zzd' || (p % 3 + 1) || '/zzp' || p || '/', 'zzbc/zzd' || (p % 3 + 1) || '/',
      jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(120.5 + (p * 37 % 23) / 100.0, 31.2 + (p * 17 % 19) / 100.0)) from generate_series(1, 10) p;
  insert into node select gen_random_uuid(), 'building', 'BB' || b, b || '栋', p.path || 'zzb' || b || '/', p.path, null
    from generate_series(1, greatest($2::int / 100, 1)) b join node p on p.code = 'BP' || (b % 10 + 1);
  create temp table home as select i, uuidv7() as id, b.path || 'zzh' || i || '/' as path, b.path as above
    from generate_series(1, $2::int) i join node b on b.code = 'BB' || (i % greatest($2::int / 100, 1) + 1);
  create unique index on node (path);
  insert into places.place (id, organisation, parent, kind, code, name, path, geometry, created_at, changed_at)
    select n.id, $1, null, n.kind, n.code, n.name, n.path, n.geometry, now(), now() from node n where above is null;
  insert into places.place (id, organisation, parent, kind, code, name, path, geometry, created_at, changed_at)
    select n.id, $1, a.id, n.kind, n.code, n.name, n.path, n.geometry, now(), now() from node n join node a on a.path = n.above order by length(n.path);
  insert into places.place (id, organisation, parent, kind, code, name, path, created_at, changed_at)
    select h.id, $1, a.id, 'house', 'H' || i, i || '室', h.path, now(), now() from home h join node a on a.path = h.above`;

/** Three tenancies a home, each of nineteen months and one month empty after it; one in fourteen is empty at the end. */
const tenancies = `
  create temp table tenancy as
    select h.i, h.id as house, h.path, t, uuidv7() as id, gen_random_uuid() as party,
      date_trunc('month', now()) - make_interval(months => ${months} - (t * 20 + i % 3)) as from_at,
      date_trunc('month', now()) - make_interval(months => ${months} - (t * 20 + i % 3 + 19)) as until_at,
      t = 2 and i % 14 <> 0 as stays
    from home h cross join generate_series(0, 2) t;
  insert into stock.house (id, organisation, place, state, since, vacant_since, lease, completeness, created_at, changed_at)
    select h.id, $1, h.path, case when t.stays then 'occupied' when h.i % 28 = 0 then 'maintenance' else 'vacant' end, t.from_at,
      case when t.stays then null else t.until_at end, case when t.stays then t.id end, 80, now(), now()
    from home h join tenancy t on t.house = h.id and t.t = 2;
  insert into stock.status (house, organisation, place, number, at, recorded_at, step, from_state, to_state, repairing, actor, actor_name)
    select house, $1, path, n, at, at, 'bench', f, s, false, 'bench', 'bench' from (
      select id as house, path, 1 as n, now() - interval '${months + 2} months' as at, '' as f, 'vacant' as s from home
      union all select house, path, t * 5 + m.n, at, f, s from tenancy, lateral (values
        (2, from_at - interval '9 days', 'vacant', 'allocatable'), (3, from_at - interval '6 days', 'allocatable', 'pending-move-in'),
        (4, from_at, 'pending-move-in', 'occupied'), (5, until_at - interval '3 days', 'occupied', 'moving-out'),
        (6, until_at, 'moving-out', 'vacant')) as m(n, at, f, s) where not stays or m.n < 5
      union all select house, path, 17, until_at + interval '1 day', 'vacant', 'maintenance' from tenancy where t = 2 and not stays and i % 28 = 0) q;
  insert into agreements.agreement (id, organisation, place, kind, code, title, subject, state, starts_on, ends_on, held, version, created_at, changed_at)
    select id, $1, path, 'lease', 'BZL-' || t || '-' || i, 'bench', house, case when stays then 'effective' else 'ended' end, from_at::date,
      case when stays then from_at::date + 1000 else until_at::date end, case when stays then daterange(from_at::date, from_at::date + 1000, '[]') end,
      case when stays then 2 else 3 end, from_at - interval '6 days', case when stays then from_at else until_at end from tenancy;
  insert into agreements.party (agreement, organisation, role, party, name) select id, $1, 'tenant', party, 'bench' from tenancy;
  insert into agreements.version (agreement, organisation, number, step, state, starts_on, ends_on, terms, fees, digest, reason, at, actor, actor_name)
    select id, $1, m.n, 'bench', m.s, from_at::date, until_at::date, '{"purpose":"own use only","rentDue":"the tenth of each month"}', '[]', md5(id::text), '', m.at, 'bench', 'bench'
    from tenancy, lateral (values (1, from_at - interval '6 days', 'signed'), (2, from_at, 'effective'), (3, until_at, 'ended')) as m(n, at, s)
    where not stays or m.n < 3`;

/** A bill each month, nineteen of twenty paid by the fifteenth; of the month that runs every second one. */
const bills = `
  create temp table bill as
    select t.id as agreement, t.party, t.path, t.i, m as month, uuidv7() as posting, uuidv7() as settling,
      case when m = date_trunc('month', now()) then (t.i % 2 = 0 and extract(day from now()) > 9) else (t.i + extract(month from m)::int) % 20 <> 0 end as paid
    from tenancy t, lateral generate_series(t.from_at, least(case when t.stays then now() else t.until_at - interval '1 day' end, now()), interval '1 month') m
    order by m;
  insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, document, memo, amount, actor, actor_name)
    select posting, $1, path, 'charge', 'bench:' || posting, to_char(month, 'YYYY-MM'), month + interval '1 hour', agreement, party, posting, '', 60000 + i % 30000, 'bench', 'bench' from bill order by month;
  insert into ledger.charge (id, organisation, place, posting, document, agreement, party, subject, fund, rank, period, due_on, amount, settled, detail, at)
    select posting, $1, path, posting, posting, agreement, party, 'rent', 'income', 1, to_char(month, 'YYYY-MM'), month::date + 9, 60000 + i % 30000,
      case when paid then 60000 + i % 30000 else 0 end, '{}', month + interval '1 hour' from bill order by month;
  insert into ledger.posting (id, organisation, place, kind, key, period, at, agreement, party, memo, amount, actor, actor_name)
    select settling, $1, path, 'settlement', 'bench:' || settling, to_char(month, 'YYYY-MM'), month + interval '8 days' + make_interval(mins => i % 1000), agreement, party, '', 60000 + i % 30000, 'bench', 'bench'
    from bill where paid order by month;
  insert into ledger.settlement (posting, charge, organisation, amount, at)
    select settling, posting, $1, 60000 + i % 30000, month + interval '8 days' + make_interval(mins => i % 1000) from bill where paid order by month`;

/** Electricity by the month, repairs, warnings. */
const others = `
  insert into billing.usage (id, organisation, place, house, subject, period, begin_reading, end_reading, quantity, source, at, actor_name)
    select gen_random_uuid(), $1, path, id, 'electricity', to_char(m, 'YYYY-MM'), 0, 1, 40000 + i * 37 % 90000, 'meter', m + interval '20 days', ''
    from generate_series(date_trunc('month', now()) - interval '${months} months', now() - interval '20 days', interval '1 month') m, home;
  insert into cases.case (id, organisation, place, code, kind, state, title, impact, urgency, priority, source, opened_at, accepted_at, done_at, ended_at, changed_at, version)
    select gen_random_uuid(), $1, path, 'BR-' || i || '-' || n, case when (i + n) % 9 = 0 then 'security' else 'repair' end, 'closed', 'bench', 2, 2, 2, 'bench',
      at, at + make_interval(mins => 5 + i % 90), at + make_interval(hours => 2 + i % 60), at + interval '4 days', at, 3
    from home, generate_series(1, 6) n, lateral (select now() - make_interval(days => (i * 7919 + n * 104729) % ${months * 30}) as at) q;
  insert into alarms.alarm (id, organisation, place, rule, subject_kind, subject_id, subject_code, subject_name, title_zh, title_en, severity, worst_severity,
      transfer_level, symptom, condition, handling, first_event_time, last_event_time, readings, raised_at, closed_at)
    select gen_random_uuid(), $1, path, 'bench-' || n, 'place', id::text, 'H' || i, i || '室', '房屋空置过久', 'Vacant too long', 2 + i % 3, 2, 1, false,
      case when open then 'active' else 'cleared' end, case when open then 'new' else 'closed' end, at, at, '{}', at, case when open then null else at + interval '2 days' end
    from home, generate_series(1, 3) n, lateral (select now() - make_interval(days => (i * 31 + n * 1009) % ${months * 30}) as at, i % 50 = 0 and n = 1 as open) q`;

async function filled(owner: pg.Client, organisation: string, homes: number): Promise<number> {
  let written = 0;
  await owner.query(`set synchronous_commit = off; set work_mem = '64MB'`);
  await inBulk(owner, large, async () => {
    for (const script of [homesAndPlaces, tenancies, bills, others])
      for (const statement of script.split(';').filter((each) => each.trim() !== '')) {
        const of = statement.replaceAll('$1', `'${organisation}'::uuid`).replaceAll('$2', String(homes));
        const { rowCount, command } = await owner.query(of);
        if (command === 'INSERT') written += rowCount ?? 0;
      }
  });
  await owner.query('vacuum analyze');
  return written;
}

/**
 * Fills the organisation that runs the installation with a city of so many homes and five years of history, straight into
 * the tables: the same rows that statuses, leases, bills, payments and meters leave behind. A city that is there stays.
 */
export async function buildCity(platform: Installation, homes: number): Promise<BenchCity> {
  const owner = await ownerOf(platform);
  const began = performance.now();
  try {
    const { rows } = await owner.query('select id from identity.organisation order by id limit 1');
    const organisation = String(rows[0]?.id);
    const { rowCount: there } = await owner.query(
      `select from places.place where organisation = $1 and path = 'zzbc/'`,
      [organisation],
    );
    let written = 0;
    if (!there) written = await filled(owner, organisation, homes);
    const ids = async (kind: string): Promise<string[]> =>
      (
        await owner.query(
          `select id from places.place where organisation = $1 and kind = $2 and path like 'zzbc/%' order by path`,
          [organisation, kind],
        )
      ).rows.map((row) => String(row.id));
    const [region = '', ...districts] = await ids('region');
    return {
      ...{ organisation, region, districts, projects: await ids('project'), buildings: await ids('building') },
      ...{ rows: written, seconds: (performance.now() - began) / 1000 },
    };
  } finally {
    await owner.end();
  }
}
