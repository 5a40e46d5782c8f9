import { systemActor } from '@keystead/contracts/access';
import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { Problem } from '@keystead/contracts/problem';
import type { AcceptedBatch } from '@keystead/contracts/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { levelOf } from './command.ts';
import { echoMs, guard, type Happening, inputOf, type Linkage, matches, type Suppression } from './linkage-rule.ts';
import { type LinkageRow, linkageOf } from './linkages.ts';
import type { Scenes } from './scenes.ts';
import type { Sending } from './sending.ts';

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'log' | 'audit'> {
  things: Pick<ThingsService, 'refs'>;
  sending: Sending;
  scenes: Pick<Scenes, 'run'>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

const markEvery = 2000; // ms
/** An alarm or event older than this does not move anything any more: nobody wants the light of yesterday night. */
const tooOldMs = 60_000;

/** Carries out rules that give commands: in the worker, one happening after the other (G-cap-control, H-6.2-c). */
export function createLinkage({ db, clock, log, audit, things, sending, scenes, saveMark }: Deps) {
  let rules: Linkage[] = [];
  let marked = 0;

  /** Reads the rules anew; the worker does so every two seconds. */
  async function refresh(): Promise<void> {
    rules = (await db.systemRead(sql<LinkageRow>`select * from commands.rule where enabled`)).map(linkageOf);
  }

  /** Rules whose command this thing has carried out a moment ago. */
  async function chainOf(thing: string, at: number): Promise<string[]> {
    const [last] = await db.systemRead(sql<{ chain: string[] }>`
      select chain from commands.command where thing_id = ${thing} and cardinality(chain) > 0
        and sent_at >= ${new Date(at - echoMs)} order by created_at desc, id desc limit 1`);
    return last?.chain ?? [];
  }

  async function lately(rule: Linkage, target: string | undefined): Promise<number> {
    const [row] = await db.systemRead(sql<{ count: number }>`
      select count(distinct coalesce(group_id, id)) as count from commands.command
      where origin_id = ${rule.id} and created_at > ${new Date(clock.now().getTime() - 60_000)}
        ${target === undefined ? sql`` : sql`and thing_id = ${target}`}`);
    return row?.count ?? 0;
  }

  async function suppressed(rule: Linkage, happening: Happening, why: Suppression): Promise<void> {
    const actor = systemActor(`rule:${rule.id}`, rule.organisation);
    await db.systemTransaction(async (tx) => {
      await tx.run(sql`
        update commands.rule set suppressed = suppressed + 1, last_suppressed_at = ${clock.now()} where id = ${rule.id}`);
      await audit.add(tx, actor, {
        action: 'linkage.suppress',
        subject: `linkage:${rule.id}`,
        place: rule.place,
        outcome: 'refused',
        detail: { name: rule.name, why, thing: happening.thing },
      });
    });
  }

  async function act(rule: Linkage, happening: Happening): Promise<void> {
    const { action } = rule;
    const target = action.kind === 'scene' ? undefined : (action.thing ?? happening.thing);
    const chain = await chainOf(happening.thing, happening.at);
    const held = guard(rule, chain, await lately(rule, target));
    if (held) return suppressed(rule, happening, held);
    const actor = { ...systemActor(`rule:${rule.id}`, rule.organisation), name: rule.name };
    const from = { origin: 'rule' as const, originId: rule.id, chain: [...chain, rule.id] };
    const key = `${happening.key}/${rule.id}`;
    if (action.kind === 'scene') {
      await scenes.run(actor, action.scene, { ...from, key, reason: rule.name });
      return;
    }
    const thing = await sending.thingFor(actor, target as string);
    const service = thing.model.services.find(({ id }) => id === action.service);
    if (service && levelOf(service) > rule.level) return suppressed(rule, happening, 'level');
    const wish = { service: action.service, reason: rule.name, key };
    const input = inputOf(action, happening);
    await sending.send(actor, thing.id, input === undefined ? wish : { ...wish, input }, from);
  }

  /** Lets every fitting rule act; what one of them may not do is told in the journal and holds no other up. */
  async function happened(happening: Happening): Promise<void> {
    if (clock.now().getTime() - happening.at > tooOldMs) return;
    for (const rule of rules) {
      if (!matches(rule, happening)) continue;
      try {
        await act(rule, happening);
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        log.warn({ rule: rule.id, thing: happening.thing, problem: cause.type }, 'a rule could not give its command');
        await db.systemTransaction((tx) =>
          audit.add(tx, systemActor(`rule:${rule.id}`, rule.organisation), {
            action: 'linkage.act',
            subject: `linkage:${rule.id}`,
            place: rule.place,
            outcome: 'refused',
            detail: { name: rule.name, problem: cause.type, thing: happening.thing },
          }),
        );
      }
    }
  }

  /** A committed batch; the mark is saved now and then, since the same event twice has one effect. */
  async function take(batch: AcceptedBatch): Promise<void> {
    const wanted = new Set(rules.flatMap(({ trigger }) => (trigger.kind === 'event' ? [trigger.event] : [])));
    const events = batch.events.map((event, index) => ({ ...event, index })).filter(({ event }) => wanted.has(event));
    const refs = events.length === 0 ? undefined : await things.refs([...new Set(events.map(({ thing }) => thing))]);
    for (const { thing, time, event, data, index } of events) {
      const ref = refs?.get(thing);
      if (!ref) continue;
      await happened({
        organisation: ref.organisation,
        place: ref.place,
        thing: ref.id,
        at: time / 1000,
        key: `${batch.gateway}:${batch.batch}:${index}`,
        what: { kind: 'event', family: ref.model.family, event, data },
      });
    }
    const now = clock.now().getTime();
    if (events.length === 0 && now - marked < markEvery) return;
    await db.systemTransaction((tx) => saveMark(tx, batch.gateway, batch.batch));
    marked = now;
  }

  /** An alarm was raised, escalated or cleared. */
  async function alarm({
    id,
    organisation,
    place,
    at,
    payload,
  }: EventEnvelope<Payload<typeof alarmChanged>>): Promise<void> {
    if (payload.subject.kind !== 'thing') return;
    await happened({
      organisation,
      place,
      thing: payload.subject.id,
      at: Date.parse(at),
      key: id,
      what: { kind: 'alarm', rule: payload.rule, change: payload.change, severity: payload.severity },
    });
  }

  return { refresh, happened, take, alarm };
}

export type LinkageEngine = ReturnType<typeof createLinkage>;
