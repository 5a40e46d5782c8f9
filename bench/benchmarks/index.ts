import type { Benchmark } from '../result.ts';
import { alarmLatency } from './alarm-latency.ts';
import { api } from './api.ts';
import { bills } from './bills.ts';
import { codecs } from './codecs.ts';
import { commandsBenchmark } from './commands.ts';
import { connections } from './connections.ts';
import { deadlines } from './deadlines.ts';
import { delivery } from './delivery.ts';
import { edgeOutage } from './edge-outage.ts';
import { flood } from './flood.ts';
import { fuzz } from './fuzz.ts';
import { housingDay } from './housing-day.ts';
import { indicators } from './indicators.ts';
import { modbus } from './modbus.ts';
import { moveInBenchmark } from './move-in.ts';
import { mqttIngest } from './mqtt-ingest.ts';
import { start } from './start.ts';
import { supervision } from './supervision.ts';
import { vouchers } from './vouchers.ts';
import { wan } from './wan.ts';

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
  bills,
  vouchers,
  moveInBenchmark,
  indicators,
  supervision,
  housingDay,
  connections,
  fuzz,
  delivery,
  wan,
  deadlines,
];
