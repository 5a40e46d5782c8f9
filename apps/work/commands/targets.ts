import type { Actor } from '@keystead/contracts/access';
import { InputInvalid, Problem, problem } from '@keystead/contracts/problem';
import type { ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import { permissionFor } from './command.ts';
import { examine, type Wish } from './examination.ts';
import type { Targets } from './schemas.ts';
import type { Sending } from './sending.ts';

/** The targets are no longer as many as the preview said. */
export class TargetsChanged extends problem('command-targets-changed', 409) {}

/** Things of one batch at most. */
export const targetsMost = 2000;
const shownMost = 200;

interface Deps {
  things: Pick<ThingsService, 'list'>;
  sending: Pick<Sending, 'thingFor' | 'before'>;
  clock: Clock;
}

/** Finds the things meant, and says beforehand what a wish would do to each (dry run). */
export function createTargets({ things, sending, clock }: Deps) {
  /** Ids of everything meant, each once. Throws InputInvalid beyond `targetsMost`. */
  async function resolve(actor: Actor, targets: Targets): Promise<string[]> {
    const ids = new Set(targets.things ?? []);
    let cursor: string | undefined;
    const tooMany = () =>
      new InputInvalid({ in: 'body', most: targetsMost }, [{ pointer: '/targets', code: 'too-long' }]);
    while (targets.query !== undefined) {
      const page = await things.list(actor, { ...targets.query, limit: 200, ...(cursor ? { cursor } : {}) });
      for (const { id } of page.items) ids.add(id);
      if (ids.size > targetsMost) throw tooMany();
      if (page.next === null) break;
      cursor = page.next;
    }
    if (ids.size === 0) throw new InputInvalid({ in: 'body' }, [{ pointer: '/targets', code: 'required' }]);
    return [...ids];
  }

  async function previewOne(actor: Actor, id: string, wish: Wish) {
    const thing = await sending.thingFor(actor, id);
    const about = { thing: thing.id, code: thing.code, name: thing.name };
    try {
      const found = examine(actor, thing, wish, clock.now());
      const { service } = found;
      return {
        ...about,
        request: { method: service.id, params: found.input },
        risk: service.risk,
        permission: permissionFor(service),
        approval: found.approval ? ('second-person' as const) : ('none' as const),
        limits: service.input,
        before: await sending.before(thing, service.readBack?.property),
        deadline: wish.expiresIn ?? service.deadline,
      };
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      return { ...about, problem: cause.type, ...(cause.errors.length > 0 ? { errors: [...cause.errors] } : {}) };
    }
  }

  /** What would be sent, who must agree, which limits hold; nothing is written. */
  async function preview(actor: Actor, targets: Targets, wish: Wish) {
    const ids = await resolve(actor, targets);
    const items = [];
    for (const id of ids.slice(0, shownMost)) items.push(await previewOne(actor, id, wish));
    return { count: ids.length, items };
  }

  return { resolve, preview };
}
