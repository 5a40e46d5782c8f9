/** People's rhythms follow the wall clock of the community: UTC+8, which has no summer time. */
const zoneShift = 8 * 3_600_000;

export const dayLength = 86_400_000;

/** Number of the local day (0 = 1970-01-01) of a moment in ms since 1970. */
export const dayOf = (at: number): number => Math.floor((at + zoneShift) / dayLength);

/** Where a local day begins, ms since 1970. */
export const startOfDay = (day: number): number => day * dayLength - zoneShift;

/** Hours since local midnight, with their fraction. */
export const hourOf = (at: number): number => (at - startOfDay(dayOf(at))) / 3_600_000;

/** 1970-01-01 was a Thursday. */
export const isWeekend = (day: number): boolean => [0, 6].includes((day + 4) % 7);

/** 1 in the hottest days of July, −1 in the coldest of January. */
export const season = (at: number): number => Math.cos(((dayOf(at) % 365.2425) - 200) * ((2 * Math.PI) / 365.2425));
