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

export interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

export function statement(query: Query<unknown>): Statement {
  const compiled: CompiledQuery = 'isRawBuilder' in query ? query.compile(bare) : query.compile();
  return { name: statementName(compiled.sql), text: compiled.sql, values: [...compiled.parameters] };
}
