import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { limit, type Probe } from '../probe.ts';

/** Where the machine's figures come from; tests put their own. */
export interface MachineReaders {
  /** Time that all cores together were busy, and had, in any unit. */
  cpuTimes(): { busy: number; all: number };
  memory(): { available: number; total: number };
  disk(folder: string): Promise<{ available: number; total: number }>;
}

/** The folder, or the one it will be made in. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

export const realMachine: MachineReaders = {
  cpuTimes: () => {
    const times = cpus().map(({ times }) => times);
    const all = times.reduce((sum, each) => sum + each.user + each.nice + each.sys + each.idle + each.irq, 0);
    return { busy: all - times.reduce((sum, each) => sum + each.idle, 0), all };
  },
  memory: () => {
    const bound = process.constrainedMemory();
    // Without a bound of its own (a container's) the number is 0 or beyond the machine.
    const total = bound > 0 && bound < totalmem() ? bound : totalmem();
    return { available: Math.min(process.availableMemory(), total), total };
  },
  disk: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(existing(folder));
    return { available: bavail * bsize, total: blocks * bsize };
  },
};

const percent = (part: number, whole: number): number => (whole > 0 ? Math.round((1000 * part) / whole) / 10 : 0);
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function usage({ available, total }: { available: number; total: number }) {
  return { value: percent(total - available, total), detail: `${gigabytes(available)} / ${gigabytes(total)}` };
}

/** Processor load since the look before (I-5.1-d-2), memory and disk in use (I-5.1-d-3). */
export function machineProbes(dataDir: string, readers: MachineReaders = realMachine): Probe[] {
  let before = readers.cpuTimes();
  return [
    {
      source: 'cpu',
      unit: '%',
      usual: limit(90, 75, { forSeconds: 30 }),
      read: async () => {
        const now = readers.cpuTimes();
        const value = percent(now.busy - before.busy, now.all - before.all);
        before = now;
        return { value };
      },
    },
    { source: 'memory', unit: '%', usual: limit(92, 85), read: async () => usage(readers.memory()) },
    {
      source: 'disk',
      unit: '%',
      usual: limit(90, 88, { severity: 1 }),
      read: async () => usage(await readers.disk(dataDir)),
    },
  ];
}
