import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import type { Context } from '../context.ts';

/** Someone a code is for. */
export interface CodeReceiver {
  readonly account: string;
  readonly organisation: string;
}

/** Brings a code to its receiver by a way that is his alone; false when there is none. */
export type CodeCarrier = (to: CodeReceiver, message: { code: string; minutes: number }) => Promise<boolean>;

const livesMinutes = 5;
/** How long a code may be used. */
export const codeSeconds = livesMinutes * 60;
const pauseSeconds = 60;
const mostTries = 5;
const mostADay = 10;

const digestOf = (account: string, purpose: string, code: string): Buffer =>
  createHash('sha256').update(`${account}\n${purpose}\n${code}`).digest();

/**
 * One-time codes of six digits: one at a time for account and purpose, five minutes, five tries, one a minute and ten a
 * day. Tries are counted before they are compared, so that many at once are many.
 */
export function createOneTimeCodes({ db, clock, audit, log }: Pick<Context, 'db' | 'clock' | 'audit' | 'log'>) {
  let carry: CodeCarrier = async () => false;

  return {
    useCarrier: (carrier: CodeCarrier): void => {
      carry = carrier;
    },

    /** Sends a code unless one just went; answers how many seconds it lives. Who waits is not told more than that. */
    send: async (to: CodeReceiver, purpose: string): Promise<number> => {
      const now = clock.now();
      const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const [written] = await db.systemRead(sql<{ sent: number }>`
        insert into identity.one_time_code as o
          (account, organisation, purpose, hash, made_at, expires_at, tries, sent, counted_from)
        values (${to.account}, ${to.organisation}, ${purpose}, ${digestOf(to.account, purpose, code)}, ${now},
          ${after(codeSeconds)}, 0, 1, ${now})
        on conflict (account, purpose) do update set hash = excluded.hash, made_at = excluded.made_at,
          expires_at = excluded.expires_at, tries = 0,
          sent = case when o.counted_from <= ${after(-86_400)} then 1 else o.sent + 1 end,
          counted_from = case when o.counted_from <= ${after(-86_400)} then excluded.made_at else o.counted_from end
        where o.made_at <= ${after(-pauseSeconds)} and (o.sent < ${mostADay} or o.counted_from <= ${after(-86_400)})
        returning sent`);
      if (!written) return codeSeconds;
      const carried = await carry(to, { code, minutes: livesMinutes });
      if (!carried) log.warn({ account: to.account }, 'there is no way to bring a one-time code');
      const actor = systemActor('identity', to.organisation as OrganisationId);
      await db.systemTransaction((tx) =>
        audit.add(tx, actor, {
          action: 'one-time-code.send',
          subject: `user:${to.account}`,
          outcome: carried ? 'done' : 'failed',
          detail: { purpose: purpose.split(':')[0] },
        }),
      );
      return codeSeconds;
    },

    /** True once for the code that was sent; it is gone then. */
    use: async (account: string, purpose: string, code: string): Promise<boolean> => {
      const [kept] = await db.systemRead(sql<{ hash: Buffer }>`
        update identity.one_time_code set tries = tries + 1
        where account = ${account} and purpose = ${purpose} and expires_at > ${clock.now()} and tries < ${mostTries}
        returning hash`);
      if (!kept || !timingSafeEqual(kept.hash, digestOf(account, purpose, code))) return false;
      const gone = await db.systemRead(sql<{ account: string }>`
        update identity.one_time_code set expires_at = made_at
        where account = ${account} and purpose = ${purpose} and hash = ${kept.hash} and expires_at > ${clock.now()}
        returning account`);
      return gone.length === 1;
    },
  };
}

export type OneTimeCodes = ReturnType<typeof createOneTimeCodes>;
