import { createHash } from 'node:crypto';
import { type Actor, may } from '@keystead/contracts/access';
import type { FieldError } from '@keystead/contracts/problem';
import { disablesAutonomy, fieldErrors, type Service, type ThingModel } from '@keystead/contracts/thing-model';
import { AutonomyProtected, type ThingRef } from '@keystead/data/things';
import {
  CommandInputInvalid,
  LevelTooLow,
  needsApproval,
  permissionFor,
  ReasonMissing,
  ServiceUnknown,
  type WantedReading,
  WindowInvalid,
  wantedReading,
} from './command.ts';

/** What somebody wants done. */
export interface Wish {
  service: string;
  input?: unknown;
  reason?: string;
  /** The same key and the same wish give the same command. */
  key?: string;
  /** Seconds it may wait for a sleeping device; the service's deadline unless told. */
  expiresIn?: number;
  /** When it may be carried out. */
  window?: { from?: string; until: string };
  /** Only written down: somebody has to submit it. */
  draft?: boolean;
}

/** A wish held against the model of its thing and the level of its actor. */
export interface Examined {
  service: Service;
  input: unknown;
  readBack: WantedReading | null;
  approval: boolean;
  window: { from: Date | null; until: Date | null };
  digest: Buffer;
}

const nothing = { type: 'object', additionalProperties: false };
const inputBytes = 16 * 1024;
const longestWindow = 7 * 86_400_000; // ms

function checkInput(model: ThingModel, service: Service, input: unknown): void {
  const text = JSON.stringify(input) ?? '';
  const errors: FieldError[] = fieldErrors((service.input ?? nothing) as Parameters<typeof fieldErrors>[0], input);
  if (text.length > inputBytes) errors.push({ pointer: '', code: 'too-long' });
  if (text.includes('\\u0000')) errors.push({ pointer: '', code: 'bad-format' });
  // What the property can never show cannot be wished for either, whatever the service's own schema says.
  const { from, property: id } = service.readBack ?? {};
  const property = model.properties.find((each) => each.id === id);
  const wanted = from === undefined ? undefined : (input as Readonly<Record<string, unknown>> | null)?.[from];
  if (from !== undefined && property && typeof wanted === 'number' && errors.length === 0) {
    const { min, max } = property;
    if (min !== undefined && wanted < min) errors.push({ pointer: `/${from}`, code: 'too-small', detail: `${min}` });
    if (max !== undefined && wanted > max) errors.push({ pointer: `/${from}`, code: 'too-large', detail: `${max}` });
  }
  if (errors.length > 0)
    throw new CommandInputInvalid(
      { service: service.id },
      errors.map((error) => ({ ...error, pointer: `/input${error.pointer}` })),
    );
}

function readWindow(wish: Wish, now: Date): Examined['window'] {
  if (wish.window === undefined) return { from: null, until: null };
  const from = wish.window.from === undefined ? null : new Date(wish.window.from);
  const until = new Date(wish.window.until);
  const begins = Math.max(from?.getTime() ?? 0, now.getTime());
  if (!(until.getTime() > begins) || until.getTime() - now.getTime() > longestWindow) throw new WindowInvalid();
  return { from, until };
}

/** Keys in order, so that equal wishes have equal digests. */
const ordered = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  );
};

export const digestOf = (thing: string, method: string, input: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([thing, method, ordered(input)]))
    .digest();

/**
 * Whether this may be asked of this thing by this actor at all. Throws AutonomyProtected whoever asks (H-6.3-b-2),
 * ServiceUnknown, CommandInputInvalid with every fault, LevelTooLow (I-5.2.2.3-d), ReasonMissing, WindowInvalid.
 */
export function examine(actor: Actor, thing: ThingRef, wish: Wish, now: Date): Examined {
  const { model } = thing;
  const input = wish.input ?? {};
  if (disablesAutonomy(model, { service: wish.service, values: input }))
    throw new AutonomyProtected({ thing: thing.code, service: wish.service });
  const service = model.services.find(({ id }) => id === wish.service);
  if (!service) throw new ServiceUnknown({ thing: thing.code, service: wish.service });
  const needed = permissionFor(service);
  if (!may(actor, needed)) throw new LevelTooLow({ service: service.id, permission: needed });
  checkInput(model, service, input);
  const approval = needsApproval(service);
  if (approval && actor.kind !== 'system' && !wish.draft && (wish.reason ?? '').trim() === '')
    throw new ReasonMissing({ service: service.id });
  return {
    service,
    input,
    readBack: wantedReading(service.readBack, input),
    approval,
    window: readWindow(wish, now),
    digest: digestOf(thing.id, service.id, input),
  };
}
