import { useT } from '@keystead/ui/i18n';
import { theme } from 'antd';

export type OnlineState = 'online' | 'offline' | 'unknown';

/** Full disc, crossed ring, dashed ring: readable without colour. */
function Shape({ state }: { state: OnlineState }) {
  const ring = { cx: 7, cy: 7, r: 4.5, strokeWidth: 1.6, stroke: 'currentColor' };
  if (state === 'online') return <circle {...ring} fill="currentColor" />;
  if (state === 'unknown') return <circle {...ring} fill="none" strokeDasharray="2 2" />;
  return (
    <>
      <circle {...ring} fill="none" />
      <path d="M2.5 11.5 11.5 2.5" stroke="currentColor" strokeWidth={1.6} />
    </>
  );
}

/** Whether a thing is heard of, as shape and word. Severity colours are not used: offline is a state, not an alarm. */
export function OnlineBadge({ state, word = true }: { state: OnlineState; word?: boolean }) {
  const t = useT();
  const { token } = theme.useToken();
  const name = t(`ui.online.${state}`);
  const colour = { online: token.colorPrimary, offline: token.colorText, unknown: token.colorTextSecondary }[state];
  return (
    <span
      title={name}
      style={{ display: 'inline-flex', alignItems: 'center', gap: 6, color: colour, whiteSpace: 'nowrap' }}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" role="img" aria-label={name}>
        <Shape state={state} />
      </svg>
      {word ? name : null}
    </span>
  );
}
