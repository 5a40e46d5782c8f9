import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';

const sizes = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A number of bytes as people read it: `1.4 GB`. */
export function bytes(count: number): string {
  const step = count < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(count) / 10));
  return `${(count / 1024 ** step).toLocaleString('en-US', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${sizes[step]}`;
}

/** What a probe adds beside its value and limit, which have columns of their own. */
export const remarkOf = (detail: string): string => detail.replace(/^-?[\d.]+ \S+ {2}\([≥≤] [^)]*\)\s*/, '');

/** Which side of its limit is trouble. */
export const signOf = (detail: string): string => /\(([≥≤]) /.exec(detail)?.[1] ?? '';

/** The time of the day of a job that runs once a day, on the site's clock; undefined for other rhythms. */
export function dailyAt(cron: string): string | undefined {
  const [, minute, hour] = /^(\d+) (\d+) \* \* \*$/.exec(cron) ?? [];
  if (minute === undefined || hour === undefined) return undefined;
  return dateTime(Date.UTC(2026, 0, 1, Number(hour), Number(minute))).slice(11, 16);
}

/** Names of probes, processes and jobs; one that has no word of its own is called by its name. */
export function useSystemWords() {
  const { t, has } = useTexts();
  return {
    probe: (source: string) => (has(`system.probe.${source}`) ? t(`system.probe.${source}`) : source),
    unit: (unit: string) => (has(`system.unit.${unit}`) ? t(`system.unit.${unit}`) : unit),
    role: (role: string) => (has(`system.role.${role}`) ? t(`system.role.${role}`) : role),
    job: (name: string) => (has(`system.job.${name}`) ? t(`system.job.${name}`) : name),
  };
}
