import type { TelemetryService } from '@keystead/data/telemetry';
import type { Probe } from '@keystead/kernel/ops/watch';
import { Gauge, type Registry } from 'prom-client';

type Lagging = Pick<TelemetryService, 'lag'>;

/**
 * How far the rules and the table of newest values are behind the gateway, as one of the platform's own probes: told
 * when it is more than ten seconds, for an alarm found so late is late for those it concerns.
 */
export const signalLagProbe = (telemetry: Lagging): Probe => ({
  source: 'signal-lag',
  unit: 's',
  usual: { troubled: 10, well: 2, forSeconds: 10, severity: 2, on: true },
  read: async () => {
    const [slowest] = [...(await telemetry.lag())].sort(([, a], [, b]) => b - a);
    return { value: Math.round((slowest?.[1] ?? 0) * 10) / 10, detail: slowest?.[0] ?? '' };
  },
});

/** The same by follower, for `/metrics`. */
export function gaugeSignalLag(registry: Registry, telemetry: Lagging): void {
  new Gauge({
    name: 'keystead_telemetry_follower_lag_seconds',
    help: 'Age of the oldest committed batch a follower has not taken',
    labelNames: ['follower'],
    registers: [registry],
    async collect() {
      for (const [follower, seconds] of await telemetry.lag()) this.set({ follower }, seconds);
    },
  });
}
