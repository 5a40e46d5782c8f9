import type { TransferLevel } from '@keystead/contracts/labels';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type LogRun, mergeRuns } from './log-run.ts';

/** What the gateway tells after a commit; the shape of its `ranges` port. */
export interface CommittedPart {
  agent: number;
  log: string;
  level: TransferLevel;
  /** `to` < `from`: no records, only news of dropped ones. */
  from: number;
  to: number;
  /** Event times, µs since 1970; absent without readable records. */
  first?: number;
  last?: number;
  dropped: readonly { from: number; to: number; first: number; last: number }[];
  /** µs since 1970. */
  received: number;
}

interface Waiting {
  part: CommittedPart;
  settle: () => void;
  fail: (cause: unknown) => void;
}

/** An agent that begins ever new logs keeps the newest ones. */
const logsMost = 20;
const dropsMost = 10_000;
const roundMost = 1_000;

const columns = sql`first_number as "from", last_number as "to", first_time as first, last_time as last`;

/** The numbers of agents' logs, durable (H-7.2-b-1). What is told while a round is written goes together in the next. */
export function createLogBook({ db, things }: Pick<Kernel, 'db'> & { things: Pick<ThingsService, 'byNumber'> }) {
  const waiting: Waiting[] = [];
  let writing = false;

  async function addRuns(tx: Tx, organisation: string, parts: readonly CommittedPart[]): Promise<void> {
    const [part] = parts;
    if (part === undefined) return;
    const told = parts.map(({ from, to, first, last }) => ({ from, to, first: first ?? null, last: last ?? null }));
    const fresh = mergeRuns(told);
    if (fresh.length === 0) return;
    const [low, high] = [fresh[0]?.from ?? 0, fresh.at(-1)?.to ?? 0];
    const here = sql`agent = ${part.agent} and log = ${part.log} and level = ${part.level}`;
    const met = await tx.all(sql<LogRun>`
      select ${columns} from fleet.log_run where ${here} and first_number <= ${high + 1} and last_number >= ${low - 1}`);
    if (met.length === 0) await forgetOldLogs(tx, part);
    else
      await tx.run(
        sql`delete from fleet.log_run where ${here} and first_number = any(${met.map(({ from }) => from)}::bigint[])`,
      );
    const received = new Date(Math.max(...parts.map((each) => each.received)) / 1000);
    await tx.run(sql`
      insert into fleet.log_run (organisation, agent, log, level, first_number, last_number, first_time, last_time, told_at)
      select ${organisation}, ${part.agent}, ${part.log}, ${part.level}, r."from", r."to", r.first, r.last, ${received}
      from jsonb_to_recordset(${JSON.stringify(mergeRuns([...met, ...fresh]))}::jsonb) as r("from" bigint, "to" bigint, first bigint, last bigint)`);
  }

  async function forgetOldLogs(tx: Tx, { agent, log }: CommittedPart): Promise<void> {
    const old = await tx.all(sql<{ log: string }>`
      select log from fleet.log_run where agent = ${agent} and log <> ${log} group by log order by max(told_at) desc offset ${logsMost - 1}`);
    if (old.length === 0) return;
    const names = old.map((each) => each.log);
    await tx.run(sql`delete from fleet.log_run where agent = ${agent} and log = any(${names})`);
    await tx.run(sql`delete from fleet.log_drop where agent = ${agent} and log = any(${names})`);
  }

  async function addDrops(tx: Tx, organisation: string, parts: readonly CommittedPart[]): Promise<void> {
    const [part] = parts;
    const drops = new Map(parts.flatMap(({ dropped }) => dropped.map((each) => [each.from, each] as const)));
    if (part === undefined || drops.size === 0) return;
    await tx.run(sql`
      insert into fleet.log_drop as d (organisation, agent, log, level, first_number, last_number, first_time, last_time, told_at)
      select ${organisation}, ${part.agent}, ${part.log}, ${part.level}, r."from", r."to", r.first, r.last, ${new Date(part.received / 1000)}
      from jsonb_to_recordset(${JSON.stringify([...drops.values()])}::jsonb) as r("from" bigint, "to" bigint, first bigint, last bigint)
      on conflict (agent, log, level, first_number) do update set
        last_number = greatest(d.last_number, excluded.last_number), last_time = greatest(d.last_time, excluded.last_time)`);
    await tx.run(sql`
      delete from fleet.log_drop where agent = ${part.agent} and (log, level, first_number) in (
        select log, level, first_number from fleet.log_drop where agent = ${part.agent} order by told_at desc offset ${dropsMost})`);
  }

  /** Telling the same again changes nothing. */
  async function keep(tx: Tx, parts: readonly CommittedPart[]): Promise<void> {
    const byAgent = [...Map.groupBy(parts, ({ agent }) => agent)].sort(([a], [b]) => a - b);
    const organisations = new Map<number, string>();
    for (const [agent] of byAgent) organisations.set(agent, (await things.byNumber(agent)).organisation);
    for (const [agent, mine] of byAgent) {
      const organisation = organisations.get(agent) ?? '';
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`fleet.log ${agent}`}, 17))`);
      for (const level of Map.groupBy(mine, (each) => `${each.log} ${each.level}`).values()) {
        await addRuns(tx, organisation, level);
        await addDrops(tx, organisation, level);
      }
    }
  }

  /** Round after round until nothing waits; never rejects. */
  async function work(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const round = waiting.splice(0, roundMost);
      try {
        const parts = round.map(({ part }) => part);
        await db.systemTransaction((tx) => keep(tx, parts));
        for (const { settle } of round) settle();
      } catch (cause) {
        for (const { fail } of round) fail(cause);
      }
    }
    writing = false;
  }

  return {
    /** What is committed of a log. */
    known: (agent: number, log: string): Promise<{ level: TransferLevel; from: number; to: number }[]> =>
      db.systemRead(sql<{ level: TransferLevel; from: number; to: number }>`
        select level, first_number as "from", last_number as "to" from fleet.log_run where agent = ${agent} and log = ${log}`),

    /** In the transaction that commits their records: a gateway that dies leaves both or neither. */
    keep,

    /** Of numbers without records. Resolves when it is durable. Telling the same again changes nothing. */
    committed: (part: CommittedPart): Promise<void> =>
      new Promise<void>((settle, fail) => {
        waiting.push({ part, settle, fail });
        if (!writing) void work();
      }),
  };
}
