import { useTexts } from '@keystead/ui/i18n';

const sizes = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A number of bytes as people read it: `1.4 GB`. */
export function bytes(count: number): string {
  const step = count < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(count) / 10));
  return `${(count / 1024 ** step).toLocaleString('en-US', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${sizes[step]}`;
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
