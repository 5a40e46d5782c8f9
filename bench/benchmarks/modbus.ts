import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ModbusDevice, modbusChannel } from '@keystead/terminals/modbus';
import type { ChannelHost, Uplink } from '@keystead/terminals/port';
import { type Histogram, newHistogram, percentile, record } from '../histogram.ts';
import { type Benchmark, rounded } from '../result.ts';

interface Said {
  ports?: number[];
  failed?: string;
}

/** Starts the PLCs and answers their ports. */
function startPlcs(plcs: number): Promise<{ ports: number[]; child: ChildProcess }> {
  const child = fork(new URL('../load/modbus-plcs.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.on('message', ({ ports, failed }: Said) => (ports ? resolve({ ports, child }) : reject(new Error(failed))));
    child.once('exit', (code) => reject(new Error(`the PLCs ended (${code})`)));
    child.send({ plcs });
  });
}

/** 200 tags as a PLC program lays them out: words in a row, scaled ones, floats behind a gap, states as bits. */
function tagsOf(tags: number, port: number, every: number): ModbusDevice {
  const kinds = ['word', 'word', 'scaled', 'float', 'coil'] as const;
  const points = Array.from({ length: tags }, (_, tag): ModbusDevice['points'][number] => {
    const kind = kinds[Math.floor((tag * kinds.length) / tags)] ?? 'word';
    const name = `tag${tag}`;
    if (kind === 'coil') return { name, area: 'coil', address: tag };
    if (kind === 'float') return { name, area: 'holding', address: tag * 2, form: 'int32', order: 'CDAB' };
    return { name, area: 'holding', address: tag, form: 'int16', ...(kind === 'scaled' ? { scale: 0.1 } : {}) };
  });
  return { host: '127.0.0.1', port, every, points };
}

interface Seen {
  turns: number;
  points: number;
  refused: number;
  /** How far each reading was from one interval after the last of its device, ms. */
  jitter: Histogram;
}

function hostOf(seen: Seen, every: number): ChannelHost {
  const last = new Map<string, number>();
  const quiet = () => {};
  const log: Partial<ChannelHost['log']> = { info: quiet, warn: quiet };
  return {
    clock: { now: () => new Date() },
    log: log as ChannelHost['log'],
    refuse: () => {
      seen.refused += 1;
    },
    take: async (uplink: Uplink) => {
      if (uplink.kind !== 'readings') return;
      const now = performance.now();
      for (const { device = '', values } of uplink.readings) {
        const before = last.get(device);
        last.set(device, now);
        seen.turns += 1;
        seen.points += Object.keys(values).length;
        if (before !== undefined) record(seen.jitter, Math.abs(now - before - every));
      }
      seen.refused += uplink.refused?.length ?? 0;
    },
  };
}

interface Measured extends Seen {
  seconds: number;
  /** Seconds of processor time the reading side used. */
  processor: number;
  lost: number;
  requests: number;
}

async function measure(ports: readonly number[], tags: number, every: number, seconds: number): Promise<Measured> {
  const seen: Seen = { turns: 0, points: 0, refused: 0, jitter: newHistogram() };
  const devices = ports.map((port, plc) => ({ name: `plc${plc}`, at: tagsOf(tags, port, every) }));
  const channel = await modbusChannel.open(
    { name: 'bench', settings: { transport: 'tcp' }, devices },
    hostOf(seen, every),
  );
  await sleep(2000 + every); // connected, compiled, in step
  Object.assign(seen, { turns: 0, points: 0, refused: 0, jitter: newHistogram() });
  const sentBefore = channel.links().get('')?.sent ?? 0;
  const [began, used] = [performance.now(), process.cpuUsage()];
  await sleep(seconds * 1000);
  const { user, system } = process.cpuUsage(used);
  const took = (performance.now() - began) / 1000;
  const { lost = 0, sent = 0 } = channel.links().get('') ?? {};
  await channel.close();
  return { ...seen, seconds: took, processor: (user + system) / 1e6, lost, requests: sent - sentBefore };
}

/** Reading many PLCs with one process, on one core, over real sockets. */
export const modbus: Benchmark = {
  name: 'modbus',
  summary: '100 PLCs with 200 tags each read once a second by one process; then as often as one core can',
  goals: {
    core_percent: { at: '≤', value: 100 },
    lost: { at: '≤', value: 0 },
    complete_percent: { at: '≥', value: 99 },
  },
  run: async ({ say, option }) => {
    const plcs = option('plcs', 100);
    const tags = option('tags', 200);
    const seconds = option('seconds', 20);
    const { ports, child } = await startPlcs(plcs);
    try {
      const usual = await measure(ports, tags, 1000, seconds);
      say(`${(usual.requests / usual.seconds / plcs).toFixed(2)} requests a PLC and second`);
      const fast = await measure(ports, tags, option('fast', 50), Math.max(5, seconds / 2));
      return {
        points_per_s: rounded(usual.points / usual.seconds),
        complete_percent: rounded((100 * usual.turns) / (plcs * usual.seconds)),
        core_percent: rounded((100 * usual.processor) / usual.seconds),
        jitter_p99_ms: rounded(percentile(usual.jitter, 0.99)),
        lost: usual.lost,
        refused: usual.refused,
        fastest_points_per_s: rounded(fast.points / fast.seconds),
        points_per_core_s: rounded(fast.points / fast.processor),
      };
    } finally {
      child.kill();
    }
  },
};
