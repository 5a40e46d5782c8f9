import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** For kernel/http: seconds by route and status. */
  onRequest(route: string, status: number, seconds: number): void;
}

/** Metrics of one process; every series carries the role it came from. */
export function createMetrics(role: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry, prefix: 'keystead_' });
  const seconds = new Histogram({
    name: 'keystead_http_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  });
  return { registry, onRequest: (route, status, took) => seconds.observe({ route, status }, took) };
}

export type MetricsPart = MetricObjectWithValues<MetricValue<string>>[];

/** What every process of the installation told last; kept by the one that answers `/metrics`. */
export interface MetricsDesk {
  /** The latest of another process, as its registry gives it (`getMetricsAsJSON`). */
  hear(role: string, part: MetricsPart): void;
  /** Everything in Prometheus text. */
  text(): Promise<string>;
}

export function createMetricsDesk(own: Registry): MetricsDesk {
  const parts = new Map<string, MetricsPart>();
  return {
    hear: (role, part) => void parts.set(role, part),
    text: async () => AggregatorRegistry.aggregate([await own.getMetricsAsJSON(), ...parts.values()]).metrics(),
  };
}
