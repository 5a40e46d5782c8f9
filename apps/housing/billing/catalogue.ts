import type { PolicyService } from '@keystead/apps/housing/policy';
import { type Actor, inScope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { BillRules, Subject, Tariff, TariffStep } from './calculation.ts';
import { constraintOf, SubjectMissing, SubjectTaken, TariffTaken } from './problems.ts';

export interface FeeSubject extends Subject {
  nameZh: string;
  nameEn: string;
  unit: string | null;
  retired: boolean;
  version: number;
}

/** What every organisation begins with; the smaller rank is settled first. */
const standard: readonly [code: string, zh: string, en: string, rank: number, unit?: string][] = [
  ['deposit', '保证金', 'Deposit', 5],
  ['rent', '租金', 'Rent', 10],
  ['property', '物业费', 'Property fee', 20],
  ['water', '水费', 'Water', 30, 'm³'],
  ['electricity', '电费', 'Electricity', 31, 'kWh'],
  ['gas', '燃气费', 'Gas', 32, 'm³'],
  ['heat', '暖气费', 'Heating', 33],
  ['internet', '宽带费', 'Internet', 40],
  ['parking', '停车费', 'Parking', 41],
  ['damage', '赔偿', 'Damages', 60],
  ['fine', '罚款', 'Fine', 70],
  ['late-fee', '违约金', 'Late fee', 90],
];

export const standardBillRules: BillRules = { dueDay: 10, lateGrace: 0 };

const columns = sql.raw(`code, name_zh as "nameZh", name_en as "nameEn", fund, rank, unit, retired, version`);

export interface TariffRow extends Tariff {
  id: string;
  basis: string;
  at: Date;
  actorName: string;
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & { policy: Pick<PolicyService, 'at'> };

/** Rules of bills as they are shown, with what the policy of the organisation as a whole says of days of delay. */
export type RulesShown = BillRules & { version: number; latePermyriad: number };

export function createCatalogue({ db, clock, audit, policy }: Parts) {
  const whole = (actor: Actor): void => {
    // Prices are the organisation's: who answers for part of it does not set them.
    if (!inScope(actor.scope, '')) throw new NotAllowed();
  };

  /** The subjects of an organisation, by rank; its first ones are put there when it has none. */
  async function subjectsOf(tx: Tx, organisation: string): Promise<FeeSubject[]> {
    const read = () =>
      tx.all(
        sql<FeeSubject>`select ${columns} from billing.subject where organisation = ${organisation} order by rank, code`,
      );
    const found = await read();
    if (found.length > 0) return found;
    const rows = standard.map(([code, zh, en, rank, unit]) => ({ code, zh, en, rank, unit: unit ?? null }));
    await tx.run(sql`
      insert into billing.subject (organisation, code, name_zh, name_en, fund, rank, unit, retired, version, changed_at)
      select ${organisation}, code, zh, en, case code when 'deposit' then 'deposit' else 'income' end, rank, unit, false, 1, ${clock.now()}
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(code text, zh text, en text, rank smallint, unit text)
      on conflict do nothing`);
    return read();
  }

  async function rulesOf(tx: Tx, organisation: string): Promise<BillRules & { version: number }> {
    const row = await tx.maybe(sql<BillRules & { version: number }>`
      select due_day as "dueDay", late_grace as "lateGrace", version from billing.setting where organisation = ${organisation}`);
    return row ?? { ...standardBillRules, version: 0 };
  }

  const shown = async (tx: Tx, organisation: string): Promise<RulesShown> => {
    const pack = await policy.at(tx, organisation, clock.now());
    return { ...(await rulesOf(tx, organisation)), latePermyriad: pack.value('late-fee-permyriad-per-day') };
  };

  const tariffsOf = (tx: Tx, organisation: string): Promise<TariffRow[]> =>
    tx.all(sql<TariffRow>`
      select id, subject, effective_on::text as "effectiveOn", steps, basis, at, actor_name as "actorName" from billing.tariff
      where organisation = ${organisation} order by subject, effective_on desc`);

  return {
    subjectsOf,
    rulesOf,
    tariffsOf,
    subjects: (actor: Actor) => db.transaction(actor.scope, (tx) => subjectsOf(tx, actor.scope.organisation)),
    /** Names of kinds of fees in a language; a code nobody knows stands for itself. */
    namesIn: async (actor: Actor, language: 'zh-CN' | 'en'): Promise<(code: string) => string> => {
      const found = await db.transaction(actor.scope, (tx) => subjectsOf(tx, actor.scope.organisation));
      const names = new Map(found.map(({ code, nameZh, nameEn }) => [code, language === 'en' ? nameEn : nameZh]));
      return (code) => names.get(code) ?? code;
    },
    tariffs: (actor: Actor) => db.transaction(actor.scope, (tx) => tariffsOf(tx, actor.scope.organisation)),
    rules: (actor: Actor) => db.transaction(actor.scope, (tx) => shown(tx, actor.scope.organisation)),

    /** A fee of one's own (H-9.1.3-b). Throws SubjectTaken, NotAllowed. */
    addSubject: (actor: Actor, wish: Omit<FeeSubject, 'retired' | 'version'>): Promise<FeeSubject> => {
      whole(actor);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        await subjectsOf(tx, organisation);
        const added = await tx.run(sql`
          insert into billing.subject (organisation, code, name_zh, name_en, fund, rank, unit, retired, version, changed_at)
          values (${organisation}, ${wish.code}, ${wish.nameZh}, ${wish.nameEn}, ${wish.fund}, ${wish.rank}, ${wish.unit}, false, 1, ${clock.now()})
          on conflict do nothing`);
        if (added === 0) throw new SubjectTaken({ code: wish.code });
        await audit.add(tx, actor, {
          action: 'fee-subject.add',
          subject: `fee-subject:${wish.code}`,
          detail: { ...wish },
        });
        return { ...wish, retired: false, version: 1 };
      });
    },

    /** Names and order of a subject, or that it is used no more. Throws SubjectMissing, EditConflict. */
    changeSubject: (
      actor: Actor,
      code: string,
      change: Partial<Pick<FeeSubject, 'nameZh' | 'nameEn' | 'rank' | 'retired'>>,
      version?: number,
    ): Promise<FeeSubject> => {
      whole(actor);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        const before = (await subjectsOf(tx, organisation)).find((each) => each.code === code);
        if (!before) throw new SubjectMissing({ code });
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const after = { ...before, ...change, version: before.version + 1 };
        await tx.run(sql`
          update billing.subject set name_zh = ${after.nameZh}, name_en = ${after.nameEn}, rank = ${after.rank},
            retired = ${after.retired}, version = ${after.version}, changed_at = ${clock.now()}
          where organisation = ${organisation} and code = ${code}`);
        await audit.add(tx, actor, {
          action: 'fee-subject.change',
          subject: `fee-subject:${code}`,
          detail: { ...change },
        });
        return after;
      });
    },

    /** Prices of a metered subject from a day on. Throws SubjectMissing, TariffTaken, InputInvalid. */
    addTariff: async (
      actor: Actor,
      wish: { subject: string; effectiveOn: string; steps: readonly TariffStep[]; basis: string },
    ): Promise<TariffRow> => {
      whole(actor);
      checkSteps(wish.steps);
      const { organisation } = actor.scope;
      const row = { ...wish, id: newId(), at: clock.now(), actorName: actor.name };
      try {
        await db.transaction(actor.scope, async (tx) => {
          if (!(await subjectsOf(tx, organisation)).some(({ code }) => code === wish.subject))
            throw new SubjectMissing({ code: wish.subject });
          await tx.run(sql`
            insert into billing.tariff (id, organisation, subject, effective_on, steps, basis, at, actor_name)
            values (${row.id}, ${organisation}, ${wish.subject}, ${wish.effectiveOn}, ${JSON.stringify(wish.steps)}, ${wish.basis}, ${row.at}, ${actor.name})`);
          await audit.add(tx, actor, {
            action: 'tariff.add',
            subject: `fee-subject:${wish.subject}`,
            detail: { ...wish },
          });
        });
      } catch (cause) {
        if (constraintOf(cause)?.startsWith('tariff_')) throw new TariffTaken({ effectiveOn: wish.effectiveOn });
        throw cause;
      }
      return row;
    },

    /** Due day and days of grace. Throws EditConflict. */
    setRules: (actor: Actor, rules: BillRules, version?: number): Promise<RulesShown> => {
      whole(actor);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        const before = await rulesOf(tx, organisation);
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        const after = { ...rules, version: before.version + 1 };
        await tx.run(sql`
          insert into billing.setting (organisation, due_day, late_grace, version, changed_at)
          values (${organisation}, ${rules.dueDay}, ${rules.lateGrace}, ${after.version}, ${clock.now()})
          on conflict (organisation) do update set due_day = excluded.due_day, late_grace = excluded.late_grace,
            version = excluded.version, changed_at = excluded.changed_at`);
        await audit.add(tx, actor, { action: 'bill-rules.set', subject: 'bill-rules', detail: { before, after } });
        return shown(tx, organisation);
      });
    },
  };
}

/** Steps rise, and only the last has no end. */
function checkSteps(steps: readonly TariffStep[]): void {
  const bad = steps.findIndex(({ upTo }, index) => {
    const last = index === steps.length - 1;
    return last ? upTo !== null : upTo === null || upTo <= (steps[index - 1]?.upTo ?? 0);
  });
  if (steps.length === 0 || bad !== -1)
    throw new InputInvalid({ in: 'body' }, [{ pointer: `/steps/${Math.max(bad, 0)}/upTo`, code: 'order' }]);
}

export type BillCatalogue = ReturnType<typeof createCatalogue>;
