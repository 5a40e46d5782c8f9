import type { Kernel } from '@keystead/kernel/module';
import type { Desired } from './desired.ts';
import type { LinkageEngine } from './linkage.ts';
import type { Sealing } from './sealing.ts';
import type { Upkeep } from './upkeep.ts';

interface Watched extends Pick<Kernel, 'log'> {
  upkeep: Upkeep;
  desired: Desired;
  linkage: LinkageEngine;
  sealing: Pick<Sealing, 'sealOld'>;
}

const every = { verify: 200, sweep: 500, desired: 1000, rules: 2000 }; // ms

/** What the worker looks after again and again; each look waits for its own end before the next. */
export async function watchOver({ log, upkeep, desired, linkage, sealing }: Watched): Promise<() => Promise<void>> {
  let stopped = false;
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  function again(pause: number, look: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = look()
        .then(
          () => {},
          (cause) => log.error({ err: cause }, 'looking after commands failed'),
        )
        .finally(() => {
          running.delete(run);
          if (!stopped) again(pause, look);
        });
      running.add(run);
    }, pause);
    timers.add(timer);
  }

  const sealed = await sealing.sealOld();
  if (sealed > 0) log.info({ commands: sealed }, 'secrets of earlier commands were sealed or cleared');
  await linkage.refresh();
  again(every.verify, upkeep.verify);
  again(every.sweep, upkeep.sweep);
  again(every.desired, desired.verify);
  again(every.rules, linkage.refresh);
  return async () => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(running);
  };
}
