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
  /** Runs `step`; if it throws, undoes what it did and rethrows, and the transaction goes on. */
  savepoint<T>(step: () => Promise<T>): Promise<T>;
  /** Called once the transaction has committed; never when it rolled back. */
  afterCommit(run: () => void): void;
  /** For COPY and other things a query builder cannot say. */
  readonly client: ClientBase;
}

/** `types`: where the connection itself was not opened with them. */
export function openTx(client: ClientBase, types?: CustomTypesConfig): Tx & { committed(): void } {
  const after: (() => void)[] = [];
  let depth = 0;
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
    savepoint: async (step) => {
      const name = `s${++depth}`;
      await client.query(`savepoint ${name}`);
      try {
        const result = await step();
        await client.query(`release savepoint ${name}`);
        return result;
      } catch (cause) {
        await client.query(`rollback to savepoint ${name}`);
        throw cause;
      } finally {
        depth -= 1;
      }
    },
    afterCommit: (run) => after.push(run),
    committed: () => {
      for (const run of after) run();
    },
  };
}
