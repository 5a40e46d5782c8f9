import type pg from 'pg';

/**
 * Fills tables without their indexes and references, which are there again afterwards: an index is built of millions of rows
 * at once in a fraction of the time it takes to grow by them. References are put back unchecked for what is there.
 */
export async function inBulk(owner: pg.Client, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const indexes = await owner.query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = any($1::regclass[]) and not i.indisunique and not i.indisprimary`,
    [tables],
  );
  const references = await owner.query<{ table: string; name: string; text: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as text from pg_constraint
     where conrelid = any($1::regclass[]) and contype = 'f'`,
    [tables],
  );
  for (const { name } of indexes.rows) await owner.query(`drop index ${name}`);
  for (const { table, name } of references.rows) await owner.query(`alter table ${table} drop constraint ${name}`);
  await fill();
  await owner.query(`set maintenance_work_mem = '128MB'`);
  for (const { text } of indexes.rows) await owner.query(text);
  for (const { table, name, text } of references.rows)
    await owner.query(`alter table ${table} add constraint ${name} ${text} not valid`);
}
