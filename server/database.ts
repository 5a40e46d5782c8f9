import { join } from 'node:path';
import type { Settings } from '@keystead/kernel/base/config';
import { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';

export interface KeptDatabase {
  /** Connection string of the owner. */
  url: string;
  stop(): Promise<void>;
}

const pauses = [0, 1000, 5000, 15_000]; // ms before each further try

/** For a steady stream of signals on a small machine: room for the hot rows, few checkpoints. */
const tuning = {
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  // A statement planned while its table was empty reads all of it until the table is analysed: 14 of 20 processor
  // seconds of the bench `commands` went there. So growth is noticed soon, and an index is what it is on a flash disk.
  autovacuum_naptime: '10s',
  random_page_cost: '1.1',
};

/** The embedded database, started again should it die; an outside one (`DATABASE_URL`) is left to its own keepers. */
export async function keepDatabase(settings: Settings, say: (line: string) => void): Promise<KeptDatabase> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, stop: async () => {} };
  const start = (port: number | undefined) =>
    startServer({ dataDir: join(settings.DATA_DIR, 'postgres'), port, log: say, settings: tuning });
  let server: EmbeddedServer = await start(settings.DATABASE_PORT || undefined);
  const { url, port } = server;
  let stopping = false;

  async function mind(): Promise<void> {
    const { expected, reason } = await server.exited;
    if (expected || stopping) return;
    say(`! 数据库意外退出，正在重启 / the database ended and is started again: ${reason}`);
    for (let tries = 0; !stopping; tries++) {
      await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(tries, pauses.length - 1)]));
      try {
        // The same port and folder, so that every process finds it again at the address it knows.
        server = await start(port);
        void mind();
        return;
      } catch (cause) {
        say(`! ${cause instanceof Error ? cause.message : cause}`);
      }
    }
  }
  void mind();

  return {
    url,
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}
