import type { Db } from '@keystead/kernel/db';
import pg from 'pg';

/**
 * A connection of our own as the platform's role, not pipelined: COPY cannot run on the shared ones. The caller ends
 * it; `onLost` is told when it breaks by itself.
 */
export async function ownConnection(db: Db, onLost: (cause: Error) => void): Promise<pg.Client> {
  const known = await db.systemTransaction(async ({ client }) => client as unknown as pg.Client);
  const { host, port, user, password, database, ssl } = known;
  const client = new pg.Client({ host, port, user, password, database, ssl });
  client.on('error', onLost);
  await client.connect();
  return client;
}
