import { createInterface } from 'node:readline';
import { MeterBus } from './line.ts';
import { SimulatedMeter } from './meter.ts';
import { readOptions, readWish, type Wish } from './wish.ts';

/** Simulated meters in a process of their own: ports on standard output, wishes on standard input, a JSON line each. */
const { lines, seed } = readOptions(process.argv[2] ?? '{}');
let ahead = 0;
const now = (): number => Date.now() + ahead;

const buses = lines.map(({ protocol, addresses, order = 'either' }, at) => {
  const meters = new Map(addresses.map((address) => [address, new SimulatedMeter(address)]));
  return new MeterBus(meters, { protocol, seed: seed + at, style: { order }, now });
});

const meterOf = (address: string): SimulatedMeter => {
  for (const { meters } of buses) {
    const meter = meters.get(address);
    if (meter) return meter;
  }
  throw new Error(`no meter ${address}`);
};

function fulfil(wish: Wish): unknown {
  if ('clock' in wish) ahead = Date.parse(wish.clock) - Date.now();
  if ('faults' in wish) {
    for (const [at, bus] of buses.entries()) if (wish.line === undefined || wish.line === at) bus.faults = wish.faults;
  }
  if (!('meter' in wish)) return { ok: true };
  const meter = meterOf(wish.meter);
  const { drift, silent, cuts, moving } = wish;
  Object.assign(meter, {
    ...(drift !== undefined && { drift }),
    ...(silent !== undefined && { silent }),
    ...(cuts !== undefined && { cuts: cuts.map(([from, to]) => [Date.parse(from), Date.parse(to)]) }),
    ...(moving !== undefined && { moving }),
  });
  const registers = (wish.at ?? []).map((time) => meter.register(Date.parse(time)) / 100);
  const { orders, clockSet } = meter;
  return { ok: true, flows: meter.standing(), orders, clockSet, drift: meter.drift, registers };
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    let answer: unknown;
    try {
      answer = fulfil(readWish(line));
    } catch (cause) {
      answer = { ok: false, why: String(cause) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  })
  .on('close', () => process.exit(0));

const ports = await Promise.all(buses.map((bus) => bus.listen(0)));
process.stdout.write(`${JSON.stringify({ ports })}\n`);
