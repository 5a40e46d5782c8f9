import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { monthOf } from './calculation.ts';
import type { Issuing, Terms } from './issuing.ts';
import { RunMissing, RunUnderWay } from './problems.ts';

export interface Run {
  id: string;
  organisation: string;
  period: string;
  state: 'running' | 'done' | 'stopped';
  total: number;
  passed: number;
  bills: number;
  lines: number;
  amount: number;
  startedAt: Date;
  progressAt: Date;
  finishedAt: Date | null;
  actorName: string;
}

const columns =
  sql.raw(`id, organisation, period, state, total, passed, bills, lines, amount, cursor, started_at as "startedAt",
  progress_at as "progressAt", finished_at as "finishedAt", actor_name as "actorName"`);

/** Leases passed in one transaction: what a kill can undo at most. */
const batch = 1000;

/** The month's bills of all leases, batch by batch; killed, it goes on after the last batch that was committed. */
export function createRuns({
  db,
  clock,
  audit,
  jobs,
  issuing,
}: Pick<Kernel, 'db' | 'clock' | 'audit' | 'jobs'> & { issuing: Issuing }) {
  /** Passes one batch; answers whether there is more. Another worker at the same run waits for it. */
  async function pass(id: string, terms: Map<string, Terms>): Promise<boolean> {
    return db.systemTransaction(async (tx) => {
      const run = await tx.maybe(
        sql<
          Run & { cursor: string }
        >`select ${columns} from billing.run where id = ${id} and state = 'running' for update`,
      );
      if (!run) return false;
      const actor = systemActor('billing.run', run.organisation as OrganisationId);
      const known = terms.get(id) ?? (await issuing.termsOf(tx, run.organisation, run.period));
      terms.set(id, known);
      const leases = await issuing.leasesOf(tx, run.organisation, run.period, run.cursor, batch);
      const due = await issuing.workOut(tx, known, await issuing.unbilled(tx, run.period, leases));
      const made = await issuing.issue(
        tx,
        actor,
        known,
        due.map((each) => ({ ...each, revision: 1 })),
        id,
      );
      const more = leases.length === batch;
      const sum = (of: (each: (typeof made)[number]) => number) => made.reduce((all, each) => all + of(each), 0);
      await tx.run(sql`
        update billing.run set passed = passed + ${leases.length}, bills = bills + ${made.length},
          lines = lines + ${sum(({ lines }) => lines)}, amount = amount + ${sum(({ amount }) => amount)},
          cursor = ${leases.at(-1)?.id ?? run.cursor}, progress_at = ${clock.now()},
          state = ${more ? 'running' : 'done'}, finished_at = ${more ? null : clock.now()}
        where id = ${id}`);
      if (!more) {
        const detail = {
          period: run.period,
          bills: run.bills + made.length,
          amount: run.amount + sum(({ amount }) => amount),
        };
        await audit.add(tx, actor, { action: 'bill-run.done', subject: `bill-run:${id}`, detail });
      }
      return more;
    });
  }

  /** Goes on with every run that is under way. */
  async function advance(signal?: AbortSignal): Promise<void> {
    const running = await db.systemRead(
      sql<{ id: string }>`select id from billing.run where state = 'running' order by started_at limit 100`,
    );
    const terms = new Map<string, Terms>();
    for (const { id } of running) while (!signal?.aborted && (await pass(id, terms)));
  }

  const work = job({
    name: 'billing.run',
    every: 60,
    timeout: 3600,
    attempts: 5,
    run: (_payload, { signal }) => advance(signal),
  });
  jobs.add(work);

  const find = (tx: Tx, id: string) =>
    tx.one(sql<Run>`select ${columns} from billing.run where id = ${id}`, () => new RunMissing({ id }));

  const whole = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  return {
    advance,
    /** At the start of a worker: a run whose worker died goes on now, and not at the next turn of the job. */
    resume: (): Promise<void> =>
      db.systemTransaction(async (tx) => {
        const open = await tx.all(sql`select from billing.run where state = 'running' limit 1`);
        if (open.length > 0) await jobs.enqueue(tx, work, {}, { key: 'billing.run' });
      }),
    /** Begins the run of a month. A second run of the month only bills what has no bill yet. Throws RunUnderWay. */
    start: (actor: Actor, period: string): Promise<Run> => {
      whole(actor);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        const { first, last } = monthOf(period);
        const counted = await tx.maybe(sql<{ total: number }>`
          select count(*)::int as total from agreements_pub.agreement where organisation = ${organisation} and kind = 'lease'
            and state in ('signed', 'effective', 'expiring', 'holdover') and starts_on <= ${last} and (ends_on >= ${first} or state = 'holdover')`);
        const id = newId();
        const added = await tx.run(sql`
          insert into billing.run (id, organisation, period, state, total, started_at, progress_at, actor, actor_name)
          values (${id}, ${organisation}, ${period}, 'running', ${counted?.total ?? 0}, ${clock.now()}, ${clock.now()}, ${actor.id}, ${actor.name})
          on conflict do nothing`);
        if (added === 0) throw new RunUnderWay({ period });
        await jobs.enqueue(tx, work, {}, { key: 'billing.run' });
        await audit.add(tx, actor, { action: 'bill-run.start', subject: `bill-run:${id}`, detail: { period } });
        return find(tx, id);
      });
    },
    /** Ends a run after the batch under way; bills it made stay. */
    stop: (actor: Actor, id: string): Promise<Run> => {
      whole(actor);
      return db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`
          update billing.run set state = 'stopped', finished_at = ${clock.now()} where id = ${id} and state = 'running'`);
        const run = await find(tx, id);
        await audit.add(tx, actor, {
          action: 'bill-run.stop',
          subject: `bill-run:${id}`,
          detail: { passed: run.passed, state: run.state },
        });
        return run;
      });
    },
    list: (actor: Actor): Promise<Run[]> =>
      db.read(
        actor.scope,
        sql<Run>`select ${columns} from billing.run where organisation = ${actor.scope.organisation} order by started_at desc limit 60`,
      ),
    get: (actor: Actor, id: string): Promise<Run> => db.transaction(actor.scope, (tx) => find(tx, id)),
  };
}

export type Runs = ReturnType<typeof createRuns>;
