import { type Db, sql } from '@keystead/kernel/db';
import type { CasePorts } from './ports.ts';

/** Someone the platform may give work to, with what he has on his hands. */
export interface Worker {
  readonly id: string;
  /** Categories he can do; `*` is all of them. */
  readonly skills: readonly string[];
  /** Open cases he takes at once. */
  readonly most: number;
  readonly load: number;
}

const can = (worker: Worker, category: string | null): boolean =>
  worker.skills.includes('*') || (category !== null && worker.skills.includes(category));

/**
 * Who gets a case: of those with the skill and with room the one with the least to do for what he takes; one who knows
 * just this before one who knows everything. Undefined when nobody fits (H-9.2.4-a).
 */
export function chosen(workers: readonly Worker[], category: string | null): Worker | undefined {
  const share = (worker: Worker): number => worker.load / worker.most;
  const broad = (worker: Worker): number => (worker.skills.includes('*') ? 1 : 0);
  return workers
    .filter((worker) => can(worker, category) && worker.load < worker.most)
    .sort((a, b) => share(a) - share(b) || broad(a) - broad(b) || (a.id < b.id ? -1 : 1))[0];
}

/** Workers of an organisation who may handle cases at a place, each with his load, wherever it lies. */
export async function workersAt(
  { db, ports }: { db: Db; ports: CasePorts },
  organisation: string,
  place: string,
): Promise<Worker[]> {
  const known = await db.systemRead(sql<Worker>`
    select w.account as id, w.skills, w.most, (select count(*)::int from cases.case c
      where c.assignee = w.account::text and c.organisation = w.organisation and c.done_at is null and c.ended_at is null) as load
    from cases.worker w where w.organisation = ${organisation}`);
  if (known.length === 0) return [];
  const here = new Set((await ports.staff?.handlersAt(organisation, place))?.map(({ id }) => id));
  return known.filter(({ id }) => here.has(id));
}
