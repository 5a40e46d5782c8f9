import { Chart } from '@keystead/ui/chart';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Card, Empty, Segmented, theme } from 'antd';
import { useMemo, useState } from 'react';
import { type Choice, useHistory, useSignal } from './queries.ts';

/** How many things have a signal of which strength; the weak ones stand apart in colour and in the legend. */
export function SignalCard({ choice }: { choice: Choice }) {
  const t = useT();
  const { token } = theme.useToken();
  const { data } = useSignal(choice);
  const option = useMemo(() => {
    const bands = data ?? [];
    const bar = { type: 'bar' as const, stack: 'all', barMaxWidth: 36 };
    return {
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 44, right: 12, top: 32, bottom: 28 },
      legend: { top: 0, textStyle: { color: token.colorTextSecondary } },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: bands.map(({ from }) => `${from}`), name: 'dBm' },
      yAxis: { type: 'value' as const, minInterval: 1 },
      series: [
        {
          ...bar,
          name: t('links.enough'),
          data: bands.map(({ count, weak }) => count - weak),
          itemStyle: { color: token.colorPrimary },
        },
        {
          ...bar,
          name: t('links.weak'),
          data: bands.map(({ weak }) => weak),
          itemStyle: { color: token.colorWarning },
        },
      ],
    };
  }, [data, t, token]);
  return (
    <Card size="small" title={t('links.signal')} style={{ height: '100%' }}>
      {data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('links.noSignal')} />
      ) : (
        <Chart option={option} label={t('links.signal')} height={240} />
      )}
    </Card>
  );
}

const spans = [24, 168, 720] as const;
const measures = ['rate', 'loss', 'latency', 'rssi', 'breaks'] as const;
type Measure = (typeof measures)[number];

/** Online rate, loss, delay, strength and breaks of the past. */
export function HistoryCard({ choice }: { choice: Choice }) {
  const t = useT();
  const { token } = theme.useToken();
  const [hours, setHours] = useState<number>(24);
  const [measure, setMeasure] = useState<Measure>('rate');
  const { data } = useHistory(hours, choice);
  const option = useMemo(() => {
    const isShare = measure === 'rate' || measure === 'loss';
    const points = (data ?? []).map((point) => {
      const value = point[measure];
      return [point.at, value === null ? null : isShare ? Math.round(value * 1000) / 10 : value] as const;
    });
    return {
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 52, right: 16, top: 20, bottom: 28 },
      tooltip: {
        trigger: 'axis' as const,
        formatter: (shown: unknown) => {
          const [first] = shown as { value: [string, number | null] }[];
          return first ? `${dateTime(first.value[0])}<br/><b>${first.value[1] ?? '—'}</b>` : '';
        },
      },
      xAxis: { type: 'time' as const },
      yAxis: { type: 'value' as const, scale: measure !== 'rate', ...(measure === 'rate' ? { max: 100 } : {}) },
      series: [
        {
          type: 'line' as const,
          showSymbol: points.length < 2,
          connectNulls: false,
          lineStyle: { width: 1.6, color: token.colorPrimary },
          itemStyle: { color: token.colorPrimary },
          data: points.map(([at, value]) => [at, value]),
        },
      ],
    };
  }, [data, measure, token]);
  return (
    <Card
      size="small"
      title={t('links.history')}
      style={{ height: '100%' }}
      extra={
        <Segmented
          size="small"
          value={hours}
          onChange={setHours}
          options={spans.map((value) => ({ value, label: t('links.days', { days: value / 24 }) }))}
        />
      }
    >
      <Segmented
        size="small"
        value={measure}
        onChange={(chosen) => setMeasure(chosen)}
        options={measures.map((value) => ({ value, label: t(`links.measures.${value}`) }))}
      />
      {data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('links.noHistory')} />
      ) : (
        <Chart option={option} label={t(`links.measures.${measure}`)} height={212} />
      )}
    </Card>
  );
}
