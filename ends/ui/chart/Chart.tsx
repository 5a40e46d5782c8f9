import { useAppearance } from '@keystead/ui/theme';
import { BarChart, CustomChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  TitleComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { useEffect, useRef } from 'react';

use([
  BarChart,
  BrushComponent,
  CanvasRenderer,
  CustomChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  PieChart,
  ScatterChart,
  TitleComponent,
  ToolboxComponent,
  TooltipComponent,
]);

export interface ChartProps {
  option: EChartsOption;
  height?: number | string;
  /** What the chart shows, for those who cannot see it. */
  label: string;
  /** Width in pixels whenever it changes: the server samples down to it. */
  onWidth?(pixels: number): void;
  onReady?(chart: EChartsType): void;
}

/** The one ECharts wrapper: theme, resize, disposal, a name for screen readers. */
export function Chart({ option, height = 280, label, onWidth, onReady }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const { appearance } = useAppearance();
  const ready = useRef(onReady);
  const width = useRef(onWidth);
  ready.current = onReady;
  width.current = onWidth;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = init(element, appearance === 'dark' ? 'dark' : undefined, { renderer: 'canvas' });
    chart.current = made;
    ready.current?.(made);
    const observer = new ResizeObserver(() => {
      made.resize();
      width.current?.(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [appearance]);

  // Runs again with the appearance, because a new instance starts empty.
  useEffect(() => {
    if (appearance)
      chart.current?.setOption({ backgroundColor: 'transparent', animation: false, ...option }, { notMerge: true });
  }, [option, appearance]);

  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
