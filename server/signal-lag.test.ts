import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { gaugeSignalLag, signalLagProbe } from './signal-lag.ts';

const behind = (seconds: Record<string, number>) => ({ lag: async () => new Map(Object.entries(seconds)) });

test('the probe tells the follower that is furthest behind; more than ten seconds are trouble', async () => {
  const probe = signalLagProbe(behind({ latest: 0.2, alarms: 12.34 }));
  expect(await probe.read()).toEqual({ value: 12.3, detail: 'alarms' });
  expect(probe.usual).toMatchObject({ troubled: 10, well: 2 });
  expect(await signalLagProbe(behind({})).read()).toEqual({ value: 0, detail: '' });
});

test('the gauge has a line for each follower', async () => {
  const registry = new Registry();
  gaugeSignalLag(registry, behind({ latest: 0, alarms: 3 }));
  const text = await registry.metrics();
  expect(text).toContain('keystead_telemetry_follower_lag_seconds{follower="alarms"} 3');
  expect(text).toContain('keystead_telemetry_follower_lag_seconds{follower="latest"} 0');
});
