import { useTexts } from '@keystead/ui/i18n';
import { Tooltip } from 'antd';

/** Quality of a reading beside its value: good says nothing, the rest say their word; suspect is hollow. */
export function QualityMark({ quality, reason }: { quality: string; reason?: string | undefined }) {
  const { t, has } = useTexts();
  if (quality === 'good') return null;
  const word = t(`ui.quality.${quality}`);
  const why = reason && has(`ui.quality.reasons.${reason}`) ? t(`ui.quality.reasons.${reason}`) : reason;
  return (
    <Tooltip title={why}>
      <span
        style={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 4,
          paddingInline: 6,
          fontSize: 12,
          lineHeight: '18px',
          borderRadius: 9,
          border: `1px ${quality === 'missing' ? 'dashed' : 'solid'} currentColor`,
          opacity: 0.85,
          whiteSpace: 'nowrap',
        }}
      >
        {quality === 'suspect' ? (
          <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
            <circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        ) : null}
        {why ? `${word} · ${why}` : word}
      </span>
    </Tooltip>
  );
}
