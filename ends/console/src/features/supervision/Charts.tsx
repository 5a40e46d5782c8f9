import { Chart } from '@keystead/ui/chart';
import { useT } from '@keystead/ui/i18n';
import { Card, Empty, theme } from 'antd';
import { useMemo } from 'react';
import { type Measure, useTrend } from './queries.ts';
import { shown } from './shown.ts';

interface BarsProps {
  title: string;
  bars: readonly { name: string; count: number }[];
}

/** How many of each, as bars with their figures. */
export function Bars({ title, bars }: BarsProps) {
  const t = useT();
  const { token } = theme.useToken();
  const option = useMemo(
    () => ({
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 44, right: 12, top: 24, bottom: 28 },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: bars.map(({ name }) => name) },
      yAxis: { type: 'value' as const, minInterval: 1 },
      series: [
        {
          type: 'bar' as const,
          barMaxWidth: 36,
          label: { show: true, position: 'top' as const, color: token.colorText },
          itemStyle: { color: token.colorPrimary },
          data: bars.map(({ count }) => count),
        },
      ],
    }),
    [bars, token],
  );
  return (
    <Card size="small" title={title} style={{ height: '100%' }}>
      {bars.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('supervision.none')} />
      ) : (
        <Chart option={option} label={title} height={220} />
      )}
    </Card>
  );
}

/** A measure at the ends of the last months, and a year before. */
export function TrendCard({ measure, name, place }: { measure: Measure; name: string; place: string | undefined }) {
  const t = useT();
  const { token } = theme.useToken();
  const { data, isPending } = useTrend(measure.id, place);
  const option = useMemo(
    () => ({
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 64, right: 16, top: 20, bottom: 28 },
      tooltip: {
        trigger: 'axis' as const,
        valueFormatter: (value: unknown) => shown(measure.unit, typeof value === 'number' ? value : null),
      },
      xAxis: { type: 'category' as const, data: (data?.points ?? []).map(({ day }) => day.slice(0, 7)) },
      yAxis: {
        type: 'value' as const,
        scale: true,
        axisLabel: { formatter: (value: number) => shown(measure.unit, value) },
      },
      series: [
        {
          type: 'line' as const,
          lineStyle: { width: 1.6, color: token.colorPrimary },
          itemStyle: { color: token.colorPrimary },
          data: (data?.points ?? []).map(({ value }) => value),
        },
      ],
    }),
    [data, measure, token],
  );
  const before = data ? shown(measure.unit, data.yearBefore.value) : '—';
  return (
    <Card
      size="small"
      title={name}
      loading={isPending}
      extra={t('supervision.yearBefore', { value: before })}
      style={{ height: '100%' }}
    >
      <Chart option={option} label={name} height={220} />
    </Card>
  );
}
