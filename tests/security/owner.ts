import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '@keystead/kernel/testing';
import pg from 'pg';

/** Where the server keeps its files: in the data folder, or where a note there says. */
export function databaseFolder(platform: Pick<Installation, 'dataDir'>): string {
  const folder = join(platform.dataDir, 'postgres');
  const note = join(folder, 'database-is-at.txt');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
}

/** The owner of the installation's database: one who has the files of the server and can do anything with its rows. */
export async function ownerOf(platform: Pick<Installation, 'dataDir'>): Promise<pg.Client> {
  const base = databaseFolder(platform);
  const read = (name: string): string => readFileSync(join(base, name), 'utf8').trim();
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(read('port')),
    user: 'keystead_owner',
    password: read('owner-password'),
    database: 'postgres',
  });
  await client.connect();
  return client;
}
