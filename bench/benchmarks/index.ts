import type { Benchmark } from '../result.ts';
import { alarmLatency } from './alarm-latency.ts';
import { api } from './api.ts';
import { codecs } from './codecs.ts';
import { commandsBenchmark } from './commands.ts';
import { edgeOutage } from './edge-outage.ts';
import { flood } from './flood.ts';
import { modbus } from './modbus.ts';
import { mqttIngest } from './mqtt-ingest.ts';
import { start } from './start.ts';

export const benchmarks: readonly Benchmark[] = [
  start,
  mqttIngest,
  alarmLatency,
  api,
  flood,
  commandsBenchmark,
  edgeOutage,
  modbus,
  codecs,
];
