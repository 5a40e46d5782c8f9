import { type Db, findMigrations, migrate, openDb, type RoleUrls, roleUrls } from '@keystead/kernel/db';
import pg from 'pg';

const template = 'keystead_template';
export const sourceRoot = new URL('../..', import.meta.url).pathname;

const withDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
};

async function command(url: string, ...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

/** Makes the template all test databases are cloned from: every migration of the tree, applied once. */
export async function makeTemplate(ownerUrl: string): Promise<void> {
  await command(ownerUrl, `drop database if exists ${template}`, `create database ${template}`);
  await migrate(withDatabase(ownerUrl, template), findMigrations(sourceRoot), new Date('2026-01-01T00:00:00Z'));
}

export interface TestDatabase {
  db: Db;
  urls: RoleUrls;
  /** As owner: sees and may do everything. For arranging and looking behind the curtain. */
  owner: pg.Client;
  drop(): Promise<void>;
}

let made = 0;

/** A database of one test file's own, cloned from the template. */
export async function testDatabase(ownerUrl: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${++made}`;
  await command(ownerUrl, `create database ${name} template ${template}`);
  const urls = roleUrls(withDatabase(ownerUrl, name));
  const owner = new pg.Client({ connectionString: urls.owner });
  await owner.connect();
  const db = openDb({ appUrl: urls.app, systemUrl: urls.system, appConnections: 4, systemConnections: 4 });
  return {
    db,
    urls,
    owner,
    drop: async () => {
      await db.close();
      await owner.end();
      await command(ownerUrl, `drop database if exists ${name} with (force)`);
    },
  };
}
