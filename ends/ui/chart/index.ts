export { Chart, type ChartProps } from './Chart.tsx';
export type { CurveBucket } from './curve.ts';
export { HistoryChart, type HistoryChartProps } from './HistoryChart.tsx';
