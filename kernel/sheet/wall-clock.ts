import { defaultZone } from '@keystead/contracts/calendar';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-06-01 09:00:05` as the clocks of a zone show it. */
export function wallClock(at: Date, zone: string = defaultZone): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  return format.format(at);
}
