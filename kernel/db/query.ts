import { createHash } from 'node:crypto';
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';

export { type Generated, sql } from 'kysely';

function compiler<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/** A query builder over a module's own tables. It only writes SQL; `Db` and `Tx` run it. */
export const tables = <Tables>(): Kysely<Tables> => compiler<Tables>();

const bare = compiler<Record<string, never>>();

/** A Kysely query or a raw `sql` template, with the row type it yields. */
export type Query<Row> = Compilable<Row> | RawBuilder<Row>;

const names = new Map<string, string>();
const nameLimit = 2000;

/** Named statements are planned once a connection; the name is derived from the text, for a bounded set of texts. */
function statementName(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < nameLimit) {
    name = `k${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`;
    names.set(text, name);
  }
  return name;
}

const anew = new WeakSet<object>();

/**
 * Planned at each run with the values it has, not once a connection: for a query whose best way hangs on them, such as one
 * over a whole city or over a house. Costs its planning every time.
 */
export function plannedAnew<Q extends Query<unknown>>(query: Q): Q {
  anew.add(query);
  return query;
}

export interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

export function statement(query: Query<unknown>): Statement {
  const compiled: CompiledQuery = 'isRawBuilder' in query ? query.compile(bare) : query.compile();
  return {
    name: anew.has(query) ? undefined : statementName(compiled.sql),
    text: compiled.sql,
    values: [...compiled.parameters],
  };
}
