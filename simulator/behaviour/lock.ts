import { type Course, type Occurrence, shown } from './course.ts';
import { dayOf, isWeekend, startOfDay } from './day.ts';
import { roomTemperature } from './indoor.ts';
import { wireless } from './radio.ts';
import { between, chance } from './random.ts';

interface Opening {
  readonly opens: number;
  readonly closes: number;
  /** How somebody came in; undefined when somebody left. */
  readonly by?: string;
}

const ways = ['fingerprint', 'fingerprint', 'code', 'card', 'app'];
/** The bolt follows the closed door after this many ms. */
const boltDelay = 3_000;

/** When the door is opened on one day: out to work and home again, an evening walk, parcels on days off. */
export function openingsOf(seed: number, day: number): Opening[] {
  const midnight = startOfDay(day);
  const draw = (n: number) => chance(seed, day * 16 + n);
  const times: { hour: number; inward: boolean }[] = isWeekend(day)
    ? [
        { hour: between(seed, day * 16, 9, 11), inward: false },
        { hour: between(seed, day * 16 + 1, 11.2, 13), inward: true },
      ]
    : [
        { hour: between(seed, day * 16, 6.8, 8.7), inward: false },
        { hour: between(seed, day * 16 + 1, 17.2, 19.4), inward: true },
      ];
  if (draw(2) < 0.5) {
    const hour = between(seed, day * 16 + 3, 19.6, 20.4);
    times.push({ hour, inward: false }, { hour: hour + between(seed, day * 16 + 4, 0.3, 1.2), inward: true });
  }
  if (draw(5) < 0.35) times.push({ hour: between(seed, day * 16 + 6, 13.5, 16.5), inward: draw(7) < 0.5 });
  return times.map(({ hour, inward }, index) => {
    const opens = Math.round(midnight + hour * 3_600_000);
    const stays = Math.round(between(seed, day * 16 + 8 + index, 4_000, 25_000));
    const by = inward ? ways[Math.floor(draw(14 - index) * ways.length)] : undefined;
    return { opens, closes: opens + stays, ...(by && { by }) };
  });
}

function happenings({ opens, closes, by }: Opening): Occurrence[] {
  return [
    ...(by ? [{ at: opens - 1_500, event: 'unlocked', data: { by } }] : []),
    { at: opens, event: 'door-opened' },
    { at: closes, event: 'door-closed' },
  ];
}

/** A door lock; the door is shut nearly always. */
export const lock = (home: number, seed: number): Course => ({
  values: (at) => {
    const near = openingsOf(seed, dayOf(at)).find(
      ({ opens, closes }) => at >= opens - 1_500 && at < closes + boltDelay,
    );
    return {
      locked: near === undefined,
      open: near !== undefined && at >= near.opens && at < near.closes,
      wrongCodes: 0,
      temperature: shown(roomTemperature(home, at) - 0.8, 0.5),
      ...wireless(seed, at),
    };
  },
  events: (from, to) => {
    const found: Occurrence[] = [];
    for (let day = dayOf(from); day <= dayOf(to); day++)
      for (const opening of openingsOf(seed, day))
        for (const occurrence of happenings(opening))
          if (occurrence.at > from && occurrence.at <= to) found.push(occurrence);
    return found.sort((a, b) => a.at - b.at);
  },
});
