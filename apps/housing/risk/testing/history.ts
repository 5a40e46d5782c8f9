import type { DayUse, HomeFacts } from '../facts.ts';

/** What is really going on in a made-up home. Only tests read it; the judgement never sees it. */
export type Label = 'ordinary' | 'idle' | 'replaced' | 'short-lets' | 'group' | 'vacant' | 'vacant-used';

export interface MadeHome {
  readonly label: Label;
  readonly facts: HomeFacts;
}

/** mulberry32: the same numbers from the same seed everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const span = 150;

interface Body {
  residents: string[];
  /** Share of days on which a resident comes home. */
  habit: number;
  guests: number;
}

/**
 * One home. Ordinary ones are made hard on purpose: journeys, exchanged cards, relatives staying for weeks, helpers,
 * parties, new babies, night shifts; offenders keep some ordinary habits.
 */
export function makeHome(label: Label, next: () => number, name: string): MadeHome {
  const pick = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const leased = label !== 'vacant' && label !== 'vacant-used';
  const people = pick(1, 5);
  // Homes are given out by the size of the household: some room more or less for each, whatever goes on in them.
  const area = pick(10, 20) + people * pick(4, 8);
  const family = Array.from({ length: people }, (_, at) => `${name}-r${at}`);
  const others = Array.from({ length: 24 }, (_, at) => `${name}-o${at}`);
  const habit = 0.6 + next() * 0.4;
  const since = label === 'idle' ? pick(62, 140) : label === 'vacant-used' ? pick(4, 30) : pick(35, 80);
  // As many as make group renting worth the while: less than five square metres for each.
  const crowd = Math.floor(area / 5) + pick(1, 4);
  const journey = next() < 0.3 ? { from: pick(20, 110), days: pick(5, 35) } : undefined;
  const visit = next() < 0.25 ? { from: pick(20, 120), days: pick(7, 40), who: pick(1, 2) } : undefined;
  const exchanged = people > 1 && next() < 0.2 ? pick(40, 120) : span;
  const gathering = next() < 0.15 ? pick(span - 30, span - 1) : span;

  const bodyOn = (day: number): Body => {
    const changed = day >= span - since;
    if (!leased || (label === 'idle' && changed)) return { residents: [], habit: 0, guests: 0 };
    if (label === 'replaced' && changed) return { residents: others.slice(0, Math.max(2, people)), habit, guests: 0.1 };
    if (label === 'short-lets' && changed) return { residents: [], habit: 0, guests: 0.75 };
    if (label === 'group' && changed)
      return { residents: [...family, ...others].slice(0, crowd), habit: Math.max(0.6, habit), guests: 0.1 };
    if (journey && day >= journey.from && day < journey.from + journey.days)
      return { residents: [], habit: 0, guests: 0 };
    const staying = visit && day >= visit.from && day < visit.from + visit.days ? visit.who : 0;
    const own = day >= exchanged ? [`${name}-new`, ...family.slice(1)] : family;
    return { residents: [...own, ...others.slice(12, 12 + staying)], habit, guests: day === gathering ? 4 : 0.08 };
  };

  const days = Array.from({ length: span }, (_, day): DayUse => {
    const { residents, habit: home, guests } = bodyOn(day);
    const marks = residents.filter(() => next() < home);
    const coming = Math.floor(guests) + (next() < guests % 1 ? 1 : 0);
    for (let at = 0; at < coming; at++) marks.push(`${name}-g${day}-${at}`);
    const entries = marks.reduce((total) => total + pick(1, 3), 0);
    const there = marks.length;
    const leak = label === 'vacant-used' && day >= span - since;
    return {
      entries,
      night: Math.floor(entries * next() * 0.15),
      marks,
      trouble: next() < 0.05 ? pick(1, 3) : 0,
      water: leak ? 30 + next() * 90 : there * (60 + next() * 90) + next() * 8,
      electricity: leak ? 2 + next() * 3 : there * (1 + next() * 2) + next() * 1.2,
    };
  });
  return { label, facts: { leased, leasedDays: leased ? 400 : 0, ...(leased ? { people } : {}), area, days } };
}

/** A town: so many homes of each label, in a shuffled order. */
export function makeTown(seed: number, counts: Readonly<Partial<Record<Label, number>>>): MadeHome[] {
  const next = random(seed);
  const homes = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, at) => makeHome(label as Label, next, `${label}${at}`)),
  );
  return shuffled(homes, next);
}

export function shuffled<T>(things: readonly T[], next: () => number): T[] {
  const out = [...things];
  for (let at = out.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
}

/** The logs of the doors are exchanged between the homes; meters and contracts stay. */
export function withPassagesShuffled(homes: readonly MadeHome[], seed: number): MadeHome[] {
  const logs = shuffled(
    homes.map(({ facts }) => facts.days),
    random(seed),
  );
  return homes.map(({ label, facts }, home) => ({
    label,
    facts: {
      ...facts,
      days: facts.days.map((day, at) => {
        const { entries, night, marks, trouble } = logs[home]?.[at] ?? day;
        return { ...day, entries, night, marks, trouble };
      }),
    },
  }));
}

/** Homes whose meters nobody reads from afar. */
export const withoutMeters = (homes: readonly MadeHome[]): MadeHome[] =>
  homes.map(({ label, facts }) => ({
    label,
    facts: { ...facts, days: facts.days.map(({ water: _, electricity: __, ...day }) => day) },
  }));
