import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '@keystead/kernel/testing/installation';
import pg from 'pg';

/** The owner of the database of an installation, for filling it faster than any door allows. */
export async function ownerOf({ dataDir }: Pick<Installation, 'dataDir'>): Promise<pg.Client> {
  const folder = join(dataDir, 'postgres');
  const note = join(folder, 'database-is-at.txt');
  const base = existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
  const read = (name: string): string => readFileSync(join(base, name), 'utf8').trim();
  const access = { user: 'keystead_owner', password: read('owner-password'), database: 'postgres' };
  const client = new pg.Client({ host: '127.0.0.1', port: Number(read('port')), ...access });
  await client.connect();
  return client;
}

/** So many leases in force since January 2026, each with rent by the month, water by meter and a parking place. */
const leases = `
  with n as (select i, gen_random_uuid() as id, gen_random_uuid() as house, gen_random_uuid() as party from generate_series(1, $2::int) i),
  a as (insert into agreements.agreement (id, organisation, place, kind, code, title, subject, state, starts_on, ends_on, held, version, created_at, changed_at)
    select id, $1, 'bench/' || i || '/', 'lease', 'ZL-2000-' || lpad(i::text, 6, '0'), 'bench', house, 'effective', '2026-01-01', '2030-12-31',
      daterange('2026-01-01', '2030-12-31', '[]'), 1, now(), now() from n),
  p as (insert into agreements.party (agreement, organisation, role, party, name) select id, $1, 'tenant', party, 'T' || i from n),
  u as (insert into billing.usage (id, organisation, place, house, subject, period, begin_reading, end_reading, quantity, source, at, actor_name)
    select gen_random_uuid(), $1, 'bench/' || i || '/', house, 'water', '2026-06', i, i + i * 37 % 30011, i * 37 % 30011, 'meter', now(), '' from n)
  insert into agreements.fee (id, agreement, organisation, subject, basis, starts_on, ends_on)
  select gen_random_uuid(), id, $1, f.subject, f.basis, '2026-01-01', null from n, lateral (values
    ('rent', jsonb_build_object('kind', 'fixed', 'amount', 40000 + i % 9973)), ('water', '{"kind":"metered"}'::jsonb),
    ('parking', '{"kind":"fixed","amount":15000}'::jsonb)) as f(subject, basis)`;

/** Fills the organisation that has the tariff with leases. */
export async function settle(platform: Installation, many: number): Promise<void> {
  const owner = await ownerOf(platform);
  try {
    const { rows } = await owner.query('select organisation from billing.tariff limit 1');
    await owner.query(leases, [rows[0]?.organisation, many]);
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
}
