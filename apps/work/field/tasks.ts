import type { CaseState, CasesService } from '@keystead/apps/work/cases';
import type { PlansService } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { type Query, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

export interface TaskParts extends Pick<Kernel, 'db' | 'clock'> {
  readonly cases: Pick<CasesService, 'get'>;
  readonly plans: Pick<PlansService, 'round'>;
}

const mostTasks = 100;
const dayMs = 86_400_000;
const toDo: readonly CaseState[] = ['assigned', 'accepted', 'in-progress', 'waiting', 'reopened'];

interface Line {
  id: string;
  round: string | null;
  roundAt: Date | null;
  deadline: Date | null;
}

interface Station {
  path: string;
  name: string;
  code: string;
}

const linesOf = (actor: Actor, until: Date): Query<Line> => sql`
  select c.id, o.id as round, o.at as "roundAt", coalesce(o.deadline, c.due_at) as deadline
  from cases_pub.case c left join plans_pub.task o on o.case_id = c.id and o.state = 'open'
  where c.organisation = ${actor.scope.organisation} and c.state = any(${toDo})
    and (c.assignee = ${actor.id} or (c.assignee is null and c.team is not null))
    and (o.at is null or o.at < ${until})
  order by coalesce(o.deadline, c.due_at) nulls last, c.id limit ${mostTasks}`;

/** Every place above a path, the path itself included. */
const prefixes = (path: string): string[] => {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
};

/** `1栋2单元` before `1栋10单元`. */
const byCode = new Intl.Collator('zh-CN', { numeric: true });

/** What somebody has to do out there today, in the order of the way: project, building, floor, door. */
export function createTasks({ db, clock, cases, plans }: TaskParts) {
  async function stations(actor: Actor, paths: readonly string[]): Promise<Map<string, Station>> {
    const wanted = [...new Set(paths.flatMap(prefixes))];
    const rows = await db.systemRead(
      sql<Station>`select path, name, code from places_pub.place
        where organisation = ${actor.scope.organisation} and path = any(${wanted})`,
    );
    return new Map(rows.map((row) => [row.path, row]));
  }

  /** Codes of what he has to find there, for scanning. */
  const codesOf = (actor: Actor, ids: readonly string[]) =>
    db.read(
      actor.scope,
      sql<{ id: string; code: string }>`
        select id, code from things_pub.thing where id = any(${ids})
        union all select id, code from places_pub.place where id = any(${ids})`,
    );

  return async (actor: Actor) => {
    const now = clock.now();
    const lines = await db.read(actor.scope, linesOf(actor, new Date(now.getTime() + dayMs)));
    const files = await Promise.all(
      lines.map(async (line) => ({
        line,
        file: await cases.get(actor, line.id),
        round: line.round ? await plans.round(actor, line.round) : undefined,
      })),
    );
    const known = await stations(
      actor,
      files.map(({ file }) => file.row.place),
    );
    const codes = new Map(
      (
        await codesOf(
          actor,
          files.flatMap(({ file }) => file.subjects.map(({ id }) => id)),
        )
      ).map(({ id, code }) => [id, code]),
    );
    const tasks = files.map(({ line, file, round }) => {
      const trail = prefixes(file.row.place).flatMap((path) => known.get(path) ?? []);
      return { line, file, round, trail, route: trail.map(({ code }) => code).join(' / ') };
    });
    tasks.sort((a, b) => byCode.compare(a.route, b.route) || (a.file.row.code < b.file.row.code ? -1 : 1));
    return { at: now, tasks, codes };
  };
}

export type FieldTasks = Awaited<ReturnType<ReturnType<typeof createTasks>>>;
