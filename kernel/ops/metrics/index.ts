export { createMetrics, type Metrics, mergeMetrics } from './metrics.ts';
