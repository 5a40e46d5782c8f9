import { type Actor, may } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import { isEnded } from './case.ts';
import { kindOf } from './kinds.ts';
import { CaseEnded, CaseFull, ItemMissing, LinkRefused, RatingRefused } from './problems.ts';
import type { CaseRow } from './row.ts';
import type { CaseDesk, CaseParts } from './service.ts';
import { lockCase } from './store.ts';

export interface EvidenceDraft {
  readonly record: string;
  readonly kind: string;
  readonly note?: string;
  readonly sha256?: string;
  readonly takenAt?: Date;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly device?: string;
}

export interface CostDraft {
  readonly kind: 'part' | 'labour' | 'other';
  readonly text: string;
  readonly part?: string;
  /** Id of a spare part: so many are taken from stock, and its name and code stand in the line. */
  readonly stock?: string;
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
  readonly minutes?: number;
}

export type Relation = 'parent' | 'caused-by' | 'duplicates';

const limits = { comment: 1000, item: 200, evidence: 200, cost: 500, link: 200 } as const;

/** Those who ask, those who work and those who dispatch all speak in a case and show what they saw. */
function requirePart(actor: Actor): void {
  if (!['case:write', 'case:handle', 'case:assign'].some((permission) => may(actor, permission)))
    throw new NotAllowed({ permission: 'case:write' });
}

/** Price × quantity in minor units, rounded half up once. */
export const amountOf = (quantity: number, unitPrice: number): number => Math.floor(quantity * unitPrice + 0.5);

