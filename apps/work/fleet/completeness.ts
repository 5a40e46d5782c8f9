import type { Actor } from '@keystead/contracts/access';
import type { TransferLevel } from '@keystead/contracts/labels';
import { InputInvalid } from '@keystead/contracts/problem';
import { type Db, sql } from '@keystead/kernel/db';
import type { Agents } from './agents.ts';
import { gapsBetween, type LevelLog, type LogRun } from './log-run.ts';
import type { Status } from './schemas.ts';

type Row = LogRun & { log: string; level: TransferLevel };

const gapsMost = 1_000;
const levels = [1, 2, 3] as const;
const text = (micros: number | null): string | null => (micros === null ? null : new Date(micros / 1000).toISOString());

/** The levels of all logs, and what the agent said last of the one it writes. */
export function levelLogs(runs: readonly Row[], drops: readonly Row[], status: Status | undefined): LevelLog[] {
  const logs = new Set([...runs, ...drops].map(({ log }) => log));
  if (status) logs.add(status.log);
  return [...logs].flatMap((log) =>
    levels.map((level): LevelLog => {
      const mine = (row: Row) => row.log === log && row.level === level;
      const index = 3 - level;
      const told =
        status?.log === log ? { head: status.heads[index] ?? 1, waiting: status.load.backlog[index] ?? 0 } : undefined;
      return { log, level, runs: runs.filter(mine), dropped: drops.filter(mine), ...(told && { told }) };
    }),
  );
}

/** States that nothing between two times is missing, or what is (H-7.2-b-1). */
export function createCompleteness({ db, agents }: { db: Db; agents: Pick<Agents, 'find' | 'get'> }) {
  return async (actor: Actor, id: string, from: Date, to: Date) => {
    if (from > to) throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/to', code: 'too-small' }]);
    const { number } = await agents.find(actor, id);
    const { status, statusAt } = await agents.get(actor, id);
    const columns = sql`log, level, first_number as "from", last_number as "to", first_time as first, last_time as last`;
    const [runs, drops] = await Promise.all([
      db.read(actor.scope, sql<Row>`select ${columns} from fleet.log_run where agent = ${number}`),
      db.read(actor.scope, sql<Row>`select ${columns} from fleet.log_drop where agent = ${number}`),
    ]);
    const gaps = gapsBetween(levelLogs(runs, drops, status), from.getTime() * 1000, to.getTime() * 1000);
    const provenUntil = statusAt ?? null;
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      complete: gaps.length === 0 && provenUntil !== null && new Date(provenUntil) >= to,
      provenUntil,
      gaps: gaps
        .slice(0, gapsMost)
        .map(({ after, before, ...gap }) => ({ ...gap, after: text(after), before: text(before) })),
    };
  };
}

export type Completeness = ReturnType<typeof createCompleteness>;
