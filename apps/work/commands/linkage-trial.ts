import type { Actor } from '@keystead/contracts/access';
import { Problem } from '@keystead/contracts/problem';
import type { ThingRef } from '@keystead/data/things';
import type { Kernel } from '@keystead/kernel/module';
import { type Static, Type } from 'typebox';
import { needsApproval } from './command.ts';
import { examine } from './examination.ts';
import { type Happening, inHours, inputOf, LinkageInput } from './linkage-rule.ts';
import type { Linkages } from './linkages.ts';
import type { Scenes } from './scenes.ts';
import type { Sending } from './sending.ts';

const misses = ['disabled', 'place', 'thing', 'family', 'hours'] as const;

export const TrialInput = Type.Object({
  rule: LinkageInput,
  /** What the alarm or event would be about. */
  thing: Type.String({ format: 'uuid' }),
  /** When it would happen; now when absent. */
  at: Type.Optional(Type.String({ format: 'date-time' })),
  /** What the event would say. */
  data: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 50 })),
});
export type TrialWish = Static<typeof TrialInput>;

export const TrialView = Type.Object({
  /** Why the rule would do nothing; empty = it would act. */
  misses: Type.Array(Type.Enum(misses)),
  commands: Type.Array(
    Type.Object({
      thing: Type.String(),
      thingCode: Type.String(),
      thingName: Type.String(),
      service: Type.String(),
      input: Type.Unknown(),
      /** A second person would have to agree. */
      approval: Type.Boolean(),
      /** Problem type, where this command would not be given. */
      refused: Type.Optional(Type.String()),
    }),
  ),
});
export type TrialResult = Static<typeof TrialView>;

interface Deps extends Pick<Kernel, 'clock'> {
  linkages: Pick<Linkages, 'check'>;
  sending: Pick<Sending, 'thingFor'>;
  scenes: Pick<Scenes, 'get'>;
}

interface Wanted {
  thing: string;
  service: string;
  input?: unknown;
}

/**
 * What a rule would do if its trigger happened to a thing, with nothing sent and nothing stored. Throws what writing the
 * rule would throw.
 */
export function createLinkageTrial({ clock, linkages, sending, scenes }: Deps) {
  function missesOf({ place, enabled, trigger, hours }: TrialWish['rule'], about: ThingRef, at: number) {
    const found: TrialResult['misses'] = [];
    if (!enabled) found.push('disabled');
    if (!about.place.startsWith(place)) found.push('place');
    if (trigger.thing !== undefined && trigger.thing !== about.id) found.push('thing');
    if (trigger.kind === 'event' && trigger.family !== about.model.family) found.push('family');
    if (!inHours(hours, at)) found.push('hours');
    return found;
  }

  async function wantedOf(actor: Actor, { rule, data }: TrialWish, about: ThingRef, at: number): Promise<Wanted[]> {
    const { action, trigger } = rule;
    if (action.kind === 'scene') return (await scenes.get(actor, action.scene)).steps;
    const what: Happening['what'] =
      trigger.kind === 'alarm'
        ? { kind: 'alarm', rule: trigger.rule ?? '', change: trigger.change, severity: trigger.severity ?? 1 }
        : { kind: 'event', family: trigger.family, event: trigger.event, data };
    const { organisation, place, id } = about;
    const input = inputOf(action, { organisation, place, thing: id, at, key: '', what });
    return [{ thing: action.thing ?? id, service: action.service, input }];
  }

  return async (actor: Actor, wish: TrialWish): Promise<TrialResult> => {
    await linkages.check(actor, wish.rule);
    const about = await sending.thingFor(actor, wish.thing);
    const now = clock.now();
    const at = wish.at === undefined ? now.getTime() : Date.parse(wish.at);
    const commands: TrialResult['commands'] = [];
    for (const { thing, service, input = {} } of await wantedOf(actor, wish, about, at)) {
      const target = await sending.thingFor(actor, thing);
      const line = { thing, thingCode: target.code, thingName: target.name, service, input };
      try {
        const found = examine(actor, target, { service, input, reason: wish.rule.name }, now);
        commands.push({ ...line, approval: needsApproval(found.service) });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        commands.push({ ...line, approval: false, refused: cause.type });
      }
    }
    return { misses: missesOf(wish.rule, about, at), commands };
  };
}

export type LinkageTrial = ReturnType<typeof createLinkageTrial>;
