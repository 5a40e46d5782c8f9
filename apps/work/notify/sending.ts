import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Catalogue } from '@keystead/kernel/i18n';
import { allowedTargetsOf, type Channel, channelsOf } from './channel-store.ts';
import { failed, type Outgoing, type Sender, type SendResult } from './channels/sender.ts';
import { type Delivery, defaultLanguage, digest, mayClose, retryAt } from './delivery.ts';
import * as store from './delivery-store.ts';
import { writeMessage } from './message-store.ts';
import type { Receivers } from './receivers.ts';
import type { Secrets } from './secrets.ts';

export interface SendingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly outbox: Outbox;
  readonly catalogue: Catalogue;
  readonly receivers: Receivers;
  readonly secrets: Secrets;
  readonly senders: Readonly<Record<'mail' | 'sms' | 'webhook', Sender>>;
}

/** One message about to go, and those gathered into it. */
interface Parcel {
  readonly leader: Delivery;
  readonly members: readonly Delivery[];
}

const batch = 20;
const leaseSeconds = 120; // longer than any channel's patience
const closeWait = 5; // seconds until looking again whether the beginning has arrived

const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/**
 * Sends what is due. A delivery is leased before it is sent and marked after: a process that dies in between leaves a
 * lease that runs out, and the message goes again under the same id: at least once.
 */
export function createSending(parts: SendingParts) {
  const { db, clock, log, outbox, catalogue, receivers, secrets, senders } = parts;

  /** False when the end of a trouble may not be told to this target yet, or ever. */
  async function released(tx: Tx, row: Delivery): Promise<boolean> {
    if (row.phase !== 'close') return true;
    const verdict = mayClose(await store.begunFor(tx, row));
    if (verdict === 'wait') await store.postpone(tx, row.id, later(clock.now(), closeWait));
    if (verdict === 'never') await store.suppress(tx, [row.id], 'beginning-not-delivered');
    return verdict === 'go';
  }

  async function takeParcels(): Promise<{ parcels: Parcel[]; looked: number }> {
    return db.systemTransaction(async (tx) => {
      const now = clock.now();
      const due = await store.takeDue(tx, now, batch);
      const taken = new Set<string>();
      const parcels: Parcel[] = [];
      for (const row of due) {
        if (taken.has(row.id) || !(await released(tx, row))) continue;
        const members = row.held && row.digestKey ? await store.gatheredWith(tx, row, now) : [];
        const parcel = { leader: row, members: members.filter((each) => !taken.has(each.id)) };
        const ids = [row.id, ...parcel.members.map((each) => each.id)];
        for (const id of ids) taken.add(id);
        await store.lease(tx, ids, later(now, leaseSeconds));
        parcels.push(parcel);
      }
      return { parcels, looked: due.length };
    });
  }

  async function transmit(row: Delivery, message: Outgoing): Promise<SendResult> {
    if (row.channel === 'in-app') return { ok: true, sentTo: row.receiverName };
    const channels = await db.systemRead(channelsOf(row.organisation));
    const channel = channels.find((each: Channel) =>
      row.channel === 'webhook' ? each.id === row.channelId : each.kind === row.channel,
    );
    if (!channel?.enabled) return failed('channel-off', true);
    const allowed = await db.systemRead(allowedTargetsOf(row.organisation));
    return senders[row.channel](message, {
      channel,
      secret: secrets.open(channel.id, channel.secret),
      receiver: row.receiver === '' ? undefined : await receivers.user(row.organisation, row.receiver),
      allowed: allowed.map((each) => each.target),
      now: clock.now(),
    });
  }

  async function settle({ leader, members }: Parcel, text: Outgoing, result: SendResult): Promise<void> {
    await db.systemTransaction(async (tx) => {
      const now = clock.now();
      const memberIds = members.map((each) => each.id);
      if (result.ok) {
        if (leader.channel === 'in-app') await writeMessage(tx, outbox, leader, text, now);
        await store.markSent(tx, leader.id, memberIds, result.sentTo, now);
        return;
      }
      const next = result.permanent ? undefined : retryAt(leader.attempts + 1, now);
      log.warn({ delivery: leader.id, channel: leader.channel, error: result.error, next }, 'a notice did not go');
      await store.markFailed(tx, [leader.id, ...memberIds], result.error, next);
    });
  }

  async function send(parcel: Parcel): Promise<void> {
    const { leader, members } = parcel;
    const receiver = leader.receiver ? await receivers.user(leader.organisation, leader.receiver) : undefined;
    const text = digest([leader, ...members], catalogue.in(receiver?.language ?? defaultLanguage));
    const message: Outgoing = {
      id: leader.id,
      organisation: leader.organisation,
      trigger: leader.trigger,
      phase: leader.phase,
      severity: Math.min(leader.severity, ...members.map((each) => each.severity)),
      ...text,
      about: { kind: leader.aboutKind, id: leader.aboutId },
      at: leader.createdAt,
    };
    const result = await transmit(leader, message).catch((cause) => failed(cause, false));
    await settle(parcel, message, result);
  }

  return {
    /** Sends until nothing is due. Answers how many messages went out or failed. */
    sendDue: async (signal?: AbortSignal): Promise<number> => {
      let sent = 0;
      while (!signal?.aborted) {
        const { parcels, looked } = await takeParcels();
        await Promise.all(parcels.map(send));
        sent += parcels.length;
        if (looked < batch && parcels.length === 0) break;
      }
      return sent;
    },

    /** Forgets what is old: messages after half a year, the log after 400 days. Answers how many rows. */
    tidy: async (): Promise<number> => {
      const now = clock.now();
      return db.systemTransaction(
        async (tx) =>
          (await tx.run(sql`delete from notify.message where created_at < ${later(now, -180 * 86_400)}`)) +
          (await tx.run(sql`delete from notify.delivery where created_at < ${later(now, -400 * 86_400)}`)) +
          (await tx.run(sql`delete from notify.sms_outbox where at < ${later(now, -400 * 86_400)}`)) +
          (await tx.run(sql`delete from notify.thread where not open and changed_at < ${later(now, -400 * 86_400)}`)),
      );
    },
  };
}

export type Sending = ReturnType<typeof createSending>;
