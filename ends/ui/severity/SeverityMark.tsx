import { useT } from '@keystead/ui/i18n';
import { severityColours, useAppearance } from '@keystead/ui/theme';

const shapes: Record<1 | 2 | 3 | 4, string> = {
  1: 'M8 1 15 8 8 15 1 8z',
  2: 'M8 1.5 15 14.5H1z',
  3: 'M2 2h12v12H2z',
  4: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
};

/** Severity as shape, colour and word: a diamond, triangle, square or circle for grades 1 to 4. */
export function SeverityMark({ severity, word = true }: { severity: number; word?: boolean }) {
  const t = useT();
  const { appearance } = useAppearance();
  const grade = Math.min(4, Math.max(1, severity)) as 1 | 2 | 3 | 4;
  const name = t(`ui.severity.${grade}`);
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 6,
        color: severityColours[appearance][grade],
        whiteSpace: 'nowrap',
        fontWeight: 600,
      }}
      title={name}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" role="img" aria-label={name}>
        <path d={shapes[grade]} fill="currentColor" />
      </svg>
      {word ? name : null}
    </span>
  );
}
