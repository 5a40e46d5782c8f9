import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { AcceptedBatch, AcceptedEvent } from '@keystead/contracts/telemetry';
import type { PartiesService, Party } from '@keystead/data/parties';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { vitalEvents } from './care.ts';
import type { Help } from './help.ts';
import type { SendVital } from './medical-service.ts';

export interface ForwardingParts extends Pick<Kernel, 'db' | 'clock' | 'log' | 'audit' | 'settings'> {
  readonly alarms: Pick<AlarmsService, 'raise'>;
  readonly parties: PartiesService;
  readonly things: Pick<ThingsService, 'refs'>;
  readonly help: Help;
  readonly send: SendVital;
  saveMark(tx: Tx, gateway: number, batch: number): Promise<void>;
}

interface Aid {
  readonly id: string;
  readonly organisation: OrganisationId;
  readonly place: string;
  readonly household: string;
  readonly person: string;
}
interface Due extends Pick<Aid, 'organisation' | 'person'> {
  readonly id: string;
  readonly event: string;
  readonly at: Date;
  readonly content: Buffer;
  readonly attempts: number;
}

const markEvery = 2_000; // ms
const answerWithinMs = 10_000;
const attemptsAtMost = 8;
const secretOf = (organisation: string): string => `care.medical-service:${organisation}`;
const waitMs = (attempts: number): number => Math.min(3_600_000, 30_000 * 2 ** attempts);

/** Vital signs of a person's aid go to the medical service, with the person's consent and never without (H-6.6-c). */
export function createForwarding(parts: ForwardingParts) {
  const { db, clock, log, audit, settings, parties, help, send, saveMark } = parts;
  let known: Envelope | undefined;
  const envelope = (): Envelope => {
    known ??= openEnvelope(settings.DATA_DIR);
    return known;
  };
  let marked = 0;

  const agreed = (tx: Tx, person: string): Promise<boolean> => parties.consents.stands(tx, person, 'special-care');

  const partyOf = async (tx: Tx, aid: Pick<Aid, 'organisation' | 'person'>): Promise<Party | undefined> => {
    const [party] = await parties.getMany(tx, systemActor('care', aid.organisation), [aid.person]);
    return party?.state === 'active' ? party : undefined;
  };

  async function takeOne(tx: Tx, aid: Aid, event: AcceptedEvent, key: string): Promise<void> {
    const at = new Date(event.time / 1000);
    if (event.event === 'help-call') await help.called(tx, aid, at);
    const party = await partyOf(tx, aid);
    // Without consent nothing of it is stored here, not even that there was something.
    if (!party || !(await agreed(tx, aid.person))) return;
    const id = newId(clock.now().getTime());
    const content = await parties.sealText(tx, party, `vital:${id}`, JSON.stringify(event.data ?? null));
    await tx.run(sql`insert into care.forwarding (id, organisation, place, person, aid, key, event, at, content, state, next_at)
      values (${id}, ${aid.organisation}, ${aid.place}, ${aid.person}, ${aid.id}, ${key}, ${event.event}, ${at}, ${content}, 'waiting', ${clock.now()})
      on conflict (key) do nothing`);
  }

  async function take(batch: AcceptedBatch): Promise<void> {
    const events = batch.events.map((event, at) => ({ event, at })).filter(({ event }) => vitalEvents.has(event.event));
    const now = clock.now().getTime();
    if (events.length === 0 && now - marked < markEvery) return;
    await db.systemTransaction(async (tx) => {
      for (const { event, at } of events) {
        const aid = await tx.maybe(sql<Aid>`select id, organisation, place, household, person from care.aid
          where thing = ${event.thing} and ended_at is null`);
        if (aid) await takeOne(tx, aid, event, `${batch.gateway}:${batch.batch}:${at}`);
      }
      await saveMark(tx, batch.gateway, batch.batch);
    });
    marked = now;
  }

  const settle = (due: Due, state: 'sent' | 'failed' | 'withdrawn'): Promise<unknown> =>
    db.systemTransaction((tx) =>
      tx.run(sql`update care.forwarding set state = ${state}, content = null, attempts = ${due.attempts + 1}, settled_at = ${clock.now()}
        where id = ${due.id} and state = 'waiting'`),
    );

  async function sendOne(due: Due, signal: AbortSignal): Promise<boolean> {
    const prepared = await db.systemTransaction(async (tx) => {
      // Asked again at the last moment: a consent taken back meanwhile holds.
      if (!(await partyOf(tx, due)) || !(await agreed(tx, due.person))) return 'withdrawn' as const;
      const address = await tx.maybe(sql<{ url: string; secret: Buffer }>`
        select url, secret from care.medical_service where organisation = ${due.organisation}`);
      if (!address) return undefined;
      const data: unknown = JSON.parse(await parties.unsealText(tx, due.person, `vital:${due.id}`, due.content));
      return {
        url: address.url,
        secret: envelope().unwrap(secretOf(due.organisation), address.secret).toString(),
        data,
      };
    });
    if (prepared === 'withdrawn') {
      await settle(due, 'withdrawn');
      return false;
    }
    const message = { id: due.id, person: due.person, event: due.event, at: due.at.toISOString() };
    try {
      if (!prepared) throw new Error('no medical service is set');
      const limit = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
      await send(prepared, { ...message, data: prepared.data }, clock.now(), limit);
    } catch (cause) {
      log.warn({ err: cause, forwarding: due.id }, 'the medical service did not take a message');
      if (due.attempts + 1 >= attemptsAtMost) await settle(due, 'failed');
      else
        await db.systemTransaction((tx) =>
          tx.run(sql`update care.forwarding set attempts = attempts + 1, next_at = ${new Date(clock.now().getTime() + waitMs(due.attempts))}
            where id = ${due.id} and state = 'waiting'`),
        );
      return false;
    }
    await settle(due, 'sent');
    return true;
  }

  return {
    take,

    /** Sends what waits; answers how many were taken. */
    forwardDue: async (signal: AbortSignal = new AbortController().signal): Promise<number> => {
      const due =
        await db.systemRead(sql<Due>`select id, organisation, person, event, at, content, attempts from care.forwarding
        where state = 'waiting' and next_at <= ${clock.now()} order by next_at limit 100`);
      let sent = 0;
      for (const each of due) if (!signal.aborted && (await sendOne(each, signal))) sent += 1;
      return sent;
    },

    /** Where the medical service is. Only for the whole organisation; the secret is stored sealed. */
    setService: async (actor: Actor, url: string, secret: string): Promise<void> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
      const { organisation } = actor.scope;
      const sealed = envelope().wrap(secretOf(organisation), Buffer.from(secret));
      await db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`insert into care.medical_service (organisation, url, secret, set_at) values (${organisation}, ${url}, ${sealed}, ${clock.now()})
          on conflict (organisation) do update set url = excluded.url, secret = excluded.secret, set_at = excluded.set_at`);
        await audit.add(tx, actor, { action: 'medical-service.set', subject: 'medical-service', detail: { url } });
      });
    },
  };
}

export type Forwarding = ReturnType<typeof createForwarding>;
