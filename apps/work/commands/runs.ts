import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { Problem, problem } from '@keystead/contracts/problem';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type CommandRow, isEnded, type Origin } from './command.ts';
import type { Wish } from './examination.ts';
import type { RunView, Targets } from './schemas.ts';
import type { Sending } from './sending.ts';
import { type createTargets, TargetsChanged } from './targets.ts';

export class RunMissing extends problem('command-run-missing', 404) {}

export interface RunStep {
  thing: string;
  wish: Wish;
}

interface RunWish {
  name: string;
  place: string;
  origin: Origin;
  originId?: string;
  scene?: string;
  chain?: readonly string[];
  /** Makes the run repeatable without doing anything twice. */
  key?: string;
}

interface RunRow {
  id: string;
  scene: string | null;
  name: string;
  origin: string;
  requester_name: string;
  started_at: Date;
  wanted: number;
  refused: { thing: string; code: string; problem: string }[];
}

const good = new Set(['acknowledged', 'verified']);
const atOnce = 50;

type Progress = Pick<CommandRow, 'state' | 'ended_at'>;

/** How a run stands: `failed` when nothing was done, `partly-failed` when something was not (H-6.6-d-2). */
export function outcomeOf(commands: readonly Progress[], refused: number): RunView['outcome'] {
  const done = commands.filter((row) => isEnded(row) && good.has(row.state)).length;
  if (commands.some((row) => !isEnded(row))) return 'running';
  if (done === commands.length && refused === 0) return 'done';
  return done === 0 ? 'failed' : 'partly-failed';
}

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  sending: Sending;
  targets: ReturnType<typeof createTargets>;
}

/** Many commands that belong together: a batch to a group of things, or a scene. One refusal does not stop the others. */
export function createRuns({ db, clock, audit, sending, targets }: Deps) {
  async function run(actor: Actor, steps: readonly RunStep[], about: RunWish): Promise<string> {
    const id = newId(clock.now().getTime());
    const refused: RunRow['refused'] = [];
    const send = async ({ thing, wish }: RunStep, order: number) => {
      try {
        const key = about.key === undefined ? undefined : `${about.key}/${order}`;
        await sending.send(
          actor,
          thing,
          { ...wish, ...(key === undefined ? {} : { key }) },
          {
            origin: about.origin,
            ...(about.originId === undefined ? {} : { originId: about.originId }),
            ...(about.chain === undefined ? {} : { chain: about.chain }),
            group: { id, order },
          },
        );
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        refused.push({ thing, code: wish.service, problem: cause.type });
      }
    };
    for (let at = 0; at < steps.length; at += atOnce)
      await Promise.all(steps.slice(at, at + atOnce).map((step, n) => send(step, at + n)));
    await db.transaction(actor.scope, async (tx) => {
      await tx.run(sql`
        insert into commands.run (id, organisation, place, scene, name, origin, requester, requester_name, wanted, refused, started_at)
        values (${id}, ${actor.scope.organisation}, ${about.place}, ${about.scene ?? null}, ${about.name}, ${about.origin},
          ${actor.id}, ${actor.name}, ${steps.length}, ${JSON.stringify(refused)}, ${clock.now()})`);
      await audit.add(tx, actor, {
        action: about.scene === undefined ? 'command.batch' : 'scene.run',
        subject: about.scene === undefined ? `batch:${id}` : `scene:${about.scene}`,
        place: about.place,
        detail: { name: about.name, wanted: steps.length, refused: refused.length },
      });
    });
    return id;
  }

  /** The same wish to many. Throws TargetsChanged when they are not as many as was said. */
  async function batch(actor: Actor, meant: Targets, wish: Wish, count?: number): Promise<RunView> {
    const ids = await targets.resolve(actor, meant);
    if (count !== undefined && count !== ids.length) throw new TargetsChanged({ count: ids.length });
    const { key, ...each } = wish;
    const id = await run(
      actor,
      ids.map((thing) => ({ thing, wish: each })),
      {
        name: wish.service,
        place: meant.query?.under ?? actor.scope.subtrees[0] ?? '',
        origin: actor.kind === 'key' ? 'key' : 'person',
        ...(key === undefined ? {} : { key }),
      },
    );
    return get(actor, id);
  }

  async function get(actor: Actor, id: string): Promise<RunView> {
    const [row] = await db.read(
      actor.scope,
      sql<RunRow>`select * from commands.run where id = ${id} and ${inSubtrees(actor.scope, 'place')}`,
    );
    if (!row) throw new RunMissing({ id });
    const commands = await db.read(
      actor.scope,
      sql<Progress>`select state, ended_at from commands.command where group_id = ${id} and ${inSubtrees(actor.scope, 'place')}`,
    );
    const states: Record<string, number> = {};
    for (const { state } of commands) states[state] = (states[state] ?? 0) + 1;
    return {
      id: row.id,
      ...(row.scene === null ? {} : { scene: row.scene }),
      name: row.name,
      origin: row.origin,
      by: row.requester_name,
      startedAt: row.started_at.toISOString(),
      wanted: row.wanted,
      states,
      outcome: outcomeOf(commands, row.refused.length),
      refused: row.refused,
    };
  }

  /** Does something with a run that is there, and tells how it stands then. */
  async function step(actor: Actor, id: string, act: () => Promise<unknown>): Promise<RunView> {
    await get(actor, id);
    await act();
    return get(actor, id);
  }

  /** The newest runs first. */
  async function list(actor: Actor, scene?: string): Promise<RunView[]> {
    const rows = await db.read(
      actor.scope,
      sql<{ id: string }>`
        select id from commands.run where ${inSubtrees(actor.scope, 'place')}
          ${scene === undefined ? sql`` : sql`and scene = ${scene}`} order by started_at desc, id desc limit 20`,
    );
    return Promise.all(rows.map(({ id }) => get(actor, id)));
  }

  return { run, batch, get, step, list };
}

export type Runs = ReturnType<typeof createRuns>;
