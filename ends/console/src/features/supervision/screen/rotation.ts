/** What a page of the big screen is about: the figures on its left, and the one its map is coloured by. */
export interface ScreenPage {
  readonly name: 'house' | 'fee' | 'service' | 'energy';
  readonly figures: readonly string[];
  readonly map: string;
}

export const screenPages: readonly ScreenPage[] = [
  { name: 'house', figures: ['homes', 'vacancy-lettable', 'turnover'], map: 'vacancy' },
  { name: 'fee', figures: ['due', 'collected', 'collection-contract'], map: 'collection' },
  { name: 'service', figures: ['repairs', 'repair-response', 'repair-resolution'], map: 'repairs' },
  { name: 'energy', figures: ['energy', 'tenants', 'warnings-open'], map: 'energy' },
];

/** The pages named in an address (`house,fee`), in that order; all of them when none is known. */
export function chosenPages(names: string | undefined): readonly ScreenPage[] {
  const found = (names ?? '').split(',').flatMap((name) => screenPages.find((page) => page.name === name) ?? []);
  return found.length > 0 ? found : screenPages;
}

const usualSeconds = 20;

/** Seconds a page stays: 5 to 600. */
export function secondsOf(text: string | undefined): number {
  const seconds = Number(text);
  return Number.isInteger(seconds) && seconds >= 5 && seconds <= 600 ? seconds : usualSeconds;
}

/** Which page is shown at a moment: by the clock, so that all screens of a room turn together. */
export const pageAt = (now: number, seconds: number, pages: number): number =>
  Math.floor(now / (seconds * 1000)) % Math.max(1, pages);