/** What people add to a case besides taking it on: words, ticks, proof, cost, links, a rating. */
export function createEntries({ db, clock, audit, ports }: CaseParts, desk: CaseDesk) {
  async function withinIn(
    tx: Tx,
    actor: Actor,
    id: string,
    action: string,
    add: (tx: Tx, row: CaseRow, at: Date) => Promise<Record<string, unknown>>,
    rules: { afterEnd?: boolean } = {},
  ): Promise<void> {
    const { row } = await lockCase(tx, actor.scope, id);
    if (!rules.afterEnd && isEnded(row.state)) throw new CaseEnded({ id, state: row.state });
    const detail = await add(tx, row, clock.now());
    await audit.add(tx, actor, {
      action: `case.${action}`,
      subject: `case:${id}`,
      place: row.place,
      detail: { code: row.code, ...detail },
    });
    await desk.tellEdited(tx, row);
  }

  const within = (
    actor: Actor,
    id: string,
    action: string,
    add: (tx: Tx, row: CaseRow, at: Date) => Promise<Record<string, unknown>>,
    rules: { afterEnd?: boolean } = {},
  ): Promise<void> => db.transaction(actor.scope, (tx) => withinIn(tx, actor, id, action, add, rules));

  async function room(tx: Tx, table: keyof typeof limits, id: string): Promise<void> {
    const [found] = await tx.all(
      sql<{ count: number }>`select count(*)::int as count from ${sql.table(`cases.${table}`)} where case_id = ${id}`,
    );
    if ((found?.count ?? 0) >= limits[table]) throw new CaseFull({ id, of: table, limit: limits[table] });
  }

  /** A comment the platform itself leaves, in the caller's transaction. */
  async function noteIn(tx: Tx, row: CaseRow, actor: Actor, text: string, internal: boolean): Promise<void> {
    await tx.run(sql`
      insert into cases.comment (id, case_id, organisation, at, actor, actor_name, internal, text)
      values (${newId()}, ${row.id}, ${row.organisation}, ${clock.now()}, ${actor.id}, ${actor.name}, ${internal}, ${text})`);
  }

  /** Proof whose hash is known to be the file's own, in the caller's transaction. */
  const addEvidenceIn = (tx: Tx, actor: Actor, id: string, draft: EvidenceDraft): Promise<void> =>
    withinIn(tx, actor, id, 'add-evidence', async (tx, row, at) => {
      requirePart(actor);
      await room(tx, 'evidence', id);
      await tx.run(sql`
        insert into cases.evidence (id, case_id, organisation, record, kind, note, sha256, taken_at, longitude, latitude, device, at, actor, actor_name)
        values (${newId()}, ${id}, ${row.organisation}, ${draft.record}, ${draft.kind}, ${draft.note ?? null}, ${draft.sha256 ?? null},
          ${draft.takenAt ?? null}, ${draft.longitude ?? null}, ${draft.latitude ?? null}, ${draft.device ?? null}, ${at}, ${actor.id}, ${actor.name})
        on conflict (case_id, record) do nothing`);
      return { record: draft.record, sha256: draft.sha256 };
    });

  async function tickItem(
    tx: Tx,
    actor: Actor,
    id: string,
    item: string,
    done: boolean,
    note: string | undefined,
    at: Date,
  ) {
    const touched = await tx.run(sql`
      update cases.item set done_at = ${done ? at : null}, done_by = ${done ? actor.name : null}, note = coalesce(${note ?? null}::text, note)
      where case_id = ${id} and id = ${item}`);
    if (touched === 0) throw new ItemMissing({ id: item });
    return { item, done };
  }

  /** Ticks an item off, or opens it again, in the caller's transaction. Throws ItemMissing. */
  const tickIn = (tx: Tx, actor: Actor, id: string, item: string, done: boolean, note: string | undefined) =>
    withinIn(tx, actor, id, 'tick', (tx, _row, at) => tickItem(tx, actor, id, item, done, note, at));

  /** Books a cost in the caller's transaction; a part of the stock is taken from its shelf. */
  const addCostIn = (tx: Tx, actor: Actor, id: string, draft: CostDraft): Promise<void> =>
    withinIn(tx, actor, id, 'add-cost', async (tx, row, at) => {
      await room(tx, 'cost', id);
      const taken = draft.stock
        ? await ports.shelf?.take(tx, row.organisation, draft.stock, draft.quantity)
        : undefined;
      const text = taken?.name ?? draft.text;
      const part = taken?.code ?? draft.part ?? null;
      const amount = amountOf(draft.quantity, draft.unitPrice);
      await tx.run(sql`
        insert into cases.cost (id, case_id, organisation, kind, text, part, quantity, unit_price, amount, minutes, at, actor, actor_name)
        values (${newId()}, ${id}, ${row.organisation}, ${draft.kind}, ${text}, ${part}, ${draft.quantity},
          ${draft.unitPrice}, ${amount}, ${draft.minutes ?? null}, ${at}, ${actor.id}, ${actor.name})`);
      return { kind: draft.kind, text, amount, ...(taken ? { fromStock: taken.code, left: taken.left } : {}) };
    });

  /** A word to all in the caller's transaction. */
  const commentIn = (tx: Tx, actor: Actor, id: string, text: string): Promise<void> =>
    withinIn(tx, actor, id, 'comment', async (tx, row) => {
      requirePart(actor);
      await room(tx, 'comment', id);
      await noteIn(tx, row, actor, text, false);
      return { internal: false };
    });

  /** Ticks off the items of this text, in the caller's transaction: what they ask for was done elsewhere. */
  const tickTextIn = (tx: Tx, actor: Actor, id: string, text: string, note: string | undefined): Promise<void> =>
    withinIn(tx, actor, id, 'tick', async (tx, _row, at) => {
      await tx.run(sql`
        update cases.item set done_at = ${at}, done_by = ${actor.name}, note = coalesce(${note ?? null}::text, note)
        where case_id = ${id} and text = ${text}`);
      return { text };
    });

  return {
    noteIn,
    addEvidenceIn,
    tickTextIn,
    tickIn,
    addCostIn,
    commentIn,

    /** Internal comments are for those who work on cases; whoever may only ask writes public ones. */
    comment: (actor: Actor, id: string, text: string, internal: boolean) =>
      within(
        actor,
        id,
        'comment',
        async (tx, row) => {
          requirePart(actor);
          if (internal && !may(actor, 'case:handle') && !may(actor, 'case:assign'))
            throw new NotAllowed({ permission: 'case:handle' });
          await room(tx, 'comment', id);
          await noteIn(tx, row, actor, text, internal);
          return { internal };
        },
        { afterEnd: true },
      ),

    addItem: (actor: Actor, id: string, text: string, required: boolean) =>
      within(actor, id, 'add-item', async (tx, row) => {
        await room(tx, 'item', id);
        await tx.run(sql`
          insert into cases.item (id, case_id, organisation, place_in_list, text, required)
          select ${newId()}, ${id}, ${row.organisation}, coalesce(max(place_in_list), 0) + 1, ${text}, ${required}
          from cases.item where case_id = ${id}`);
        return { text, required };
      }),

    /** Ticks an item off, or opens it again. Throws ItemMissing. */
    tick: (actor: Actor, id: string, item: string, done: boolean, note: string | undefined) =>
      db.transaction(actor.scope, (tx) => tickIn(tx, actor, id, item, done, note)),

    /** A file as proof; its hash is the file's own, whatever the sender says. Throws the problem of records. */
    addEvidence: async (actor: Actor, id: string, draft: EvidenceDraft) => {
      const sha256 = (await ports.files?.hashOf(actor, draft.record)) ?? draft.sha256;
      return db.transaction(actor.scope, (tx) =>
        addEvidenceIn(tx, actor, id, { ...draft, ...(sha256 ? { sha256 } : {}) }),
      );
    },

    /** Throws what the shelf says when a part is taken from stock: that there is none, or too few. */
    addCost: (actor: Actor, id: string, draft: CostDraft) =>
      db.transaction(actor.scope, (tx) => addCostIn(tx, actor, id, draft)),

    /** Links to another case of the same organisation that the actor may see. Throws LinkRefused. */
    link: (actor: Actor, id: string, relation: Relation, target: string) =>
      within(actor, id, 'link', async (tx, row, at) => {
        await room(tx, 'link', id);
        const known = await tx.maybe(
          sql<{ id: string }>`select id from cases.case where id = ${target} and ${inSubtrees(actor.scope, 'place')}`,
        );
        if (!known || target === id) throw new LinkRefused({ id, target });
        await tx.run(sql`
          insert into cases.link (case_id, organisation, relation, target_kind, target, at)
          values (${id}, ${row.organisation}, ${relation}, 'case', ${target}, ${at}) on conflict do nothing`);
        return { relation, target };
      }),

    unlink: (actor: Actor, id: string, relation: Relation, target: string) =>
      within(actor, id, 'unlink', async (tx) => {
        await tx.run(
          sql`delete from cases.link where case_id = ${id} and relation = ${relation} and target_kind = 'case' and target = ${target}`,
        );
        return { relation, target };
      }),

    /** 1–5 by whoever asked; for one who is no user, a dispatcher writes down what he was told. Once it is done. */
    rate: (actor: Actor, id: string, rating: number, note: string | undefined) =>
      within(
        actor,
        id,
        'rate',
        async (tx, row) => {
          const entitled = row.requester === null ? may(actor, 'case:assign') : row.requester === actor.id;
          const ready = ['done', 'confirmed', 'closed'].includes(row.state);
          if (!kindOf(row.kind).rated || !entitled || !ready)
            throw new RatingRefused({ id, state: row.state, kind: row.kind });
          await tx.run(
            sql`update cases.case set rating = ${rating}, rating_note = ${note ?? null}, version = version + 1 where id = ${id}`,
          );
          return { rating };
        },
        { afterEnd: true },
      ),
  };
}

export type CaseEntries = ReturnType<typeof createEntries>;
