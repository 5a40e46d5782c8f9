import { choiceOf } from './choice.ts';
import { type ConductKind, conductOf } from './conduct.ts';
import type { CityHome } from './layout.ts';
import { type Bill, billsOf } from './money.ts';
import { monthOf } from './months.ts';
import { type Household, householdOf, trait } from './people.ts';
import { type Application, applicationOf, type Span, type Tenancy, tenanciesOf } from './tenancy.ts';
import { type DayTrace, tracesOf } from './traces.ts';
import { type Inspection, inspectionsOf, type Repair, repairsOf } from './upkeep.ts';

export interface CitySettings {
  readonly seed: number;
  /** Local date; the history ends the day before it. */
  readonly today: string;
  /** Months of history before the one that runs. */
  readonly months: number;
}

/** Everything that happened in and around one home. */
export interface Life {
  readonly home: number;
  readonly tenancies: readonly (Tenancy & { readonly bills: readonly Bill[] })[];
  readonly state: 'occupied' | 'moving-out' | 'vacant' | 'allocatable' | 'maintenance';
  /** Local dates. */
  readonly openedOn: string;
  readonly since: string;
  readonly repairs: readonly Repair[];
  readonly inspections: readonly Inspection[];
  readonly traces: readonly DayTrace[];
}

export const spanOf = ({ today, months }: CitySettings): Span => {
  const now = monthOf(today);
  return { from: now - months, now, today };
};

const isInhabited = (tenancies: readonly Tenancy[]): boolean => tenancies.at(-1)?.leftOn === null;

function stateOf(seed: number, home: number, tenancies: readonly Tenancy[]): Life['state'] {
  if (isInhabited(tenancies)) return tenancies.at(-1)?.leases.at(-1)?.state === 'holdover' ? 'moving-out' : 'occupied';
  const at = trait(seed, home, 'state');
  return at < 0.55 ? 'allocatable' : at < 0.8 ? 'maintenance' : 'vacant';
}

/** The life of a home: a function of seed, home and day, so that any home can be asked for by itself. */
export function lifeOf(settings: CitySettings, home: CityHome): Life {
  const { seed } = settings;
  const span = spanOf(settings);
  const { index } = home;
  const pick = choiceOf(seed, 'home', index);
  const lived = tenanciesOf(pick, span, index, home.rent, trait(seed, index, 'vacancy'));
  const inhabited = isInhabited(lived);
  const conduct = conductOf(seed, index, inhabited);
  const tenancies = lived.map((tenancy) => ({
    ...tenancy,
    bills: [...billsOf(pick, tenancy, conduct, span, home.floorArea)],
  }));
  const last = lived.at(-1);
  const persons = inhabited ? (last?.household.members.length ?? 0) : 0;
  const openedOn = `${Math.floor(span.from / 12)}-01-01`;
  return {
    home: index,
    tenancies,
    state: stateOf(seed, index, lived),
    openedOn,
    since: last ? (last.leftOn ?? last.movedIn) : openedOn,
    repairs: lived.flatMap(({ from, until }) => [...repairsOf(pick, span, from, until)]),
    inspections: [...inspectionsOf(pick, span, index, conduct.kind === 'idle')],
    traces: [...tracesOf(pick, span, conduct.kind, persons)],
  };
}

/** Households that applied and have no home yet, each where its review got to. */
export function waitingOf(settings: CitySettings, number: number): { household: Household; application: Application } {
  const pick = choiceOf(settings.seed, 'waiting', number);
  // Numbers from the top, so that they meet nobody who lives somewhere.
  const household = householdOf(pick, 1_249_999 - number);
  const opened = new Date(Date.parse(`${settings.today}T00:00:00Z`) - (2 + pick.below(60)) * 86_400_000);
  const before = Date.parse(`${settings.today}T00:00:00Z`);
  return { household, application: applicationOf(pick, opened.toISOString().slice(0, 10), 1 + pick.below(7), before) };
}

/** What is the matter with a home: for whoever scores warnings, and for nobody else. */
export function labelOf(settings: CitySettings, home: CityHome): { home: string; kind: ConductKind } {
  const span = spanOf(settings);
  const pick = choiceOf(settings.seed, 'home', home.index);
  const lived = tenanciesOf(pick, span, home.index, home.rent, trait(settings.seed, home.index, 'vacancy'));
  return { home: home.path, kind: conductOf(settings.seed, home.index, isInhabited(lived)).kind };
}

/** How many rows a life is: what a table of each kind would hold. */
export const rowsIn = (life: Life): number =>
  1 +
  life.repairs.length +
  life.inspections.length +
  life.traces.length +
  life.tenancies.reduce(
    (sum, { household, application, leases, bills }) =>
      sum + 2 + household.members.length + application.steps.length + leases.length + rowsOf(bills),
    0,
  );

const rowsOf = (bills: readonly Bill[]): number =>
  bills.reduce((sum, { lines, paid }) => sum + 1 + lines.length + (paid ? 1 : 0), 0);
