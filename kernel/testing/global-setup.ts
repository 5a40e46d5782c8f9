import { rmSync } from 'node:fs';
import { startServer } from '@keystead/kernel/db/embedded';
import { runFolder } from '@keystead/kernel/testing/installation';
import type { TestProject } from 'vitest/node';
import { makeTemplate } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string;
  }
}

/** One real PostgreSQL for all integration files, without fsync and in memory: it is thrown away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = runFolder();
  const server = await startServer({
    dataDir,
    // What is written ahead would fill the memory, and nobody reads it.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '256MB' },
  });
  void server.exited.then(({ expected, reason }) => {
    if (!expected) console.error(`Fatal error: the database of the tests ${reason}`);
  });
  await makeTemplate(server.url);
  project.provide('ownerUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
