import { PassThrough } from 'node:stream';
import type { Connection, Submittable } from 'pg';
import pg from 'pg';

export interface BaseBackup {
  startLsn: string;
  stopLsn: string;
  timeline: number;
}

export interface BaseBackupListener {
  /** Told before the first archive: about how many bytes will come. */
  onSize(bytes: number): void;
  /** One tar archive: `base.tar` or `<oid>.tar` of a tablespace. Awaited at the end. */
  onArchive(name: string, content: AsyncIterable<Buffer>): Promise<void>;
}

/** Ways of pg's connection that its public types leave out. */
interface CopyConnection extends Connection {
  sendCopyFail(reason: string): void;
}

const command = "BASE_BACKUP (LABEL 'keystead', PROGRESS, CHECKPOINT 'fast', WAIT true, WAL, MANIFEST 'no')";
const messageKinds = { archive: 0x6e, data: 0x64 };

/**
 * PostgreSQL's own BASE_BACKUP, read as pg_basebackup reads it: the server copies its files while it runs, checks the
 * page sums, leaves out what must not be copied, and adds `backup_label`, `tablespace_map` and the log it needs.
 */
class BaseBackupCommand implements Submittable {
  readonly #listener: BaseBackupListener;
  readonly #settle: (cause: Error | undefined, result?: BaseBackup) => void;
  #connection: Connection | undefined;
  #rows: string[][] = [];
  #archive: PassThrough | undefined;
  #taking: Promise<void>[] = [];
  #failed: Error | undefined;
  #waiting = false;

  constructor(listener: BaseBackupListener, settle: (cause: Error | undefined, result?: BaseBackup) => void) {
    this.#listener = listener;
    this.#settle = settle;
  }

  /** pg calls it when the query is timed out; none is set here. */
  callback(): void {}

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(command);
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCommandComplete(): void {}

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFail('nothing to send');
  }

  handleDataRow(message: { fields: (Buffer | string | null)[] }): void {
    this.#rows.push(message.fields.map((field) => field?.toString() ?? ''));
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (chunk[0] === messageKinds.archive) this.#begin(chunk.subarray(1, chunk.indexOf(0, 1)).toString());
    // The bytes stand in the parser's buffer, which the next read overwrites.
    else if (chunk[0] === messageKinds.data) this.#write(Buffer.from(chunk.subarray(1)));
  }

  #begin(name: string): void {
    this.#archive?.end();
    const sizes = this.#rows.slice(1).map((row) => Number(row[2] ?? 0) * 1024);
    if (this.#taking.length === 0) this.#listener.onSize(sizes.reduce((sum, size) => sum + size, 0));
    const archive = new PassThrough({ highWaterMark: 4 << 20 });
    this.#archive = archive;
    const taking = this.#listener.onArchive(name, archive);
    // A disk that is full: the rest still comes from the server and goes nowhere; told at the end.
    taking.catch((cause: Error) => {
      this.#failed ??= cause;
      archive.resume();
    });
    this.#taking.push(taking);
  }

  /** Goes on reading from the server when the archive has room again. */
  #write(bytes: Buffer): void {
    const archive = this.#archive;
    const { stream } = this.#connection ?? {};
    if (!archive || this.#failed || !stream || archive.write(bytes) || this.#waiting) return;
    this.#waiting = true;
    stream.pause();
    const resume = () => {
      this.#waiting = false;
      archive.off('drain', resume).off('close', resume);
      stream.resume();
    };
    archive.on('drain', resume).on('close', resume);
  }

  handleError(cause: Error): void {
    this.#archive?.destroy(cause);
    this.#failed ??= cause;
    void Promise.allSettled(this.#taking).then(() => this.#settle(cause));
  }

  handleReadyForQuery(): void {
    this.#archive?.end();
    const [startLsn = '', timeline = ''] = this.#rows[0] ?? [];
    const [stopLsn = ''] = this.#rows.at(-1) ?? [];
    void Promise.all(this.#taking).then(
      () => this.#settle(undefined, { startLsn, stopLsn, timeline: Number(timeline) }),
      (cause: Error) => this.#settle(cause),
    );
  }
}

/**
 * Takes a base backup over a connection of its own. The role needs the right to replicate (the owner has it). The
 * connection names a database, so that the ordinary access rules let it in.
 */
export async function takeBase(url: string, listener: BaseBackupListener): Promise<BaseBackup> {
  const client = new pg.Client({ connectionString: url, replication: 'database' } as pg.ClientConfig);
  client.on('error', () => {}); // The command in progress is told of it.
  await client.connect();
  try {
    return await new Promise<BaseBackup>((resolve, reject) => {
      const settle = (cause: Error | undefined, result?: BaseBackup) => {
        if (result) resolve(result);
        else reject(cause ?? new Error('the base backup ended without a result'));
      };
      client.query(new BaseBackupCommand(listener, settle));
    });
  } finally {
    await client.end().catch(() => {});
  }
}
