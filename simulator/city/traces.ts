import type { Choice } from './choice.ts';
import type { ConductKind } from './conduct.ts';
import { noon } from './months.ts';
import type { Span } from './tenancy.ts';

/** One local day of a home as lock and meters saw it. */
export interface DayTrace {
  /** Local midday, ms since 1970. */
  readonly at: number;
  /** Openings from outside and from inside. */
  readonly outside: number;
  readonly inside: number;
  /** Different keys that were used. */
  readonly keys: number;
  /** Openings between midnight and five. */
  readonly night: number;
  /** Litres. */
  readonly water: number;
  /** Watt hours. */
  readonly electricity: number;
}

export const traceDays = 90;
const dayMs = 86_400_000;

interface Habit {
  readonly openings: number;
  readonly keys: number;
  readonly night: number;
  readonly litres: number;
  readonly wattHours: number;
}

function habitOf(kind: ConductKind, persons: number): Habit {
  const plain = {
    openings: 1.6 * persons,
    keys: persons,
    night: 0.03,
    litres: 95 * persons,
    wattHours: 2300 + 900 * persons,
  };
  if (kind === 'idle') return { openings: 0.04, keys: 1, night: 0, litres: 0.6, wattHours: 140 };
  if (kind === 'sublet') return { ...plain, openings: 2.2 * persons + 1, keys: persons + 1, night: 0.09 };
  if (kind === 'group-renting') return { openings: 15, keys: 7, night: 0.2, litres: 620, wattHours: 9800 };
  if (kind === 'vacant-use') return { openings: 0.5, keys: 1, night: 0.4, litres: 60, wattHours: 1500 };
  return persons === 0 ? { openings: 0.03, keys: 1, night: 0, litres: 0.3, wattHours: 60 } : plain;
}

/** About `mean` of something that happens by itself: whole, never below 0. */
const about = (pick: Choice, mean: number): number => Math.floor(mean * (0.55 + 0.9 * pick.next()) + pick.next());

/** The last days of a home, oldest first: what a lock and two meters leave behind, and nothing said about why. */
export function* tracesOf(pick: Choice, span: Span, kind: ConductKind, persons: number): Generator<DayTrace> {
  const habit = habitOf(kind, persons);
  const today = noon(span.today);
  let away = 0;
  for (let day = traceDays; day > 0; day--) {
    if (away === 0 && persons > 0 && kind !== 'group-renting' && pick.chance(0.006)) away = 3 + pick.below(12);
    const rate = away > 0 ? 0.02 : 1;
    if (away > 0) away--;
    const outside = about(pick, habit.openings * rate);
    yield {
      at: today - day * dayMs,
      outside,
      inside: about(pick, habit.openings * rate),
      keys: Math.min(outside, 1 + pick.below(Math.max(1, habit.keys))),
      night: Math.min(outside, about(pick, habit.night * habit.openings * rate * 0.6)),
      water: about(pick, habit.litres * rate),
      electricity: about(pick, habit.wattHours * Math.max(rate, 0.2)),
    };
  }
}
