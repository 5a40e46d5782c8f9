import type { PolicyService } from '@keystead/apps/housing/policy';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { OrganisationId } from '@keystead/contracts/access';
import { systemActor } from '@keystead/contracts/access';
import { sql, type Tx } from '@keystead/kernel/db';
import { type Job, job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { coreZones, inZones } from './core-zone.ts';
import { emptyStates } from './house-state.ts';
import type { StockWork } from './service.ts';
import { coreTags, vacancyGrade, wholeDays } from './vacancy.ts';

export interface UpkeepParts extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  work: StockWork;
  policy: Pick<PolicyService, 'over'>;
  alarms: Pick<AlarmsService, 'raise' | 'clear'>;
}

const batch = 500;
const vacancyAlarm = 'platform:vacancy';

type Grade = ReturnType<typeof vacancyGrade>;

interface Empty {
  id: string;
  place: string;
  state: string;
  code: string;
  name: string;
  vacantSince: Date;
  core: boolean;
}

/** What time alone does to houses: reservations lapse, vacancy is warned of in three grades (H-9.1.1-d-2). */
export function createUpkeep({ db, clock, log, work, policy, alarms }: UpkeepParts) {
  /** Reservations that ran out; answers how many. */
  async function lapseDue(): Promise<number> {
    const due = await db.systemRead(sql<{ id: string; organisation: OrganisationId }>`
      select id, organisation from stock.house where reserved_until <= ${clock.now()} order by reserved_until limit ${batch}`);
    let lapsed = 0;
    for (const { id, organisation } of due) {
      try {
        await db.systemTransaction((tx) => work.stepIn(tx, systemActor('stock', organisation), id, 'lapse'));
        lapsed += 1;
      } catch (cause) {
        log.warn({ err: cause, house: id }, 'a reservation could not lapse');
      }
    }
    return lapsed;
  }

  async function tell(tx: Tx, organisation: OrganisationId, house: Empty, grade: Grade, now: Date): Promise<void> {
    const subject = { kind: 'house', id: house.id, code: house.code, name: house.name };
    if (grade === undefined) {
      await alarms.clear(tx, { organisation, rule: vacancyAlarm, subject, eventTime: now, readings: {} });
      await tx.run(sql`delete from stock.vacancy_warning where house = ${house.id}`);
      return;
    }
    await alarms.raise(tx, {
      organisation,
      place: house.place,
      rule: vacancyAlarm,
      subject,
      title: { zh: `空置超期：${house.name}`, en: `Vacant too long: ${house.name}` },
      severity: grade,
      transferLevel: 1,
      eventTime: now,
      readings: { days: wholeDays(house.vacantSince, now), since: house.vacantSince.toISOString() },
    });
    await tx.run(sql`
      insert into stock.vacancy_warning (house, organisation, place, grade, at)
      values (${house.id}, ${organisation}, ${house.place}, ${grade}, ${now})
      on conflict (house) do update set grade = excluded.grade, at = excluded.at`);
  }

  /**
   * Raises, lifts and clears the warnings of one organisation. A warning that stands is touched only when its grade or its
   * ground changed, so that a day of vacancy is not an occurrence.
   */
  async function warnIn(organisation: OrganisationId): Promise<number> {
    const now = clock.now();
    return db.systemTransaction(async (tx) => {
      const rules = await policy.over(tx, organisation, now);
      const zones = await coreZones(tx, organisation, coreTags);
      const houses = await tx.all(sql<Empty>`
        select h.id, h.place, h.state, p.code, p.name, h.vacant_since as "vacantSince", ${inZones(zones, 'h.place')} as core
        from stock.house h join places_pub.place p on p.id = h.id
        where h.organisation = ${organisation} and h.vacant_since is not null and h.state = any(${emptyStates})`);
      const told = new Map(
        (
          await tx.all(sql<{ house: string; grade: number }>`
            select house, grade from stock.vacancy_warning where organisation = ${organisation}`)
        ).map(({ house, grade }) => [house, grade]),
      );
      let changed = 0;
      for (const house of houses) {
        const grade = vacancyGrade(rules(house.place).ladder('vacancy-days'), house.core, house.vacantSince, now);
        const before = told.get(house.id);
        told.delete(house.id);
        if (grade === before) continue;
        await tell(tx, organisation, house, grade, now);
        changed += 1;
      }
      for (const id of told.keys()) {
        const subject = { kind: 'house', id };
        await alarms.clear(tx, { organisation, rule: vacancyAlarm, subject, eventTime: now, readings: {} });
        await tx.run(sql`delete from stock.vacancy_warning where house = ${id}`);
        changed += 1;
      }
      return changed;
    });
  }

  async function warnVacancy(): Promise<number> {
    const organisations = await db.systemRead(
      sql<{ organisation: OrganisationId }>`select distinct organisation from stock.house`,
    );
    let changed = 0;
    for (const { organisation } of organisations) changed += await warnIn(organisation);
    return changed;
  }

  const jobs: Job[] = [
    job({ name: 'stock.lapse-reservations', every: 30, timeout: 60, run: async () => void (await lapseDue()) }),
    job({ name: 'stock.warn-vacancy', every: 3600, timeout: 600, run: async () => void (await warnVacancy()) }),
  ];
  return { lapseDue, warnVacancy, jobs };
}
