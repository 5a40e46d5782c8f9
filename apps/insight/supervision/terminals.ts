import { type Actor, inScope } from '@keystead/contracts/access';
import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { warningPushed } from '@keystead/contracts/events/supervision';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { TerminalMissing, TerminalTaken, WarningMissing } from './problems.ts';

export interface Terminal {
  id: string;
  name: string;
  place: string;
  severity: number;
  account: string | null;
  madeAt: Date;
}

export interface Warning {
  alarm: string;
  severity: number;
  title: { zh: string; en: string };
  subject: string;
  raisedAt: Date;
  pushedAt: Date;
  receivedAt: Date | null;
  receivedBy: string | null;
  /** Sent to see whether the terminal hears; there is no alarm behind it. */
  test: boolean;
}

/** Terminals one warning goes to at most. */
const mostTerminals = 200;
const testTitle = { zh: '测试推送', en: 'Test push' };

/** Named terminals of the supervisor and what each was sent and received (H-10.1-c). */
export function createTerminals({
  db,
  clock,
  audit,
  outbox,
  places,
}: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> & { places: Pick<PlacesService, 'get'> }) {
  const columns = sql.raw(`id, name, place, severity, account, made_at as "madeAt"`);

  async function find(actor: Actor, id: string, tx?: Tx): Promise<Terminal> {
    const query = sql<Terminal>`select ${columns} from supervision.terminal
      where id = ${id} and organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} and ended_at is null`;
    const [found] = tx ? await tx.all(query) : await db.read(actor.scope, query);
    if (!found) throw new TerminalMissing({ id });
    return found;
  }

  /** Throws TerminalTaken, PlaceMissing, NotAllowed (everything, by one who sees a part). */
  async function add(
    actor: Actor,
    wish: { name: string; place?: string | undefined; severity: number; account?: string | undefined },
  ): Promise<Terminal> {
    if (wish.place === undefined && !inScope(actor.scope, '')) throw new NotAllowed();
    const place = wish.place === undefined ? '' : (await places.get(actor, wish.place)).path;
    const id = newId();
    return db.transaction(actor.scope, async (tx) => {
      const made = await tx.run(sql`
        insert into supervision.terminal (id, organisation, place, name, severity, account, made_at)
        values (${id}, ${actor.scope.organisation}, ${place}, ${wish.name}, ${wish.severity}, ${wish.account ?? null}, ${clock.now()})
        on conflict do nothing`);
      if (made === 0) throw new TerminalTaken({ name: wish.name });
      await audit.add(tx, actor, { action: 'supervision-terminal.add', subject: `supervision-terminal:${id}` });
      return find(actor, id, tx);
    });
  }

  const list = (actor: Actor): Promise<Terminal[]> =>
    db.read(
      actor.scope,
      sql<Terminal>`select ${columns} from supervision.terminal
        where organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'place')} and ended_at is null order by name limit ${mostTerminals}`,
    );

  const end = (actor: Actor, id: string): Promise<void> =>
    db.transaction(actor.scope, async (tx) => {
      await find(actor, id, tx);
      await tx.run(sql`update supervision.terminal set ended_at = ${clock.now()} where id = ${id}`);
      await audit.add(tx, actor, { action: 'supervision-terminal.end', subject: `supervision-terminal:${id}` });
    });

  /** Whether a word of the alarms may be one for terminals. */
  const concerns = ({ payload }: EventEnvelope<Payload<typeof alarmChanged>>): boolean =>
    payload.condition === 'active' && !payload.suppressed && !payload.group?.member;

  /** A warning that is open and grave enough goes once to each terminal that answers for its place, told by its own commit. */
  async function push({ organisation, place, at, payload }: EventEnvelope<Payload<typeof alarmChanged>>, tx: Tx) {
    const { id: alarm, severity, title } = payload;
    const subject = payload.subject.name;
    const sent = await tx.all(sql<{ terminal: string }>`
      insert into supervision.push (terminal, alarm, organisation, place, severity, title_zh, title_en, subject, raised_at, pushed_at)
      select id, ${alarm}::uuid, organisation, ${place}, ${severity}, ${title.zh}, ${title.en}, ${subject}, ${at}::timestamptz, ${clock.now()}::timestamptz
      from supervision.terminal where organisation = ${organisation} and severity >= ${severity} and ended_at is null and starts_with(${place}, place)
      order by id limit ${mostTerminals} on conflict do nothing returning terminal`);
    for (const { terminal } of sent)
      await outbox.add(
        tx,
        warningPushed,
        { organisation, place },
        { terminal, alarm, severity, title, subject },
        { urgent: true },
      );
  }

  /** Sends a terminal a word that looks like a warning of the gravest kind, to see whether it hears. Throws TerminalMissing. */
  const test = (actor: Actor, id: string): Promise<{ alarm: string }> =>
    db.transaction(actor.scope, async (tx) => {
      const { name, place } = await find(actor, id, tx);
      const { organisation } = actor.scope;
      const alarm = newId();
      const now = clock.now();
      await tx.run(sql`
        insert into supervision.push (terminal, alarm, organisation, place, severity, title_zh, title_en, subject, raised_at, pushed_at, test)
        values (${id}, ${alarm}, ${organisation}, ${place}, 1, ${testTitle.zh}, ${testTitle.en}, ${name}, ${now}, ${now}, true)`);
      const word = { terminal: id, alarm, severity: 1, title: testTitle, subject: name, test: true };
      await outbox.add(tx, warningPushed, { organisation, place }, word, { urgent: true });
      await audit.add(tx, actor, { action: 'supervision-terminal.test', subject: `supervision-terminal:${id}` });
      return { alarm };
    });

  /** What a terminal was sent, the newest first. Throws TerminalMissing. */
  async function warnings(actor: Actor, id: string, only: { waiting: boolean }): Promise<Warning[]> {
    await find(actor, id);
    return db.read(
      actor.scope,
      sql<Warning>`select alarm, severity, jsonb_build_object('zh', title_zh, 'en', title_en) as title, subject, raised_at as "raisedAt",
          pushed_at as "pushedAt", received_at as "receivedAt", received_by as "receivedBy", test
        from supervision.push where terminal = ${id} and organisation = ${actor.scope.organisation}
          and ${inSubtrees(actor.scope, 'place')} and ${only.waiting ? sql`received_at is null` : sql`true`}
        order by pushed_at desc, alarm desc limit 200`,
    );
  }

  /** The terminal says that it has the warning; kept with who and when, said twice it stays as first said. Throws NotAllowed for another account than its own. */
  const receive = (actor: Actor, id: string, alarm: string): Promise<void> =>
    db.transaction(actor.scope, async (tx) => {
      const terminal = await find(actor, id, tx);
      if (terminal.account !== null && terminal.account !== actor.id)
        throw new NotAllowed({ reason: 'another-terminal' });
      const found = await tx.run(sql`
        update supervision.push set received_at = coalesce(received_at, ${clock.now()}), received_by = coalesce(received_by, ${actor.name})
        where terminal = ${id} and alarm = ${alarm}`);
      if (found === 0) throw new WarningMissing({ alarm });
      await audit.add(tx, actor, {
        action: 'supervision-warning.receive',
        subject: `alarm:${alarm}`,
        detail: { terminal: terminal.name },
      });
    });

  return { add, list, end, test, concerns, push, warnings, receive };
}

export type Terminals = ReturnType<typeof createTerminals>;
