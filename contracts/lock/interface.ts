import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Static, Type } from 'typebox';
import { LockGrantSchema } from './grant.ts';
import { lockEvents } from './record.ts';

const strict = { additionalProperties: false } as const;
const Moment = Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 });

/** Inputs of the services every lock has; `readGrants`, `readState` and `lock` want none. */
export const lockServices = {
  writeGrant: LockGrantSchema,
  revokeGrant: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9-]{1,36}$' }) }, strict),
  readGrants: Type.Object({}, strict),
  unlock: Type.Object({ reason: Type.String({ maxLength: 200 }) }, strict),
  setEmergencyCode: Type.Object(
    {
      pin: Type.String({ pattern: '^[0-9]{6,12}$' }),
      until: Moment,
      uses: Type.Integer({ minimum: 1, maximum: 10 }),
    },
    strict,
  ),
  freeze: Type.Object({ frozen: Type.Boolean() }, strict),
  readRecords: Type.Object(
    { after: Type.Integer({ minimum: 0 }), most: Type.Integer({ minimum: 1, maximum: 100 }) },
    strict,
  ),
  setClock: Type.Object({ time: Moment }, strict),
  readState: Type.Object({}, strict),
} as const;
export type LockService = keyof typeof lockServices;
export type LockInput<S extends LockService> = Static<(typeof lockServices)[S]>;

/** What every lock tells by itself, beside its events. */
export const lockProperties = ['locked', 'open', 'battery', 'wrongCodes', 'frozen'] as const;

/** A grant as a lock gives it back: credentials do not come out again. */
export type GrantInLock = Omit<Static<typeof LockGrantSchema>, 'credential'>;

export interface LockState {
  /** The lock's own clock, ms. */
  time: number;
  locked: boolean;
  open: boolean;
  /** %. */
  battery: number;
  frozen: boolean;
  wrongCodes: number;
  /** How many it holds. */
  grants: number;
}

/** Wrong PINs in a row before the lock says so (H-6.5-c-3). */
export const wrongCodesBeforeAlarm = 6;
/** Days of its log a lock keeps (H-6.5-d-2). */
export const lockLogDays = 90;

/** What a model lacks to be a lock for the platform: `service:freeze`, `event:tamper` …; empty = nothing (H-6.5-a-2). */
export function lockModelGaps(model: ThingModel): string[] {
  const has = (list: readonly { id: string }[], id: string) => list.some((each) => each.id === id);
  return [
    ...Object.keys(lockServices)
      .filter((id) => !has(model.services, id))
      .map((id) => `service:${id}`),
    ...lockEvents.filter((id) => !has(model.events, id)).map((id) => `event:${id}`),
    ...lockProperties.filter((id) => !has(model.properties, id)).map((id) => `property:${id}`),
  ];
}
