import { problem } from '@keystead/contracts/problem';
import { type Db, sql } from '@keystead/kernel/db';

/** No more foreign sources can be numbered. */
export class TooManySources extends problem('telemetry-too-many-sources', 409) {}

const mostSources = 32_767;

/** Names of foreign sources by number and back; both never change, so they are remembered. */
export class Sources {
  readonly #db: Db;
  readonly #names = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** The number of a source of an organisation, given one at first sight. Throws TooManySources. */
  async numberOf(organisation: string, name: string): Promise<number> {
    const key = `${organisation} ${name}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = await this.#db.systemTransaction(async (tx) => {
      await tx.run(sql`lock table telemetry.source in share row exclusive mode`);
      const found = await tx.maybe(
        sql<{
          number: number;
        }>`select number from telemetry.source where organisation = ${organisation} and name = ${name}`,
      );
      if (found) return found.number;
      const last = await tx.maybe(
        sql<{ number: number }>`select coalesce(max(number), 0)::int4 as number from telemetry.source`,
      );
      const next = (last?.number ?? 0) + 1;
      if (next > mostSources) throw new TooManySources({ most: mostSources });
      await tx.run(
        sql`insert into telemetry.source (number, organisation, name) values (${next}, ${organisation}, ${name})`,
      );
      return next;
    });
    this.#numbers.set(key, number);
    this.#names.set(number, name);
    return number;
  }

  /** Names by number; 0, the things themselves, has none. */
  async namesOf(numbers: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const unknown = [...new Set(numbers)].filter((number) => number !== 0 && !this.#names.has(number));
    if (unknown.length > 0) {
      const rows = await this.#db.systemRead(
        sql<{
          number: number;
          name: string;
        }>`select number, name from telemetry.source where number = any(${unknown}::int2[])`,
      );
      for (const { number, name } of rows) this.#names.set(number, name);
    }
    return this.#names;
  }
}
