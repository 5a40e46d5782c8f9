import { type BenchCity, buildCity } from '../city.ts';
import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, type Figures, rounded } from '../result.ts';

interface Figure {
  measure: string;
  frozen: boolean;
}

const dayMs = 86_400_000;
const dayAgo = (days: number): string => new Date(Date.now() + 28_800_000 - days * dayMs).toISOString().slice(0, 10);
/** Days spread over the years, always the same ones. */
const pastDays = (count: number): string[] => Array.from({ length: count }, (_, n) => dayAgo(3 + ((n * 733) % 1760)));
const nth = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

/** Asks for all figures on days spread over the years, for the city and its districts, and what pages ask beside. */
export async function measureIndicators(
  client: Client,
  city: BenchCity,
  { say, option }: BenchContext,
): Promise<Figures> {
  async function timed(path: string): Promise<number> {
    const began = performance.now();
    await client.get(path);
    return performance.now() - began;
  }
  const days = pastDays(option('days', 40));
  const [first = []] = [await client.get<Figure[]>(`/measures/figures?day=${days[0]}`)];
  if (first.some(({ frozen }) => frozen)) throw new Error('a day that was kept proves nothing');
  const all: number[] = [];
  for (const day of days) all.push(await timed(`/measures/figures?day=${day}`));
  const district: number[] = [];
  for (const [n, day] of days.entries())
    district.push(await timed(`/measures/figures?day=${day}&place=${city.districts[n % 3]}`));
  const parts: number[] = [];
  for (const measure of ['vacancy', 'collection', 'energy', 'repair-response'])
    for (const place of [city.region, city.districts[0], city.projects[0], city.buildings[0]])
      parts.push(await timed(`/measures/${measure}/children?place=${place}&day=${days[7]}`));
  const today: number[] = [];
  for (let round = 0; round < 10; round++) today.push(await timed('/measures/figures'));
  const trend = await timed('/measures/collection/trend?months=13');
  for (const [name, times] of Object.entries({ all, district, parts, today }))
    say(`${name}: p50 ${nth(times, 0.5).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms`);
  return {
    indicators: first.length,
    all_p50_ms: rounded(nth(all, 0.5)),
    all_p95_ms: rounded(nth(all, 0.95)),
    all_most_ms: rounded(Math.max(...all)),
    today_p50_ms: rounded(nth(today, 0.5)),
    district_p95_ms: rounded(nth(district, 0.95)),
    parts_p95_ms: rounded(nth(parts, 0.95)),
    trend_of_13_ms: rounded(trend),
    rows: city.rows,
  };
}

export const indicators: Benchmark = {
  name: 'indicators',
  summary: 'every indicator of a city of 20,000 homes with five years of history, on days of the past that nobody kept',
  goals: { all_most_ms: { at: '≤', value: 1000 }, district_p95_ms: { at: '≤', value: 1000 } },
  run: (context) =>
    withPlatform({ demo: 10 }, async (platform) => {
      const city = await buildCity(platform, context.option('homes', 20_000));
      context.say(`${city.rows.toLocaleString('en-US')} rows in ${city.seconds.toFixed(0)} s`);
      return measureIndicators(new Client(platform), city, context);
    }),
};
