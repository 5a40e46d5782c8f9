import type { ClientBase, Connection, Submittable } from 'pg';
import { CopyStatementInvalid } from './problems.ts';

/** CopyData messages of this size: the server copies each whole message into memory before it reads it. */
const chunkBytes = 1 << 18;
const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);

type Done<T> = (cause: Error | null, result?: T) => void;

/** The part of pg's connection that its public types leave out. */
interface CopyConnection extends Connection {
  sendCopyFail(reason: string): void;
}

/** What `pg` calls on the statement in progress; the two kinds differ only in what they do with the COPY messages. */
abstract class CopyStatement<T> implements Submittable {
  /** `pg` wraps this when a query time-out is set, so the end is told through it and nothing else. */
  callback: Done<T>;
  protected readonly sql: string;
  protected rows = -1;

  constructor(sql: string, callback: Done<T>) {
    this.sql = sql;
    this.callback = callback;
  }

  abstract submit(connection: Connection): void;
  abstract handleCopyInResponse(connection: CopyConnection): void;
  abstract handleCopyData(message: { chunk: Buffer }): void;
  /** What the caller receives, or undefined when the statement was not of this kind. */
  protected abstract result(): T | undefined;

  handleCommandComplete(message: { text: string }): void {
    if (message.text.startsWith('COPY ')) this.rows = Number(message.text.slice(5));
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  /** The server refused, or the connection broke; pg itself waits until the connection is usable again. */
  handleError(cause: Error): void {
    this.callback(cause);
  }

  handleReadyForQuery(): void {
    const result = this.rows < 0 ? undefined : this.result();
    if (result === undefined) this.callback(new CopyStatementInvalid({ statement: this.constructor.name }));
    else this.callback(null, result);
  }
}

/**
 * Statement, rows and end go out in one write, without waiting for the server's go-ahead: the protocol has the server
 * drop copy messages that it did not ask for, so a refused statement costs nothing and an accepted one saves a turn.
 */
class CopyIn extends CopyStatement<number> {
  readonly #bytes: Buffer;
  #asked = 0;

  constructor(sql: string, bytes: Buffer, callback: Done<number>) {
    super(sql, callback);
    this.#bytes = bytes;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    try {
      connection.query(this.sql);
      for (let from = 0; from < this.#bytes.length; from += chunkBytes) {
        const chunk = this.#bytes.subarray(from, from + chunkBytes);
        const head = Buffer.allocUnsafe(5);
        head[0] = 0x64;
        head.writeInt32BE(chunk.length + 4, 1);
        stream.write(head);
        stream.write(chunk);
      }
      stream.write(copyDone);
    } finally {
      stream.uncork();
    }
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#asked++;
    if (this.#asked > 1) connection.sendCopyFail('one COPY FROM STDIN per statement');
  }

  handleCopyData(): void {}

  protected result(): number | undefined {
    return this.#asked === 1 ? this.rows : undefined;
  }
}

class CopyOut extends CopyStatement<Buffer> {
  #bytes = Buffer.allocUnsafe(chunkBytes >> 2);
  #length = 0;

  submit(connection: Connection): void {
    connection.query(this.sql);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFail('COPY TO STDOUT expected');
  }

  /** One message a row, and its bytes stand in the parser's buffer, which the next read overwrites. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2));
      this.#bytes.copy(bytes, 0, 0, this.#length);
      this.#bytes = bytes;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }

  protected result(): Buffer | undefined {
    return this.#length === 0 ? undefined : this.#bytes.subarray(0, this.#length);
  }
}

/**
 * Runs one `COPY … FROM STDIN (FORMAT binary)` with the rows of a finished `CopyRows` and answers how many the server
 * took. Other statements may stand around the COPY, separated by semicolons: all of them are then one transaction and
 * one turn. The bytes must stay as they are until the promise settles. Throws pg's `DatabaseError` when the server
 * refuses (the client stays usable) and `CopyStatementInvalid` when there was no COPY FROM STDIN.
 *
 * The client must not be in pipeline mode: pg refuses statements of its users' own making there.
 */
export function copyIn(client: ClientBase, sql: string, bytes: Buffer): Promise<number> {
  return settle((done) => client.query(new CopyIn(sql, bytes, done)));
}

/**
 * Runs one `COPY … TO STDOUT (FORMAT binary)` and answers the whole stream, to be decoded with `readRows`. It is held
 * in memory, so the statement bounds itself. Throws as `copyIn` does.
 */
export function copyOut(client: ClientBase, sql: string): Promise<Buffer> {
  return settle((done) => client.query(new CopyOut(sql, done)));
}

function settle<T>(submit: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    submit((cause, result) => {
      if (cause !== null) reject(cause);
      else resolve(result as T);
    });
  });
}
