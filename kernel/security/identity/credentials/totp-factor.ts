import { randomBytes } from 'node:crypto';
import { newId } from '@keystead/contracts/ids';
import type { Clock } from '@keystead/kernel/base';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Envelope } from '@keystead/kernel/security/keys';
import type { SecondFactor } from './second-factor.ts';
import { base32, totpStep, totpUri } from './totp.ts';

interface FactorRow {
  id: string;
  wrapped: Buffer;
}

/** Time-based one-time codes (RFC 6238). The secret is stored wrapped; a step that was used is refused (H-11.1-a-2). */
export function createTotpFactor(envelope: () => Envelope, clock: Clock): SecondFactor {
  const find = (tx: Tx, account: string, confirmed: boolean): Promise<FactorRow | undefined> =>
    tx.maybe(sql<FactorRow>`select id, wrapped from identity.factor
      where account = ${account} and kind = 'totp' and (confirmed_at is not null) = ${confirmed}`);

  /** True once for a step: the row itself refuses a step that is not later than the last one. */
  async function use(tx: Tx, row: FactorRow, answer: string): Promise<boolean> {
    const step = totpStep(envelope().unwrap(row.id, row.wrapped), answer, clock.now());
    if (step === undefined) return false;
    const touched = await tx.run(sql`update identity.factor set last_step = ${step}
      where id = ${row.id} and (last_step is null or last_step < ${step})`);
    return touched === 1;
  }

  return {
    kind: 'totp',
    begin: async (tx, { account, organisation, userName }) => {
      const id = newId();
      const secret = randomBytes(20);
      await tx.run(
        sql`delete from identity.factor where account = ${account} and kind = 'totp' and confirmed_at is null`,
      );
      await tx.run(sql`insert into identity.factor (id, account, organisation, kind, wrapped, made_at)
        values (${id}, ${account}, ${organisation}, 'totp', ${envelope().wrap(id, secret)}, ${clock.now()})`);
      return { secret: base32(secret), uri: totpUri(secret, userName) };
    },
    confirm: async (tx, { account }, answer) => {
      const row = await find(tx, account, false);
      if (!row || !(await use(tx, row, answer))) return false;
      await tx.run(sql`update identity.factor set confirmed_at = ${clock.now()} where id = ${row.id}`);
      return true;
    },
    verify: async (tx, { account }, answer) => {
      const row = await find(tx, account, true);
      return row !== undefined && use(tx, row, answer);
    },
  };
}
