import { DeviceRefused, type Reading, type Refusal, refuse, TimeOutOfRange } from '@keystead/terminals/port';
import type { KnownMetric } from './node-session.ts';
import type { SparkplugDevice } from './settings.ts';
import { metricValue } from './values.ts';

/** A value that was told, under the metric's own name. */
export interface Told {
  metric: string;
  value: unknown;
}

export interface Translated {
  readings: Reading[];
  refused: Refusal[];
  told: Told[];
}

const badQualities: Readonly<Record<number, string>> = { 0: 'bad', 500: 'stale' };

/** Names metrics have below `at`: the names of points, or their own; the node's own business is left out. */
export function namesOf({ points }: SparkplugDevice): (metric: string) => string | undefined {
  if (points) {
    const names = new Map(points.map(({ metric, name }) => [metric, name]));
    return (metric) => names.get(metric);
  }
  return (metric) => (metric === 'bdSeq' || metric.startsWith('Node Control/') ? undefined : metric);
}

/** Metrics of one message as readings of `device`, those of one time together; `fallback`: time of the message, ms. */
export function translate(
  metrics: readonly KnownMetric[],
  device: string,
  nameOf: (metric: string) => string | undefined,
  fallback: number | undefined,
): Translated {
  const byTime = new Map<number | undefined, Record<string, unknown>>();
  const refused: Refusal[] = [];
  const told: Told[] = [];
  for (const { declared, metric } of metrics) {
    const name = nameOf(declared.name);
    if (name === undefined || name === '__proto__' || !metric.raw) continue;
    const quality = metric.properties.quality;
    const bad = quality === undefined ? undefined : badQualities[quality];
    const pointer = `/${declared.name.slice(0, 120)}`;
    const ms = metric.time ?? fallback;
    const said = metricValue(metric.raw, metric.type ?? declared.type);
    if (bad !== undefined) refused.push(refuse(DeviceRefused, `quality ${bad}`, pointer, device));
    else if ('refusal' in said) refused.push({ ...said.refusal, pointer, device });
    else if (ms !== undefined && !Number.isSafeInteger(ms * 1000))
      refused.push(refuse(TimeOutOfRange, String(ms), pointer, device));
    else {
      const time = ms === undefined ? undefined : ms * 1000;
      const values = byTime.get(time) ?? {};
      byTime.set(time, values);
      values[name] = said.value;
      if (!metric.isHistorical) told.push({ metric: declared.name, value: said.value });
    }
  }
  const readings = [...byTime].map(([time, values]) => ({ device, ...(time !== undefined && { time }), values }));
  return { readings, refused, told };
}
