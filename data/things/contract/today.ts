import { dateOf, defaultZone, localTime } from '@keystead/contracts/calendar';

/** Date of an instant as calendars at the site show it: `2026-06-01`. */
export const dateAt = (instant: Date): string => dateOf(localTime(defaultZone, instant.getTime()).day);
