import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useAppearance } from '@keystead/ui/theme';
import { Empty, Flex, Typography, theme } from 'antd';
import type { EChartsType } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Chart } from './Chart.tsx';
import { type CurveBucket, curveOf, nearest } from './curve.ts';
import { historyOption } from './history-option.ts';

export interface HistoryChartProps {
  name: string;
  unit: string;
  from: Date;
  to: Date;
  buckets: readonly CurveBucket[];
  /** Seconds of a bucket. */
  width: number;
  /** Seconds without a reading after which the curve breaks: interval and grace of the thing's model. */
  gapAfter: number;
  height?: number;
  /** Pixels to draw on, whenever they change: so many points are worth asking for. */
  onPixels?(pixels: number): void;
  /** A part was dragged over. */
  onZoom?(from: Date, to: Date): void;
  /** The curve was clicked: the bucket nearest to the pointer. */
  onPick?(bucket: CurveBucket): void;
}

interface BrushEnd {
  areas: { coordRange?: [number, number] }[];
}

/** History of one quantity: gaps stay gaps, suspect points are hollow, a dragged part is zoomed into. */
export function HistoryChart(props: HistoryChartProps) {
  const { name, unit, from, to, buckets, width, gapAfter } = props;
  const t = useT();
  const { token } = theme.useToken();
  const { appearance } = useAppearance();
  const [chart, setChart] = useState<EChartsType>();
  const latest = useRef(props);
  latest.current = props;
  const points = useMemo(() => curveOf(buckets, width, gapAfter), [buckets, width, gapAfter]);
  const option = useMemo(
    () =>
      historyOption(points, {
        name,
        unit,
        bandName: t('ui.chart.band'),
        from: from.getTime(),
        to: to.getTime(),
        colours: {
          curve: token.colorPrimary,
          surface: token.colorBgContainer,
          text: token.colorTextSecondary,
          line: token.colorBorderSecondary,
        },
      }),
    [points, name, unit, from, to, t, token],
  );

  const ready = useCallback((made: EChartsType) => {
    setChart(made);
    made.on('brushEnd', (event) => {
      const [area] = (event as BrushEnd).areas;
      made.dispatchAction({ type: 'brush', areas: [] });
      const [start, end] = area?.coordRange ?? [0, 0];
      if (end - start >= 1000) latest.current.onZoom?.(new Date(start), new Date(end));
    });
    made.getZr().on('click', ({ offsetX, offsetY }) => {
      if (!made.containPixel('grid', [offsetX, offsetY])) return;
      const at = made.convertFromPixel({ xAxisIndex: 0 }, offsetX);
      const bucket = nearest(latest.current.buckets, Number(at));
      if (bucket) latest.current.onPick?.(bucket);
    });
  }, []);

  // The brush is a mode of the chart; each new picture begins without it.
  useEffect(() => {
    if (!chart || chart.isDisposed() || !option || !appearance) return;
    chart.dispatchAction({
      type: 'takeGlobalCursor',
      key: 'brush',
      brushOption: { brushType: 'lineX', brushMode: 'single' },
    });
  }, [chart, option, appearance]);

  return (
    <Flex vertical gap={4} style={{ position: 'relative' }}>
      <Chart
        option={option}
        height={props.height ?? 320}
        label={t('ui.chart.curve', { name, from: dateTime(from), to: dateTime(to) })}
        onReady={ready}
        onWidth={props.onPixels}
      />
      {buckets.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('ui.chart.empty')}
          style={{ position: 'absolute', insetInline: 0, top: 80, pointerEvents: 'none' }}
        />
      ) : null}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {t('ui.chart.hint')}
      </Typography.Text>
    </Flex>
  );
}
