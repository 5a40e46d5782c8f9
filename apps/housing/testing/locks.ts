import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import type { KeyShownOutside } from '@keystead/contracts/lock';
import type { ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import { SoftwareLock } from './software-lock.ts';

const ids = { lock: 'lock', guard: 'entrance-guard' };

export interface LockPlatform {
  readonly services: Record<string, unknown>;
  readonly clock: Clock;
  drain(): Promise<void>;
}

/** Locks and gates that answer as soon as they are reached; the one who fits them in may write things. */
export function openLocks(platform: LockPlatform, fitter: Actor) {
  const keys = platform.services.doorkeys as { pass(): Promise<void> };
  const commands = platform.services.commands as CommandsService;
  const things = platform.services.things as ThingsService;
  const locks = new Map<number, SoftwareLock>();
  const awake = new Set<number>();
  const answers: Promise<void>[] = [];
  let count = 0;
  commands.outbox.onCommand({
    reaches: (thing) => awake.has(thing),
    command: ({ thing, request, method, params }) => {
      const lock = locks.get(thing);
      if (!lock || !awake.has(thing)) return false;
      const reply = lock.call(method, params as Record<string, unknown>);
      answers.push(Promise.resolve().then(() => commands.outbox.answered(thing, request, reply)));
      return true;
    },
  });

  return {
    awake,
    lockOf: (thing: { number: number }): SoftwareLock => locks.get(thing.number) ?? new SoftwareLock(),

    fit: async (family: keyof typeof ids, placeId: string): Promise<{ id: string; number: number }> => {
      const code = `${family}-${++count}`;
      const thing = await things.create(fitter, { code, name: code, family: ids[family], placeId } as never);
      locks.set(thing.number, new SoftwareLock());
      awake.add(thing.number);
      return thing;
    },

    /** Lets events, commands and answers run until nothing moves any more. */
    settle: async (): Promise<void> => {
      for (let quiet = 0; quiet < 2; ) {
        await platform.drain();
        await keys.pass();
        await commands.outbox.look();
        await commands.outbox.settled();
        const under = answers.splice(0);
        await Promise.all(under);
        quiet = under.length > 0 ? 0 : quiet + 1;
      }
    },

    /** Shows a key at a lock from outside, by the platform's time. */
    show: (thing: { number: number }, means: KeyShownOutside['means'], credential: string): boolean =>
      locks.get(thing.number)?.show({ means, credential, time: platform.clock.now().getTime() }) ?? false,
  };
}
