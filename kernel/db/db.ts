import { type Scope, scopeHull } from '@keystead/contracts/access';
import pg from 'pg';
import { type Query, statement } from './query.ts';
import { isAborted, type OpenTx, openTx, type Tx } from './tx.ts';

/**
 * The database as modules see it. `read` and `transaction` run as the application role under row-level security for
 * one scope; the `system…` pair sees every organisation and is for the platform's own work (gateway, rules, jobs,
 * signing in). Neither role owns a table.
 */
export interface Db {
  /** One scoped query in one round trip: begin, scope, query and commit are pipelined. */
  read<Row>(scope: Scope, query: Query<Row>): Promise<Row[]>;
  transaction<T>(scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T>;
  systemRead<Row>(query: Query<Row>): Promise<Row[]>;
  systemTransaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A connection of the caller's own as the platform's role, not pipelined: for COPY, which cannot run on the shared
   * ones. The caller ends it; `onLost` is told when it breaks by itself. Its int8 values come as text.
   */
  systemConnection(onLost: (cause: Error) => void): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface DbOptions {
  /** Connection of the role `keystead_app`; processes that serve nobody leave it out. */
  appUrl: string;
  systemUrl: string;
  appConnections?: number;
  systemConnections?: number;
  onError?: (error: Error) => void;
}

const safeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond what a number holds: ${text}`);
  return value;
};

/** int8 as number (counts, money in minor units and thing numbers stay below 2^53, and this refuses when not). */
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? safeInteger : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** Asked for behind everything sent before, so that nothing is waited for twice. */
async function commitTo(client: pg.ClientBase, tx: OpenTx): Promise<void> {
  const asked = client.query(commit);
  asked.catch(() => {}); // the statement that failed before it says why
  await tx.settled();
  // A statement whose error was swallowed has undone everything: that is never a success.
  if ((await asked).command !== 'COMMIT') throw new Error('the transaction was rolled back');
  tx.committed();
}

/**
 * A transaction of the caller's own on his own connection (`systemConnection`): committed when `run` is done, else rolled
 * back. What is to happen after the commit happens then.
 */
export async function inOwnTransaction<T>(client: pg.Client, run: (tx: Tx) => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const tx = openTx(client, types);
    const result = await run(tx);
    await commitTo(client, tx);
    return result;
  } catch (cause) {
    // A connection that broke has rolled back by itself; why it broke is the cause.
    await client.query('rollback').catch(() => {});
    throw cause;
  }
}

function pool(connectionString: string, max: number, onError: (error: Error) => void): pg.Pool {
  const made = new pg.Pool({
    connectionString,
    max,
    types,
    pipeline: true,
    idleTimeoutMillis: 30_000,
  } as pg.PoolConfig);
  made.on('error', onError);
  // The pool listens to its idle connections only; one that breaks in use fails its query and must not end the process.
  made.on('connect', (client) => client.on('error', onError));
  return made;
}

const begin = { name: 'k_begin', text: 'begin' };
const commit = { name: 'k_commit', text: 'commit' };
const setScope = (scope: Scope) => {
  const { lo, hi } = scopeHull(scope);
  return {
    name: 'k_scope',
    text: `select set_config('keystead.organisation', $1, true), set_config('keystead.lo', $2, true), set_config('keystead.hi', $3, true)`,
    values: [scope.organisation, lo, hi],
  };
};

export function openDb(options: DbOptions): Db {
  const onError = options.onError ?? (() => {});
  const app = pool(options.appUrl, options.appConnections ?? 10, onError);
  const system = pool(options.systemUrl, options.systemConnections ?? 6, onError);

  async function inTransaction<T>(from: pg.Pool, scope: Scope | undefined, run: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await from.connect();
    let broken: Error | undefined;
    const opening = [client.query(begin), ...(scope ? [client.query(setScope(scope))] : [])];
    const tx = openTx(client, undefined, opening);
    try {
      const result = await run(tx);
      await commitTo(client, tx);
      return result;
    } catch (cause) {
      await client.query('rollback').catch((error: Error) => {
        broken = error;
      });
      // Something sent without waiting has failed before: its error is the one that says why.
      if (isAborted(cause)) await tx.settled();
      throw cause;
    } finally {
      client.release(broken);
    }
  }

  async function scopedRead<Row>(scope: Scope, query: Query<Row>): Promise<Row[]> {
    const asked = statement(query);
    const client = await app.connect();
    let broken: Error | undefined;
    try {
      const answers = await Promise.allSettled([
        client.query(begin),
        client.query(setScope(scope)),
        client.query(asked),
        client.query(commit),
      ]);
      const failed = answers.find((answer) => answer.status === 'rejected');
      if (failed) {
        await client.query('rollback').catch((error: Error) => {
          broken = error;
        });
        throw failed.reason;
      }
      const answer = answers[2] as PromiseFulfilledResult<pg.QueryResult>;
      return answer.value.rows as Row[];
    } finally {
      client.release(broken);
    }
  }

  return {
    read: scopedRead,
    transaction: (scope, run) => inTransaction(app, scope, run),
    systemRead: async <Row>(query: Query<Row>) => (await system.query(statement(query))).rows as Row[],
    systemTransaction: (run) => inTransaction(system, undefined, run),
    systemConnection: async (onLost) => {
      const client = new pg.Client({ connectionString: options.systemUrl });
      client.on('error', onLost);
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all([app.end(), system.end()]);
    },
  };
}
