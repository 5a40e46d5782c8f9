import type { Benchmark } from '../result.ts';
import { alarmLatency } from './alarm-latency.ts';
import { api } from './api.ts';
import { flood } from './flood.ts';
import { mqttIngest } from './mqtt-ingest.ts';
import { start } from './start.ts';

export const benchmarks: readonly Benchmark[] = [start, mqttIngest, alarmLatency, api, flood];
