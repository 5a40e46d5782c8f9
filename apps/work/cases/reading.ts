import { type Actor, may, pathRange } from '@keystead/contracts/access';
import { inSubtrees, sql } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Catalogue } from '@keystead/kernel/i18n';
import type { Sheet } from '@keystead/kernel/sheet';
import { calendarsOf } from './calendars.ts';
import { type CaseStep, stepsFrom } from './case.ts';
import { spentAt } from './clock.ts';
import { contentsOf } from './file.ts';
import { kindOf } from './kinds.ts';
import { boardOf, type CaseFilter, type CaseLine, countOf, oldestOpen, pageOf, todosOf } from './list.ts';
import { CaseMissing } from './problems.ts';
import { requireAssignee, requireJudge } from './requirements.ts';
import { type CaseRow, caseColumns } from './row.ts';
import type { CaseParts } from './service.ts';
import { caseSheet } from './sheet.ts';
import { figuresOf } from './statistics.ts';
import { stepPermissions } from './step-permissions.ts';

const sheetLimit = 20_000;
const todoLimit = 200;

const dispatches = (actor: Actor): boolean => may(actor, 'case:assign');
const worksOnCases = (actor: Actor): boolean => may(actor, 'case:handle') || dispatches(actor);

/** Steps open to this person, as buttons: possible from the state, permitted, and his to take. */
export function stepsOpenTo(actor: Actor, row: Pick<CaseRow, 'kind' | 'state' | 'assignee' | 'requester'>): CaseStep[] {
  const by = { id: actor.id, dispatches: dispatches(actor) };
  return stepsFrom(kindOf(row.kind), row.state).filter((step) => {
    if (!may(actor, stepPermissions[step])) return false;
    try {
      requireAssignee(step, row.assignee, by);
      requireJudge(step, row, by);
      return true;
    } catch {
      return false;
    }
  });
}

/** Everything that is asked about cases. All of it within the actor's scope. */
export function createReading({ db, clock, ports }: CaseParts, catalogue: Catalogue) {
  return {
    /** Those the case can be given to: they may handle cases where it lies. Throws CaseMissing outside the scope. */
    assignees: async (actor: Actor, id: string): Promise<readonly { id: string; name: string }[]> => {
      const [row] = await db.read(
        actor.scope,
        sql<{
          place: string;
        }>`select c.place from cases.case c where c.id = ${id} and ${inSubtrees(actor.scope, 'c.place')}`,
      );
      if (!row) throw new CaseMissing({ id });
      return (await ports.staff?.handlersAt(actor.scope.organisation, row.place)) ?? [];
    },

    /** The whole file of one case. Throws CaseMissing outside the scope. */
    get: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const row = await tx.one(
          sql<CaseRow>`
            select ${caseColumns} from cases.case c
            where c.id = ${id} and c.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'c.place')}`,
          () => new CaseMissing({ id }),
        );
        const contents = await contentsOf(tx, actor.scope, id, worksOnCases(actor));
        const calendars = await calendarsOf(tx, row.organisation);
        const now = clock.now();
        const clocks = contents.clocks.map((each) => ({
          ...each,
          spent: spentAt(each, calendars(each.calendar), now),
          running: each.runningSince !== null,
        }));
        const cost = contents.costs.reduce((sum, line) => sum + line.amount, 0);
        return { row, ...contents, clocks, cost, steps: stepsOpenTo(actor, row) };
      }),

    list: async (actor: Actor, filter: CaseFilter, page: { limit: number; cursor?: string }) => {
      const now = clock.now();
      const after = page.cursor ? readCursor(page.cursor) : undefined;
      const found = await db.read(actor.scope, pageOf(actor.scope, filter, { limit: page.limit + 1, after }, now));
      const [count] = await db.read(actor.scope, countOf(actor.scope, filter, now));
      const items = found.slice(0, page.limit);
      const last = items.at(-1);
      return {
        items,
        next: found.length > page.limit && last ? writeCursor(last.openedAt, last.id) : null,
        total: count?.total ?? 0,
      };
    },

    /** Counts by kind and state 工单看板. */
    board: (actor: Actor, filter: CaseFilter) => db.read(actor.scope, boardOf(actor.scope, filter, clock.now())),

    todos: (actor: Actor) =>
      db.read(
        actor.scope,
        todosOf(actor.scope, { id: actor.id, dispatches: dispatches(actor) }, todoLimit, clock.now()),
      ),

    /** Open cases by age, the oldest first, each with its age in seconds (H-9.5.1-c-2). */
    openAges: async (actor: Actor, filter: CaseFilter, limit: number) => {
      const now = clock.now();
      const lines = await db.read(actor.scope, oldestOpen(actor.scope, filter, limit, now));
      return lines.map((line: CaseLine) => ({
        ...line,
        age: Math.round((now.getTime() - line.openedAt.getTime()) / 1000),
      }));
    },

    figures: (actor: Actor, period: { from: Date; to: Date; kind?: string; place?: string }) =>
      db.read(
        actor.scope,
        figuresOf(actor.scope, {
          ...period,
          place: period.place === undefined ? undefined : pathRange(period.place),
        }),
      ),

    /** The list as a table in the reader's language, at most 20,000 lines. */
    sheet: async (actor: Actor, filter: CaseFilter, language: 'zh-CN' | 'en'): Promise<Sheet> => {
      const lines = await db.read(actor.scope, pageOf(actor.scope, filter, { limit: sheetLimit }, clock.now()));
      return caseSheet(lines, (id) => kindOf(id).name, catalogue.in(language), language);
    },
  };
}

export type CaseReading = ReturnType<typeof createReading>;
