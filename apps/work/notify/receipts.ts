import { createHmac, timingSafeEqual } from 'node:crypto';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { type MessageFate, messageFateKnown, messageFates } from '@keystead/contracts/events/notify';
import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import { ChannelMissing, ReceiptRefused } from './problems.ts';
import type { Secrets } from './secrets.ts';

/** A receipt older or newer than this is not believed: it may be replayed. */
const tolerance = 300; // s
const mostAtOnce = 500;

export interface Receipt {
  /** The id the message went under. */
  readonly message: string;
  readonly state: MessageFate;
  /** The carrier's own word for it. */
  readonly code: string;
  readonly at: Date;
}

const isId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text);

/** The signature is that of our own messages: `t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">`. */
function isSigned(header: string, body: Buffer, secret: string, now: Date): boolean {
  const [, seconds = '', told = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (!(Math.abs(Number(seconds) - now.getTime() / 1000) <= tolerance)) return false;
  const own = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
  return told !== '' && timingSafeEqual(own, Buffer.from(told, 'hex'));
}

function receiptsIn(body: Buffer): Receipt[] {
  const refuse = () => new ReceiptRefused({ why: 'body' });
  let told: unknown;
  try {
    told = JSON.parse(body.toString('utf8'));
  } catch {
    throw refuse();
  }
  if (!Array.isArray(told) || told.length > mostAtOnce) throw refuse();
  return told.map((each: Record<string, unknown> | null) => {
    const { id, state, code = '', at } = each ?? {};
    const time = new Date(String(at));
    const fate = messageFates.find((known) => known === state);
    if (!isId(id) || !fate || Number.isNaN(time.getTime())) throw refuse();
    return { message: id, state: fate, code: String(code).slice(0, 60), at: time };
  });
}

type Parts = { db: Db; clock: Clock; audit: Audit; outbox: Outbox; secrets: Secrets };

/** What carriers tell of text messages they took. */
export const createReceipts = ({ db, clock, audit, outbox, secrets }: Parts) => ({
  /** Takes receipts of a channel in, each once; that one was read may follow that it arrived. Throws ChannelMissing, ReceiptRefused. */
  takeReceipts: async (channel: string, header: string, body: Buffer): Promise<number> => {
    const [found] = await db.systemRead(sql<{ organisation: string; secret: Buffer | null }>`
      select organisation, secret from notify.channel where id = ${channel} and kind = 'sms' and enabled`);
    if (!found) throw new ChannelMissing({ id: channel });
    const secret = secrets.open(channel, found.secret);
    // Without a secret nobody could tell who speaks.
    if (!secret || !isSigned(header, body, secret, clock.now())) throw new ReceiptRefused({ why: 'signature' });
    const rows = receiptsIn(body);
    const { organisation } = found;
    const actor = systemActor('notify.sms', organisation as OrganisationId);
    return db.systemTransaction(async (tx) => {
      let fresh = 0;
      for (const { message, state: fate, code, at } of rows) {
        const taken = await tx.run(sql`
          insert into notify.receipt as r (organisation, message, channel, state, code, told_at, at)
          values (${organisation}, ${message}, ${channel}, ${fate}, ${code}, ${at}, ${clock.now()})
          on conflict (organisation, message) do update set state = 'read', code = excluded.code, told_at = excluded.told_at, at = excluded.at
            where r.state = 'delivered' and excluded.state = 'read'`);
        if (taken === 0) continue;
        fresh += 1;
        const told = { message, way: 'sms', fate, code, at: at.toISOString() } as const;
        await outbox.add(tx, messageFateKnown, { organisation, place: '' }, told);
      }
      if (fresh > 0) {
        const detail = { receipts: fresh };
        await audit.add(tx, actor, { action: 'sms-receipt.take', subject: `notify-channel:${channel}`, detail });
      }
      return fresh;
    });
  },
  /** What became of a message, as far as its carrier told; undefined until then. */
  receiptOf: async (organisation: string, message: string): Promise<Omit<Receipt, 'message'> | undefined> => {
    const [found] = await db.systemRead(sql<Omit<Receipt, 'message'>>`
      select state, code, told_at as at from notify.receipt where organisation = ${organisation} and message = ${message}`);
    return found;
  },
});
