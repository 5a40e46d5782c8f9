import type { Problem } from '@keystead/contracts/problem';
import type { ClientBase, CustomTypesConfig } from 'pg';
import { type Query, statement } from './query.ts';

/** One open transaction. What must happen together takes the same `Tx`. */
export interface Tx {
  all<Row>(query: Query<Row>): Promise<Row[]>;
  maybe<Row>(query: Query<Row>): Promise<Row | undefined>;
  /** The one row, or the problem that says it is not there. */
  one<Row>(query: Query<Row>, orElse: () => Problem): Promise<Row>;
  /** Number of rows touched. */
  run(query: Query<unknown>): Promise<number>;
  /**
   * Sent without being waited for, for what only has to be there at the end: a round trip saved. If it fails, the
   * savepoint or the transaction it stands in fails with its error.
   */
  send(query: Query<unknown>): void;
  /** Runs `step`; if it throws, undoes what it did and rethrows, and the transaction goes on. */
  savepoint<T>(step: () => Promise<T>): Promise<T>;
  /** Called once the transaction has committed; never when it rolled back. */
  afterCommit(run: () => void): void;
  /** For COPY and other things a query builder cannot say. */
  readonly client: ClientBase;
}

/** PostgreSQL's word for a statement in a transaction that an earlier statement has ended. */
export const isAborted = (cause: unknown): boolean => (cause as { code?: unknown } | undefined)?.code === '25P02';

/** What the opener of a transaction needs besides. */
export interface OpenTx extends Tx {
  /** Rejects with the error of the first statement sent without waiting that failed. */
  settled(): Promise<void>;
  committed(): void;
}

/** `types`: where the connection itself was not opened with them; `opening`: sent before, and not waited for either. */
export function openTx(
  client: ClientBase,
  types?: CustomTypesConfig,
  opening: readonly Promise<unknown>[] = [],
): OpenTx {
  const after: (() => void)[] = [];
  let sent: Promise<unknown>[] = [];
  let depth = 0;
  const later = (answer: Promise<unknown>): void => {
    answer.catch(() => {}); // looked at when the savepoint or the transaction ends
    sent.push(answer);
  };
  for (const each of opening) later(each);
  const settled = async (): Promise<void> => {
    while (sent.length > 0) await sent.shift();
  };
  const ask = (query: Query<unknown>) => client.query({ ...statement(query), ...(types && { types }) });
  const all = async <Row>(query: Query<Row>): Promise<Row[]> => (await ask(query)).rows as Row[];
  return {
    client,
    all,
    maybe: async (query) => (await all(query))[0],
    one: async (query, orElse) => {
      const [row] = await all(query);
      if (row === undefined) throw orElse();
      return row;
    },
    run: async (query) => (await ask(query)).rowCount ?? 0,
    send: (query) => later(ask(query)),
    savepoint: async (step) => {
      const before = sent;
      sent = [];
      const name = `s${++depth}`;
      later(client.query(`savepoint ${name}`));
      try {
        const result = await step();
        const released = client.query(`release savepoint ${name}`);
        released.catch(() => {}); // fails when something sent before it has, which says why
        await settled();
        await released;
        return result;
      } catch (cause) {
        await client.query(`rollback to savepoint ${name}`);
        if (isAborted(cause)) await settled();
        throw cause;
      } finally {
        sent = before;
        depth -= 1;
      }
    },
    afterCommit: (run) => after.push(run),
    settled,
    committed: () => {
      for (const run of after) run();
    },
  };
}
