import { theme } from 'antd';

/** The last values as a small curve without axes. Fewer than two values draw nothing. */
export function Sparkline({
  values,
  label,
  width = 120,
  height = 40,
}: {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
}) {
  const { token } = theme.useToken();
  const most = Math.max(...values, 1);
  const x = (at: number) => (at / Math.max(1, values.length - 1)) * (width - 4) + 2;
  const y = (value: number) => height - 2 - (value / most) * (height - 4);
  const path = values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {values.length > 1 ? <path d={path} fill="none" stroke={token.colorPrimary} strokeWidth={1.8} /> : null}
    </svg>
  );
}
