import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
import pg from 'pg';
import { RestoreFailed } from './problems.ts';

const lookMs = 200;
const sayEvery = 50;

/** PostgreSQL knows no time zone names while it reads this. */
const timeText = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '+00');

/**
 * The log lies in its place already, so nothing has to be fetched: a command that finds nothing makes the server look
 * there, on every system.
 */
const settingsFor = (until: Date | undefined): Record<string, string> => ({
  restore_command: 'exit 1',
  ...(until && { recovery_target_time: timeText(until), recovery_target_action: 'promote' }),
});

/** Waits until the server has read its log back and takes writes. */
async function readBack(server: EmbeddedServer, system: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {}); // The query below is told of it.
  await client.connect();
  try {
    for (let looks = 1; ; looks++) {
      const { rows } = await client.query<{ system: string; recovering: boolean; at: string | null }>(
        `select (select system_identifier::text from pg_control_system()) as system, pg_is_in_recovery() as recovering,
           pg_last_xact_replay_timestamp()::text as at`,
      );
      const [row] = rows;
      if (row?.system !== system) throw new RestoreFailed({ reason: 'not the database of the backup' });
      if (!row.recovering) return;
      if (looks % sayEvery === 0 && row.at) say(`the log is read back up to ${row.at}`);
      await sleep(lookMs);
    }
  } finally {
    await client.end().catch(() => {});
  }
}

/** Starts the server over restored files and lets it read back the log, up to a moment when one is given. */
export async function recover(
  dataDir: string,
  system: string,
  until: Date | undefined,
  say: (line: string) => void,
): Promise<EmbeddedServer> {
  const server = await startServer({ dataDir, settings: settingsFor(until) });
  try {
    const ended = server.exited.then(({ reason }) => {
      throw new RestoreFailed({ reason });
    });
    await Promise.race([readBack(server, system, say), ended]);
    return server;
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}
