import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockLog } from '@keystead/contracts/lock';
import { createLog, systemClock } from '@keystead/kernel/base';
import { createCodecs, scriptChannel } from '@keystead/terminals/script';
import { FaultyLine } from '../faulty-line.ts';
import { type LockBench, logInto, patience } from './bench.ts';
import { FrameLock } from './frame-lock.ts';

const source = readFileSync(join(import.meta.dirname, 'fixtures/frame-lock.js'), 'utf8');

/** Driver two: a maker's binary frames over TCP, by a codec that somebody wrote in the console. */
export async function openFrameBench(started: number): Promise<LockBench> {
  const codecs = createCodecs(systemClock);
  await codecs.put('lock', source);
  const log = new LockLog();
  const values: Record<string, unknown> = {};
  const channel = await scriptChannel.open(
    {
      name: 'locks',
      settings: { over: { kind: 'tcp-server', port: 0 }, codec: 'lock' },
      devices: [{ name: 'lock', at: { address: '7001' } }],
    },
    {
      clock: systemClock,
      log: createLog('test', 'silent'),
      take: async (uplink) => {
        if (uplink.kind === 'readings') for (const reading of uplink.readings) Object.assign(values, reading.values);
        if (uplink.kind === 'occurrences')
          for (const { event, time, data } of uplink.occurrences) logInto(log, event, time, data);
      },
      refuse: () => undefined,
      codec: (name) => codecs.codec(name),
    },
  );
  const line = await new FaultyLine(channel.port).listen();
  const lock = new FrameLock(() => line.port, 7_001, started);
  return {
    hand: lock,
    log,
    values: () => values,
    call: async (service, input = {}) =>
      (await channel.call('lock', service, input, patience)) as Record<string, unknown>,
    cut: () => line.cut(),
    mend: () => line.mend(),
    connected: () => channel.links().get('')?.state === 'up',
    close: async () => {
      await lock.off();
      await line.close();
      await channel.close();
      await codecs.close();
    },
  };
}
