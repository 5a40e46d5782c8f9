import type { TenantTexts } from '@keystead/apps/housing/billing';
import type { Carried, CarriedMessage, NotifyService } from '@keystead/apps/work/notify';
import { maskName } from '@keystead/data/parties';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { AddresseeOf } from './addressees.ts';

const batch = 50;
const mostTries = 5;

interface Due {
  id: string;
  organisation: string;
  place: string;
  party: string;
  tries: number;
  notice: string;
  title: string;
  text: string;
  code: string;
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'log'> & { notify: NotifyService; addresseeOf: AddresseeOf };

/** A text for a party, whose contact points are looked up when it goes. */
export type Told = Omit<CarriedMessage, 'to'> & { readonly party: string };

const reached = (ways: readonly Carried[]): boolean => ways.some(({ ok }) => ok);
const hopeless = (ways: readonly Carried[]): boolean => ways.every((way) => !way.ok && way.permanent);

/** What is kept of who was told names nobody in full. */
const masked = (ways: readonly Carried[]): Carried[] =>
  ways.map((way) => (way.ok && way.way === 'in-app' ? { ...way, sentTo: maskName(way.sentTo) } : way));

/** Carries texts to tenants by the ways there are, and keeps what can be shown of it. */
export function createSending({ db, clock, log, notify, addresseeOf }: Parts) {
  /** One text to whoever is behind a party, by the ways there are; undefined when nobody is there. */
  async function tell({ party, ...message }: Told): Promise<{ account: string | null; ways: Carried[] } | undefined> {
    const to = await addresseeOf(message.organisation, party);
    return to && { account: to.account ?? null, ways: masked(await notify.carry({ ...message, to })) };
  }

  async function one(due: Due): Promise<void> {
    const { id, organisation, place, party, title, code } = due;
    const about = { kind: 'notice', id: due.notice };
    const message = { id, organisation, place, party, title, code, about, detail: due.text } as const;
    const to = await tell({ ...message, text: 'tenant.notice' });
    const ways = to?.ways ?? [];
    const at = clock.now();
    const tries = due.tries + 1;
    const state = reached(ways) ? 'sent' : hopeless(ways) || tries >= mostTries ? 'failed' : 'queued';
    const error = to ? 'no-way' : 'nobody';
    const proof = (ways.length > 0 ? ways : [{ way: 'none', ok: false, error }]).map((way) => ({
      ...way,
      at: at.toISOString(),
    }));
    const next = new Date(at.getTime() + 60_000 * 4 ** tries);
    if (state !== 'sent') log.warn({ delivery: id, state }, 'a notice did not reach a tenant');
    await db.systemRead(sql`
      update notices.delivery set state = ${state}, tries = ${tries}, next_at = ${next}, proof = proof || ${JSON.stringify(proof)}::jsonb,
        account = ${to?.account ?? null},
        ended_at = ${state === 'queued' ? null : at} where id = ${id} and state = 'queued'`);
  }

  return {
    tell,
    /** Sends what is due until nothing is. A process that dies in between sends a text again under the same id. */
    sendDue: async (signal?: AbortSignal): Promise<number> => {
      let sent = 0;
      while (!signal?.aborted) {
        const due = await db.systemRead(sql<Due>`
          select d.id, d.organisation, d.place, d.party, d.tries, d.notice, n.title, n.text, a.code
          from notices.delivery d join notices.notice n on n.id = d.notice join agreements_pub.agreement a on a.id = d.agreement
          where d.state = 'queued' and d.next_at <= ${clock.now()} order by d.next_at, d.id limit ${batch}`);
        for (const each of due) await one(each);
        sent += due.length;
        if (due.length < batch) break;
      }
      return sent;
    },
    /** The carrier of reminders of late fees. */
    texts: {
      send: async ({ id, organisation, party, text }) => {
        const about = { kind: 'dunning', id };
        const message = { id, organisation, place: '', party, title: '', detail: text, about };
        const ways = (await tell({ ...message, text: 'tenant.dunning' }))?.ways;
        if (!ways) return { ok: false, error: 'nobody' };
        const proof = { ways: ways.map((way) => ({ ...way, at: clock.now().toISOString() })) };
        const went = ways.find((way) => way.ok);
        if (went?.ok) return { ok: true, to: ways.flatMap((way) => (way.ok ? [way.sentTo] : [])).join(', '), proof };
        return { ok: false, error: ways.map((way) => (way.ok ? '' : way.error)).join('; ') || 'no-way' };
      },
    } satisfies TenantTexts,
  };
}
