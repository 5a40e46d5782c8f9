import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import type { ThingModel } from '../queries.ts';

const text = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${text(each)}`)
    .join(' · ');
};

/** What devices of a model are promised to be able to do (H-6.*). */
export function Capabilities({ capabilities }: { capabilities: NonNullable<ThingModel['capabilities']> }) {
  const t = useT();
  return (
    <KeyValue
      facts={Object.entries(capabilities).map(([key, value]) => ({
        key,
        label: t(`things.capability.${key}`),
        value: typeof value === 'boolean' ? t(`things.capability.${value}`) : text(value),
      }))}
    />
  );
}
