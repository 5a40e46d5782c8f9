import { type Actor, inScope } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type FieldId, fieldIds, type Purpose, PurposeMissing, personalFields } from './fields.ts';

export interface RegisteredPurpose extends Purpose {
  readonly field: FieldId;
  readonly registeredAt: Date;
  readonly endedAt: Date | null;
}

const purposes = (organisation: string): Query<RegisteredPurpose> =>
  sql<RegisteredPurpose>`select field, purpose, basis, retention_years as "retentionYears",
    registered_at as "registeredAt", ended_at as "endedAt"
    from parties.purpose where organisation = ${organisation} order by field`;

/** The register of purposes 处理目的登记: what may be collected, why, on which ground, how long (H-11.3-e-1). */
export function createPurposes({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  /** Writes down the purposes an organisation begins with; one that was ended stays ended. */
  async function furnish(tx: Tx, organisation: string): Promise<void> {
    for (const field of fieldIds) {
      const { purpose } = personalFields[field];
      if (!purpose) continue;
      await tx.run(sql`insert into parties.purpose (organisation, field, purpose, basis, retention_years, registered_at, registered_by)
        values (${organisation}, ${field}, ${purpose.purpose}, ${purpose.basis}, ${purpose.retentionYears}, ${clock.now()}, 'platform')
        on conflict do nothing`);
    }
  }

  async function inForce(tx: Tx, organisation: string): Promise<Map<FieldId, RegisteredPurpose>> {
    const rows = await tx.all(purposes(organisation));
    return new Map(rows.filter(({ endedAt }) => endedAt === null).map((row) => [row.field, row]));
  }

  /** Refuses fields nobody said why they are held; throws PurposeMissing. */
  async function require(tx: Tx, organisation: string, fields: readonly FieldId[]): Promise<void> {
    let known = await inForce(tx, organisation);
    if (known.size === 0) {
      await furnish(tx, organisation);
      known = await inForce(tx, organisation);
    }
    const missing = [...new Set(fields.filter((field) => !known.has(field)))];
    if (missing.length > 0) throw new PurposeMissing({ fields: missing });
  }

  /** A register speaks for the whole organisation, and so must whoever changes it. */
  const requireWhole = (actor: Actor): void => {
    if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
  };

  return {
    require,
    list: (actor: Actor): Promise<RegisteredPurpose[]> =>
      db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation);
        return tx.all(purposes(actor.scope.organisation));
      }),

    register: async (actor: Actor, field: FieldId, { purpose, basis, retentionYears }: Purpose): Promise<void> => {
      requireWhole(actor);
      return db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation);
        await tx.run(sql`insert into parties.purpose (organisation, field, purpose, basis, retention_years, registered_at, registered_by)
          values (${actor.scope.organisation}, ${field}, ${purpose}, ${basis}, ${retentionYears}, ${clock.now()}, ${actor.id})
          on conflict (organisation, field) do update set purpose = excluded.purpose, basis = excluded.basis,
            retention_years = excluded.retention_years, registered_at = excluded.registered_at,
            registered_by = excluded.registered_by, ended_at = null`);
        const detail = { purpose, basis, retentionYears };
        await audit.add(tx, actor, { action: 'purpose.register', subject: `field:${field}`, detail });
      });
    },

    /** The purpose has ended: what was held for it is deleted, and no more is taken. Answers how many values went. */
    end: async (actor: Actor, field: FieldId): Promise<number> => {
      requireWhole(actor);
      return db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation);
        const { organisation } = actor.scope;
        await tx.run(sql`update parties.purpose set ended_at = ${clock.now()}
          where organisation = ${organisation} and field = ${field} and ended_at is null`);
        const deleted = await tx.run(
          sql`delete from parties.field where organisation = ${organisation} and field = ${field}`,
        );
        await audit.add(tx, actor, { action: 'purpose.end', subject: `field:${field}`, detail: { deleted } });
        return deleted;
      });
    },
  };
}

export type Purposes = ReturnType<typeof createPurposes>;
