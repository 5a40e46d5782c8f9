export { createMetrics, createMetricsDesk, type Metrics, type MetricsDesk, type MetricsPart } from './metrics.ts';
export { mountMetrics } from './route.ts';
