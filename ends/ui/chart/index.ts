export { Chart, type ChartProps } from './Chart.tsx';
