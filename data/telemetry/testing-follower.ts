import { createLog, systemClock } from '@keystead/kernel/base';
import { openDb, sql } from '@keystead/kernel/db';
import { Follower } from './follower.ts';
import { saveMark } from './marks.ts';
import { BatchStreams } from './signal-stream.ts';

/**
 * A follower in a process of its own, for the test that kills it: stores each batch and its mark in one transaction,
 * slowly enough to be killed in the midst of it. Arguments: connection of the platform's role, stream path.
 */
const [systemUrl = '', streamPath = ''] = process.argv.slice(2);
const db = openDb({ appUrl: systemUrl, systemUrl });
const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

const follower = new Follower(
  {
    name: 'test',
    take: (batch) =>
      db.systemTransaction(async (tx) => {
        await pause(3);
        await tx.run(sql`insert into public.taken values (${batch.gateway}, ${batch.batch}, ${batch.messages.length})`);
        await pause(3);
        await saveMark(tx, systemClock, 'test', batch.gateway, batch.batch);
        await pause(3);
      }),
  },
  {
    db,
    clock: systemClock,
    log: createLog('test', 'silent'),
    streams: new BatchStreams(streamPath),
    connect: db.systemConnection,
  },
);
await follower.start();
process.stdout.write('ready\n');
