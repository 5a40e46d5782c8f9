import type { Gateway } from '@keystead/edge/gateway';
import { Gauge, type Registry } from 'prom-client';

/** The gateway's counters and gauges as `keystead_gateway_…`, read when somebody asks. */
export function countGateway(registry: Registry, gateway: Gateway): void {
  const figures = () => {
    const { refused: _, ...counters } = gateway.counters;
    const { paused, ...gauges } = gateway.gauges();
    return { ...counters, ...gauges, paused: paused ? 1 : 0 };
  };
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  for (const name of Object.keys(figures()) as (keyof ReturnType<typeof figures>)[]) {
    new Gauge({
      name: `keystead_gateway_${snake(name)}`,
      help: `Device gateway: ${name}`,
      registers: [registry],
      collect() {
        this.set(figures()[name]);
      },
    });
  }
  new Gauge({
    name: 'keystead_gateway_refused',
    help: 'Device messages refused or flagged, by problem type',
    labelNames: ['problem'],
    registers: [registry],
    collect() {
      for (const [problem, count] of Object.entries(gateway.counters.refused)) this.set({ problem }, count);
    },
  });
}
