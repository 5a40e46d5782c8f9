import { type Actor, inScope, may } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { checkDefinition, cycleOf, type Definition, PlanCodeTaken, type PlanDraft, PlanMissing } from './plan.ts';
import type { Subjects } from './ports.ts';
import { nextAfter } from './recurrence.ts';
import { type PlanRow, planColumns } from './row.ts';
import { isWorkday } from './working-days.ts';
import type { Works } from './works.ts';

export interface PlanParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> {
  places: Pick<PlacesService, 'pathOf'>;
  subjects: Subjects;
  works: Pick<Works, 'checkWork'>;
}

/** How often plans that follow a reading look at it. */
export const lookEvery = 60_000; // ms

/** When a plan is to be looked at next: its next moment less its lead, or the next look at a reading. */
export function dueAfter(definition: Definition, after: Date): Date | null {
  const { trigger, lead } = definition;
  if (trigger.kind !== 'time') return new Date(after.getTime() + lookEvery);
  const next = nextAfter(trigger, after, isWorkday);
  return next ? new Date(next.getTime() - lead * 1000) : null;
}

export async function lockPlan(tx: Tx, actor: Actor, id: string): Promise<PlanRow> {
  return tx.one(
    sql<PlanRow>`select ${planColumns} from plans.plan p where p.id = ${id} and p.organisation = ${actor.scope.organisation}
      and ${inSubtrees(actor.scope, 'p.place')} for update`,
    () => new PlanMissing({ id }),
  );
}

const constraintOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : undefined;

/** Making and changing plans. What was made from them already is never touched. */
export function createPlanWork({ db, clock, audit, places, subjects, works }: PlanParts) {
  function checkTarget(actor: Actor, definition: Definition): void {
    if (definition.target.kind === 'command' && !may(actor, 'command:rule'))
      throw new NotAllowed({ permission: 'command:rule' });
    if (definition.target.kind === 'work') works.checkWork(actor, definition.target.name);
  }

  async function addEdition(
    tx: Tx,
    actor: Actor,
    of: Pick<PlanRow, 'id' | 'code' | 'name' | 'edition' | 'definition'>,
  ): Promise<void> {
    await tx.run(sql`
      insert into plans.edition (plan, organisation, number, at, actor_name, code, name, definition)
      values (${of.id}, ${actor.scope.organisation}, ${of.edition}, ${clock.now()}, ${actor.name}, ${of.code}, ${of.name},
        ${JSON.stringify(of.definition)})`);
  }

  async function addSubjects(tx: Tx, actor: Actor, plan: string, draft: PlanDraft): Promise<void> {
    for (const [at, { kind, id }] of draft.subjects.entries()) {
      const found = await subjects.find(tx, actor, kind, id);
      if (!found || !inScope(actor.scope, found.place)) throw new PlanMissing({ subject: id });
      await tx.run(sql`
        insert into plans.subject (plan, organisation, number, kind, id, label, place)
        values (${plan}, ${actor.scope.organisation}, ${at + 1}, ${kind}, ${id}, ${found.label}, ${found.place})`);
    }
  }

  return {
    /** Throws PlanCodeTaken, PlanMissing (a subject), PlaceMissing, InputInvalid, NotAllowed. */
    create: async (actor: Actor, draft: PlanDraft): Promise<string> => {
      checkDefinition(draft.definition, draft.subjects);
      checkTarget(actor, draft.definition);
      const id = newId(clock.now().getTime());
      const { organisation } = actor.scope;
      try {
        await db.transaction(actor.scope, async (tx) => {
          const place = draft.placeId ? await places.pathOf(tx, organisation, draft.placeId) : '';
          if (!inScope(actor.scope, place)) throw new NotAllowed({ reason: 'place-out-of-reach' });
          const at = clock.now();
          await tx.run(sql`
            insert into plans.plan (id, organisation, place, place_id, code, name, kind, system, cycle, edition, definition,
              made_until, due_at, created_at, changed_at)
            values (${id}, ${organisation}, ${place}, ${draft.placeId ?? null}, ${draft.code}, ${draft.name}, ${draft.kind},
              ${draft.system}, ${cycleOf(draft.definition)}, 1, ${JSON.stringify(draft.definition)}, ${at},
              ${dueAfter(draft.definition, at)}, ${at}, ${at})`);
          await addEdition(tx, actor, { ...draft, id, edition: 1 });
          await addSubjects(tx, actor, id, draft);
          const detail = { code: draft.code, name: draft.name, kind: draft.kind };
          await audit.add(tx, actor, { action: 'plan.create', subject: `plan:${id}`, place, detail });
        });
      } catch (cause) {
        if (constraintOf(cause) === 'plan_organisation_code_key') throw new PlanCodeTaken({ code: draft.code });
        throw cause;
      }
      return id;
    },

    /** A new edition: for what is made from now on. Occurrences that exist keep the one they came from (I-5.2.3-e-2). */
    change: (
      actor: Actor,
      id: string,
      change: { name?: string; enabled?: boolean; definition?: Definition },
      version?: number,
    ): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const row = await lockPlan(tx, actor, id);
        if (version !== undefined && version !== row.version) throw new EditConflict({ version: row.version });
        const definition = change.definition ?? row.definition;
        const kinds = await tx.all(sql<{ kind: string }>`select distinct kind from plans.subject where plan = ${id}`);
        checkDefinition(definition, kinds);
        checkTarget(actor, definition);
        const at = clock.now();
        const edition = change.definition ? row.edition + 1 : row.edition;
        if (change.definition)
          await addEdition(tx, actor, { ...row, name: change.name ?? row.name, edition, definition });
        const enabled = change.enabled ?? row.enabled;
        // A plan that slept does not make up for it.
        const madeUntil = enabled && !row.enabled && at > row.madeUntil ? at : row.madeUntil;
        await tx.run(sql`
          update plans.plan set name = ${change.name ?? row.name}, enabled = ${enabled}, edition = ${edition},
            cycle = ${cycleOf(definition)}, definition = ${JSON.stringify(definition)}, made_until = ${madeUntil},
            due_at = ${dueAfter(definition, madeUntil)}, changed_at = ${at}, version = version + 1
          where id = ${id}`);
        await audit.add(tx, actor, {
          action: 'plan.change',
          subject: `plan:${id}`,
          place: row.place,
          detail: { code: row.code, fields: Object.keys(change), edition },
        });
      }),
  };
}
