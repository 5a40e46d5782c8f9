import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { locked, type ThingDeps } from './service.ts';

export class PartMissing extends problem('part-missing', 404) {}
export class PartCodeTaken extends problem('part-code-taken', 409) {}
/** Fewer are in stock than were to be used. */
export class PartOutOfStock extends problem('part-out-of-stock', 409) {}

export interface Part {
  id: string;
  code: string;
  name: string;
  unit: string;
  stock: number;
  /** At or below this the part should be ordered. */
  lowMark: number;
  version: number;
}

export type PartDraft = Omit<Part, 'id' | 'version'>;
export type PartUse = { part: string; quantity: number };

const columns = sql`id, code, name, unit, stock, low_mark as "lowMark", version`;
const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** Takes parts from stock, all or none, in the caller's transaction; throws PartMissing, PartOutOfStock. */
export async function takeParts(tx: Tx, organisation: string, uses: readonly PartUse[]): Promise<Part[]> {
  const taken: Part[] = [];
  for (const use of [...uses].sort((a, b) => (a.part < b.part ? -1 : 1))) {
    const part = await tx.one(
      sql<Part>`select ${columns} from things.part where id = ${use.part} and organisation = ${organisation} for update`,
      () => new PartMissing({ id: use.part }),
    );
    if (part.stock < use.quantity)
      throw new PartOutOfStock({ code: part.code, stock: part.stock, wanted: use.quantity });
    await tx.run(
      sql`update things.part set stock = stock - ${use.quantity}, version = version + 1 where id = ${part.id}`,
    );
    taken.push({ ...part, stock: part.stock - use.quantity });
  }
  return taken;
}

/** Spare parts and which things take them (H-9.5.1-a). */
export function createParts({ db, audit, clock }: ThingDeps) {
  const list = async (actor: Actor): Promise<Part[]> =>
    db.read(actor.scope, sql<Part>`select ${columns} from things.part order by code limit 5000`);

  async function add(actor: Actor, draft: PartDraft): Promise<Part> {
    return db.transaction(actor.scope, async (tx) => {
      const part: Part = { id: newId(clock.now().getTime()), ...draft, version: 1 };
      try {
        await tx.run(sql`insert into things.part (id, organisation, code, name, unit, stock, low_mark)
          values (${part.id}, ${actor.scope.organisation}, ${part.code}, ${part.name}, ${part.unit}, ${part.stock}, ${part.lowMark})`);
      } catch (cause) {
        if (constraintOf(cause) === 'part_organisation_code_key') throw new PartCodeTaken({ code: part.code });
        throw cause;
      }
      await audit.add(tx, actor, {
        action: 'part.create',
        subject: `part:${part.id}`,
        detail: { number: part.code, stock: part.stock },
      });
      return part;
    });
  }

  /** Changes a part; stock counted by hand is journaled with what it was. */
  async function update(
    actor: Actor,
    id: string,
    change: Partial<Omit<PartDraft, 'code'>>,
    version?: number,
  ): Promise<Part> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await tx.one(
        sql<Part>`select ${columns} from things.part where id = ${id} for update`,
        () => new PartMissing({ id }),
      );
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      const after = { ...before, ...change, version: before.version + 1 };
      await tx.run(sql`update things.part set name = ${after.name}, unit = ${after.unit}, stock = ${after.stock}, low_mark = ${after.lowMark},
        version = ${after.version} where id = ${id}`);
      const detail = { fields: Object.keys(change), stockBefore: before.stock, stockAfter: after.stock };
      await audit.add(tx, actor, { action: 'part.update', subject: `part:${id}`, detail });
      return after;
    });
  }

  /** Says which parts, and how many of each, a thing has in it; replaces the list. */
  async function fit(actor: Actor, thingId: string, uses: readonly PartUse[]): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      await tx.run(sql`delete from things.thing_part where thing = ${thing.number}`);
      const known = await tx.all(
        sql<{ id: string }>`select id from things.part where id = any(${uses.map((use) => use.part)})`,
      );
      const missing = uses.find((use) => !known.some((part) => part.id === use.part));
      if (missing) throw new PartMissing({ id: missing.part });
      await tx.run(sql`insert into things.thing_part (organisation, thing, part, quantity)
        select ${thing.organisation}, ${thing.number}, r.part, r.quantity
        from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) as r(part uuid, quantity int)`);
      await audit.add(tx, actor, {
        action: 'thing.fit-parts',
        subject: `thing:${thing.id}`,
        place: thing.place,
        detail: { count: uses.length },
      });
    });
  }

  async function of(actor: Actor, thingId: string): Promise<(Part & { quantity: number })[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      return tx.all(sql<Part & { quantity: number }>`
        select p.id, p.code, p.name, p.unit, p.stock, p.low_mark as "lowMark", p.version, tp.quantity
        from things.thing_part tp join things.part p on p.id = tp.part where tp.thing = ${thing.number} order by p.code`);
    });
  }

  return { list, add, update, fit, of, take: takeParts };
}
