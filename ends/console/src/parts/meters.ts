import { useTexts } from '@keystead/ui/i18n';

/** Kinds of meters of a dwelling, by the fee they count for. */
export const meters = ['water', 'hot-water', 'electricity', 'gas', 'heat'] as const;

/** Name of a kind of meter with its unit; one that is not listed shows as its code. */
export function useMeterName(): (subject: string) => string {
  const { t, has } = useTexts();
  return (subject) => (has(`parts.meters.${subject}`) ? t(`parts.meters.${subject}`) : subject);
}

/** A reading in thousandths of its unit, as the dial shows it. */
export const dialText = (thousandths: number): string => (thousandths / 1000).toFixed(3);
/** What was typed off a dial, in thousandths. */
export const thousandthsOf = (typed: number): number => Math.round(typed * 1000);
