import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import { compileQuality, type QualityPlan, type ThingQuality } from '@keystead/contracts/quality';
import type { AcceptedMessage } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Clock } from '@keystead/kernel/base';
import { microsOf } from './instants.ts';
import type { Arrival } from './lane.ts';
import type { PushBody, PushView } from './schemas.ts';
import type { Sources } from './sources.ts';
import type { KnownThing, ThingDirectory } from './thing-directory.ts';

/** Refused points told one by one; beyond them only their number. */
const toldRefusals = 100;
/** Things whose last values are remembered for judging the next. */
const rememberedThings = 10_000;

export interface PushParts {
  clock: Clock;
  things: ThingDirectory;
  sources: Sources;
  accept(arrival: Arrival): Promise<{ batch: number }>;
}

type Refused = PushView['refused'];

/**
 * Takes readings that another cloud delivers (H-5-2): known things in the key's scope, properties their models name,
 * values of their types. What fits is committed and kept with its source; what does not is told by place and code and
 * never changed into something else (H-8.2-0: a property no model labels is refused).
 */
export function createPush({ clock, things, sources, accept }: PushParts) {
  const plans = new WeakMap<ThingModel, QualityPlan>();
  let judges = new Map<number, { model: ThingModel; judge: ThingQuality }>();

  function planOf(model: ThingModel): QualityPlan {
    let plan = plans.get(model);
    if (!plan) {
      plan = compileQuality(model);
      plans.set(model, plan);
    }
    return plan;
  }

  function judgeOf({ number, model }: KnownThing): ThingQuality {
    const known = judges.get(number);
    if (known?.model === model) return known.judge;
    if (judges.size >= rememberedThings) judges = new Map();
    const judge = planOf(model).start();
    judges.set(number, { model, judge });
    return judge;
  }

  function timeOf(ts: number | string | undefined, now: number): number {
    if (ts === undefined) return now;
    return (typeof ts === 'number' ? ts : Date.parse(ts)) * 1000;
  }

  function messageOf(
    thing: KnownThing,
    row: PushBody['rows'][number],
    index: number,
    now: number,
    refuse: (pointer: string, code: string) => void,
  ): AcceptedMessage | undefined {
    const time = timeOf(row.ts, now);
    if (!Number.isSafeInteger(time)) {
      refuse(`/rows/${index}/ts`, 'time-out-of-range');
      return undefined;
    }
    const plan = planOf(thing.model);
    const judge = judgeOf(thing);
    const message: AcceptedMessage = { thing: thing.number, time, keys: [], values: [], qualities: [] };
    for (const [id, raw] of Object.entries(row.values)) {
      const pointer = `/rows/${index}/values/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const property = plan.properties.get(id);
      const converted = property?.convert(raw);
      if (!property || !converted) refuse(pointer, 'unknown-property');
      else if (!converted.ok) refuse(pointer, converted.reason);
      else {
        message.keys.push(property.key);
        message.values.push(converted.value);
        message.qualities.push(judge.check(property.key, converted.value, time, now));
        if (converted.text !== undefined) {
          message.texts ??= {};
          message.texts[property.key] = converted.text;
        }
      }
    }
    return message.keys.length > 0 ? message : undefined;
  }

  /** Resolves after the commit. Throws InputInvalid when nothing of it could be taken. */
  return async function push(actor: Actor, body: PushBody): Promise<PushView> {
    const now = microsOf(clock.now());
    const known = await things.byCodes(actor, [...new Set(body.rows.map(({ thing }) => thing))]);
    const refused: Refused = [];
    let refusedCount = 0;
    const refuse = (pointer: string, code: string): void => {
      refusedCount += 1;
      if (refused.length < toldRefusals) refused.push({ pointer, code });
    };
    const messages: AcceptedMessage[] = [];
    for (const [index, row] of body.rows.entries()) {
      const thing = known.get(row.thing);
      const message = thing && messageOf(thing, row, index, now, refuse);
      if (!thing) refuse(`/rows/${index}/thing`, 'unknown-thing');
      if (message) messages.push(message);
    }
    if (messages.length === 0) throw new InputInvalid({ refused: refusedCount }, refused);
    const source = await sources.numberOf(actor.scope.organisation, body.source ?? actor.name);
    await accept({ messages, source });
    const points = messages.reduce((sum, message) => sum + message.keys.length, 0);
    return { accepted: messages.length, points, refused, refusedCount };
  };
}
