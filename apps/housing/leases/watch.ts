import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { agreementChanged, agreementMarked } from '@keystead/contracts/events/agreements';
import type { EventEnvelope, EventType, Payload } from '@keystead/contracts/events/define';
import { leaseFilingDue } from '@keystead/contracts/events/leases';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { rentStates } from './lease.ts';

export const expiryRule = 'platform:lease-expiry';
export const filingRule = 'platform:lease-filing';

type Parts = Pick<Kernel, 'db' | 'clock' | 'outbox'> & { alarms: AlarmsService };
type Of<E extends EventType> = EventEnvelope<Payload<E>>;

const gradeOf = (daysLeft: number): 2 | 3 | 4 => (daysLeft > 30 ? 4 : daysLeft > 7 ? 3 : 2);

/** Warnings a lease gives by itself (H-9.1.3-c); they tell people, and do nothing to a door or a meter. */
export function createLeaseWatch({ db, clock, outbox, alarms }: Parts) {
  const subject = (id: string, code: string) => ({ kind: 'agreement', id, code, name: code });

  async function marked({ payload, organisation, place }: Of<typeof agreementMarked>, tx: Tx): Promise<void> {
    const { id, kind, code, mark, daysLeft, endsOn } = payload;
    if (kind !== 'lease' || !(mark.startsWith('expiring-') || mark.startsWith('expired'))) return;
    const over = daysLeft < 0;
    await alarms.raise(tx, {
      organisation,
      place,
      rule: expiryRule,
      subject: subject(id, code),
      title: over
        ? {
            zh: `租约 ${code} 已于 ${endsOn} 到期，尚未退租或续签`,
            en: `Lease ${code} expired on ${endsOn}; nobody moved out or renewed`,
          }
        : {
            zh: `租约 ${code} 将于 ${endsOn} 到期（剩 ${daysLeft} 天）`,
            en: `Lease ${code} ends on ${endsOn} (${daysLeft} days left)`,
          },
      severity: over ? 2 : gradeOf(daysLeft),
      transferLevel: 2,
      eventTime: clock.now(),
      readings: { daysLeft, endsOn },
    });
  }

  /** It ended, or another lease follows it: nothing is left to warn of. */
  async function changed({ payload, organisation }: Of<typeof agreementChanged>, tx: Tx): Promise<void> {
    const { id, kind, to } = payload;
    if (kind !== 'lease') return;
    const previous =
      to === 'signed'
        ? (await tx.maybe(sql<{ previous: string | null }>`select previous from leases.lease where agreement = ${id}`))
            ?.previous
        : null;
    const over = [...(to === 'ended' || to === 'archived' ? [id] : []), ...(previous ? [previous] : [])];
    for (const each of over)
      await alarms.clear(tx, {
        organisation,
        rule: expiryRule,
        subject: { kind: 'agreement', id: each },
        eventTime: clock.now(),
        readings: { state: to },
      });
  }

  /** Says once of each signed lease that it is to be filed, a week before the last day. */
  async function remind(today: string): Promise<number> {
    const due = await db.systemRead(sql<{
      id: string;
      organisation: string;
      place: string;
      code: string;
      dueOn: string;
    }>`
      select l.agreement as id, l.organisation, l.place, a.code, l.filing_due_on::text as "dueOn"
      from leases.lease l join agreements_pub.agreement a on a.id = l.agreement
      where l.filed_on is null and l.reminded_at is null and l.filing_due_on - 7 <= ${today}::date
        and a.state in ('signed', 'effective', 'expiring', 'holdover') order by l.agreement limit 1000`);
    for (const { id, organisation, place, code, dueOn } of due)
      await db.systemTransaction(async (tx) => {
        await tx.run(sql`update leases.lease set reminded_at = ${clock.now()} where agreement = ${id}`);
        await outbox.add(tx, leaseFilingDue, { organisation, place }, { id, code, dueOn });
        await alarms.raise(tx, {
          organisation,
          place,
          rule: filingRule,
          subject: subject(id, code),
          title: { zh: `租约 ${code} 应在 ${dueOn} 前备案`, en: `Lease ${code} is to be filed by ${dueOn}` },
          severity: 4,
          transferLevel: 1,
          eventTime: clock.now(),
          readings: { dueOn },
        });
      });
    return due.length;
  }

  return { marked, changed, remind };
}

export interface HouseNotice {
  readonly lease: string;
  readonly state: string;
  readonly arrears: boolean;
  /** All that may follow from it for a lock or a meter: it is shown. Nothing is cut or barred by it. */
  readonly effect: 'warning';
}

/** What locks and meters of a house are told of its lease (H-9.1.3-c): a warning to show, never an order. */
export async function noticeOf(
  tx: Tx,
  organisation: string,
  house: string,
  owes: (tx: Tx, agreement: string) => Promise<boolean>,
): Promise<HouseNotice | undefined> {
  const lease = await tx.maybe(sql<{ id: string; state: string }>`
    select id, state from agreements_pub.agreement where organisation = ${organisation} and subject = ${house} and kind = 'lease'
      and state = any(${[...rentStates]}) order by starts_on desc limit 1`);
  if (!lease) return undefined;
  return { lease: lease.id, state: lease.state, arrears: await owes(tx, lease.id), effect: 'warning' };
}
