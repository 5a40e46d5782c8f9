import {
  aroundTheClock,
  type CompiledCalendar,
  chinaHolidays,
  chinaHolidayYears,
  compileCalendar,
  officeHours,
  type WorkingCalendar,
} from '@keystead/contracts/calendar';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Calendars } from './course.ts';
import type { CaseKind, ServiceLevel } from './kind.ts';
import type { Priority } from './priority.ts';
import { CalendarInvalid } from './problems.ts';

const known = chinaHolidayYears.map(chinaHolidays);

/** Calendars every organisation has until it writes its own under the same name. */
export const standardCalendars: Readonly<Record<string, WorkingCalendar>> = {
  'around-the-clock': aroundTheClock,
  office: {
    ...officeHours,
    holidays: known.flatMap((year) => year?.holidays ?? []),
    workdays: known.flatMap((year) => year?.workdays ?? []),
  },
};

/** A calendar ready for arithmetic; throws CalendarInvalid with every fault. */
export function usableCalendar(definition: WorkingCalendar): CompiledCalendar {
  const compiled = compileCalendar(definition);
  if (!compiled.ok) throw new CalendarInvalid({}, compiled.errors);
  return compiled.calendar;
}

const cacheLimit = 100;
const cache = new Map<string, CompiledCalendar>();

function compiledOf(definition: WorkingCalendar): CompiledCalendar {
  const key = JSON.stringify(definition);
  const before = cache.get(key);
  if (before) return before;
  if (cache.size >= cacheLimit) cache.clear();
  const made = usableCalendar(definition);
  cache.set(key, made);
  return made;
}

export interface CalendarRow {
  name: string;
  definition: WorkingCalendar;
  version: number;
}

export const ownCalendars = (organisation: string) =>
  sql<CalendarRow>`select name, definition, version from cases.calendar where organisation = ${organisation} order by name`;

/** The calendars of an organisation by name; an unknown name counts around the clock rather than never. */
export async function calendarsOf(tx: Tx, organisation: string): Promise<Calendars> {
  const definitions = new Map(Object.entries(standardCalendars));
  for (const row of await tx.all(ownCalendars(organisation))) definitions.set(row.name, row.definition);
  return (name) => compiledOf(definitions.get(name) ?? aroundTheClock);
}

/** The service level of a kind and priority: the organisation's own, else the kind's. */
export async function levelOf(tx: Tx, organisation: string, kind: CaseKind, priority: Priority): Promise<ServiceLevel> {
  const own = await tx.maybe(sql<ServiceLevel>`
    select response, resolution, calendar from cases.service_level
    where organisation = ${organisation} and kind = ${kind.id} and priority = ${priority}`);
  return own ?? kind.levels[priority];
}
