import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { passwordIn, roleUrls } from './roles.ts';

export interface MigrationFolder {
  /** Module name; its tables live in the schema of that name with `_` for `-`. */
  module: string;
  folder: string;
}

/** A migration that ran before reads differently now: history is not rewritten, a new file is added. */
export class MigrationChanged extends Error {}

const rooms = ['kernel/db', 'kernel/security', 'kernel/ops', 'kernel', 'edge', 'data', 'apps'];

/** All `migrations/` folders of a source tree, in the order rooms may lean on each other. */
export function findMigrations(root: string): MigrationFolder[] {
  const found: MigrationFolder[] = [];
  const seen = new Set<string>();
  const walk = (folder: string) => {
    if (seen.has(folder)) return;
    seen.add(folder);
    let entries: string[];
    try {
      entries = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'fixtures')
        .map((entry) => entry.name)
        .sort();
    } catch {
      return; // A room appears with its first module.
    }
    for (const name of entries) {
      const path = join(folder, name);
      if (name === 'migrations')
        found.push({ module: folder.endsWith(join('kernel', 'db')) ? 'kernel' : basename(folder), folder: path });
      else walk(path);
    }
  };
  for (const room of rooms) walk(join(root, room));
  return found;
}

export const schemaOf = (module: string): string => module.replaceAll('-', '_');

const roleExists = `select 1 from pg_roles where rolname = $1`;

async function ensureRoles(client: pg.Client, ownerUrl: string): Promise<void> {
  const urls = roleUrls(ownerUrl);
  for (const [role, url] of [
    ['keystead_app', urls.app],
    ['keystead_system', urls.system],
  ] as const) {
    const exists = (await client.query(roleExists, [role])).rowCount;
    const password = client.escapeLiteral(passwordIn(url));
    await client.query(
      `${exists ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole password ${password}`,
    );
  }
}

/** A module whose tables the application may not touch freely grants its own rights in its migrations. */
const ownGrants = '-- grants: own';

async function grant(client: pg.Client, schema: string): Promise<void> {
  const name = client.escapeIdentifier(schema);
  await client.query(`grant usage on schema ${name} to keystead_app, keystead_system`);
  await client.query(
    `grant select, insert, update, delete on all tables in schema ${name} to keystead_app, keystead_system`,
  );
  await client.query(`grant usage on all sequences in schema ${name} to keystead_app, keystead_system`);
}

async function apply(client: pg.Client, { module, folder }: MigrationFolder, now: Date): Promise<number> {
  const schema = schemaOf(module);
  await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
  const done = new Map(
    (await client.query('select name, checksum from kernel.migration where module = $1', [module])).rows.map((row) => [
      row.name,
      row.checksum,
    ]),
  );
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  let applied = 0;
  let own = false;
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    own ||= text.startsWith(ownGrants);
    const checksum = createHash('sha256').update(text).digest('hex');
    const before = done.get(name);
    if (before && before !== checksum) throw new MigrationChanged(`${module}/${name} was applied with other contents`);
    if (before) continue;
    const alone = text.startsWith('-- no transaction');
    if (!alone) await client.query('begin');
    try {
      await client.query(text);
      await client.query('insert into kernel.migration values ($1, $2, $3, $4)', [module, name, checksum, now]);
      if (!alone) await client.query('commit');
    } catch (cause) {
      // Where the connection is gone the transaction went with it; what is told is the first cause.
      if (!alone) await client.query('rollback').catch(() => {});
      throw new Error(`${module}/${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
    applied += 1;
  }
  if (applied > 0 && !own) await grant(client, schema);
  return applied;
}

/** A database that ends meanwhile ends the statement at hand, which says so; nobody else is to hear of it by this event. */
const lost = (): void => {};

/** graphile-worker keeps row-level security on its tables; the system role works them, the application role enqueues by function. */
const openJobTables = `
  grant usage on schema graphile_worker to keystead_system;
  grant all on all tables in schema graphile_worker to keystead_system;
  grant all on all sequences in schema graphile_worker to keystead_system;
  do $$ declare t regclass; begin
    for t in select c.oid::regclass from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' loop
      if not exists (select 1 from pg_policy where polrelid = t and polname = 'platform') then
        execute format('create policy platform on %s to keystead_system using (true) with check (true)', t);
      end if;
    end loop;
  end $$`;

/** On connections of our own: the library's have no listener any more while they are being let go. */
async function migrateJobTables(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  try {
    await migrateJobs({ pgPool: pool });
  } finally {
    await pool.end();
  }
}

const migrationLock = 7_020_139; // any constant: one migrator at a time

/** Brings a database to the current schema; returns how many files were applied. Safe to call from many at once. */
export async function migrate(ownerUrl: string, folders: MigrationFolder[], now: Date): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', lost);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(client, ownerUrl);
    await client.query('create schema if not exists kernel');
    await client.query(
      'create table if not exists kernel.migration (module text, name text, checksum text not null, applied_at timestamptz not null, primary key (module, name))',
    );
    let applied = 0;
    for (const folder of folders) applied += await apply(client, folder, now);
    await migrateJobTables(ownerUrl);
    await client.query(openJobTables);
    return applied;
  } finally {
    await client.end();
  }
}
