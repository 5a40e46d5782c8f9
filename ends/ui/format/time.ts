const zone = 'Asia/Shanghai';
/** China has one zone and no summer time. */
const offset = '+08:00';

// Making a format costs a thousand times what using it costs, and lists use it in every row.
const whole = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const relative = new Map<string, Intl.RelativeTimeFormat>();

function relativeIn(language: string): Intl.RelativeTimeFormat {
  const made = relative.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  relative.set(language, made);
  return made;
}

/** `2026-06-01 09:00:05` in the site's zone, the same in both languages so that tables line up. */
export function dateTime(value: string | number | Date | null | undefined): string {
  if (value === null || value === undefined) return '—';
  const parts = Object.fromEntries(whole.formatToParts(new Date(value)).map(({ type, value: text }) => [type, text]));
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

/** `2026-06-01` on the site's calendar, today or so many days from it, whatever zone the reader's machine is in. */
export const siteDate = (days = 0, now = Date.now()): string => dateTime(now + days * 86_400_000).slice(0, 10);

/** The instant of `2026-06-01 09:00` on the site's clock; undefined for text that is no time. */
export function fromSiteTime(text: string): Date | undefined {
  const at = new Date(`${text.replace(' ', 'T')}${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** `3 分钟前` / `3 minutes ago`. */
export function ago(value: string | number | Date, language: string, now = Date.now()): string {
  // Clocks differ a little: what lies just ahead happened now.
  const ahead = (new Date(value).getTime() - now) / 1000;
  const seconds = ahead > 0 && ahead < 30 ? 0 : ahead;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return relativeIn(language).format(Math.round(seconds / (size as number)), unit as Intl.RelativeTimeFormatUnit);
}

/** Seconds as `1 天 3 小时` / `1 d 3 h`: the two largest parts. */
export function duration(seconds: number, language: string): string {
  const words = language === 'en' ? ['d', 'h', 'min', 's'] : ['天', '小时', '分', '秒'];
  const sizes = [86_400, 3600, 60, 1];
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  sizes.forEach((size, index) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${words[index]}`);
  });
  return parts.slice(0, 2).join(' ') || `0 ${words[3]}`;
}
