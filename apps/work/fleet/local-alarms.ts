import type { AlarmsService } from '@keystead/apps/work/alarms';
import { systemActor } from '@keystead/contracts/access';
import type { AcceptedBatch, AcceptedEvent } from '@keystead/contracts/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { agentFamily } from './agents.ts';

/** The level-3 event `alarm` of an agent: what a rule found there. */
const LocalFinding = Type.Object({
  rule: Type.String({ format: 'uuid' }),
  device: Type.String({ minLength: 1, maxLength: 200 }),
  kind: Type.Enum(['raised', 'occurrence', 'escalated', 'deescalated', 'cleared']),
  severity: Type.Enum([1, 2, 3, 4]),
  values: Type.Record(Type.String(), Type.Unknown()),
});
type LocalFinding = Static<typeof LocalFinding>;

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  things: Pick<ThingsService, 'refs' | 'admission'>;
  alarms: Pick<AlarmsService, 'raise' | 'clear' | 'rules'>;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

const markEvery = 2_000; // ms
const unnamed = { zh: '边缘节点本地告警', en: 'Alarm found at the edge' };

/**
 * Alarms found at the edge while the line was cut exist at the centre too, once: they go where the alarms of the same
 * rule and thing go, in the transaction that says that the batch was read.
 */
export function createLocalAlarms({ db, clock, log, things, alarms, saveMark }: Deps) {
  let marked = 0;

  /** The name of the rule: the centre's own, else what the agent's configurations call it. */
  async function nameOf(
    tx: Tx,
    organisation: string,
    agent: number,
    rule: string,
  ): Promise<{ zh: string; en: string }> {
    const rules = await alarms.rules.list(systemActor('fleet', organisation as never));
    const own = rules.find(({ id }) => id === rule)?.definition.name;
    if (own) return own;
    const given = await tx.maybe(sql<{ name: { zh: string; en: string } }>`
      select r->'name' as name from fleet.configuration c, jsonb_array_elements(c.document->'rules') r
      where c.agent = ${agent} and r->>'id' = ${rule} order by c.version desc limit 1`);
    return given?.name ?? unnamed;
  }

  async function tell(
    tx: Tx,
    event: AcceptedEvent,
    { rule, device, kind, severity, values }: LocalFinding,
  ): Promise<void> {
    // An agent speaks for what stands behind it, and for nothing else.
    const child = await things.admission.child({ thing: event.thing }, device);
    const number = 'id' in child ? child.thing : undefined;
    const ref = number === undefined ? undefined : (await things.refs([number])).get(number);
    if (!ref) {
      log.warn({ agent: event.thing, device }, 'an alarm of a device that is not behind its agent');
      return;
    }
    const { organisation, place, id, code, name } = ref;
    const subject = { kind: 'thing', id, code, name };
    const eventTime = new Date(event.time / 1000);
    const common = { organisation, rule, subject, eventTime, readings: values };
    if (kind === 'cleared') await alarms.clear(tx, common);
    else {
      const title = await nameOf(tx, organisation, event.thing, rule);
      await alarms.raise(tx, {
        ...common,
        place,
        title,
        severity: severity as 1 | 2 | 3 | 4,
        transferLevel: 3,
        evaluated: true,
      });
    }
  }

  async function take(batch: AcceptedBatch): Promise<void> {
    const events = batch.events.filter(({ event }) => event === 'alarm');
    const refs = events.length === 0 ? undefined : await things.refs([...new Set(events.map(({ thing }) => thing))]);
    const found = events.flatMap((event): [AcceptedEvent, LocalFinding][] =>
      refs?.get(event.thing)?.model.family === agentFamily && Value.Check(LocalFinding, event.data)
        ? [[event, event.data]]
        : [],
    );
    const now = clock.now().getTime();
    if (found.length === 0 && now - marked < markEvery) return;
    await db.systemTransaction(async (tx) => {
      for (const [event, finding] of found) await tell(tx, event, finding);
      await saveMark(tx, batch.gateway, batch.batch);
    });
    marked = now;
  }

  return { take };
}
