import { statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import type { AgentLoad } from '@keystead/contracts/agent';
import type { Spool } from '../spool/spool.ts';

interface Growth {
  at: number;
  bytes: number;
}

const percent = (part: number, whole: number): number => (whole > 0 ? Math.round((part / whole) * 1000) / 10 : 0);

function busyTime(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.idle + times.irq;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}

/** How the machine under the agent is doing, between two looks. */
export class LoadMeter {
  readonly #folder: string;
  readonly #spool: Spool;
  #cpu = busyTime();
  #growth: Growth[] = [];

  constructor(folder: string, spool: Spool) {
    this.#folder = folder;
    this.#spool = spool;
  }

  /** `now`: ms of a clock that only goes on. */
  async look(now: number): Promise<AgentLoad> {
    const before = this.#cpu;
    this.#cpu = busyTime();
    const disk = await statfs(this.#folder);
    const backlog: AgentLoad['backlog'] = [this.#spool.backlog(3), this.#spool.backlog(2), this.#spool.backlog(1)];
    const hoursLeft = this.#hoursLeft(now, disk.bavail * disk.bsize);
    return {
      cpu: percent(this.#cpu.busy - before.busy, this.#cpu.all - before.all),
      memory: percent(totalmem() - freemem(), totalmem()),
      disk: percent(disk.blocks - disk.bavail, disk.blocks),
      backlog,
      ...(hoursLeft !== undefined && { hoursLeft }),
    };
  }

  /** By how fast the store grew in the last ten minutes; undefined = it does not. */
  #hoursLeft(now: number, free: number): number | undefined {
    const { bytes } = this.#spool;
    this.#growth = [...this.#growth.filter(({ at }) => now - at < 600_000), { at: now, bytes }];
    const first = this.#growth[0];
    if (first === undefined || now - first.at < 30_000 || bytes <= first.bytes) return undefined;
    const room = Math.min(this.#spool.limits.bytes - bytes, free);
    return Math.round((room / ((bytes - first.bytes) / (now - first.at)) / 3_600_000) * 10) / 10;
  }
}
