import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

export const thingChanged = defineEvent('thing.changed.v1', Type.Object({ id: IdText, change: Type.String() }));

/** Many things came at once; their ids are found by the batch. */
export const thingsImported = defineEvent('thing.imported.v1', Type.Object({ batch: IdText, count: Type.Integer() }));

/** A thing came online, went silent, or was never heard of: derived from the model's expected interval. */
export const thingOnlineChanged = defineEvent(
  'thing.online-changed.v1',
  Type.Object({ id: IdText, code: Type.String(), from: Type.String(), to: Type.String(), since: Type.String() }),
);

/** Security finding about a device: clone, spoofed topic, revoked or unlisted credential (H-11.2-g-3). */
export const deviceMisbehaved = defineEvent(
  'thing.misbehaved.v1',
  Type.Object({
    id: Type.Union([IdText, Type.Null()]),
    code: Type.String(),
    problem: Type.String(),
    detail: Type.String(),
  }),
);

/** The trend of a battery says it will not last as long as its class must, or does so again (H-6.3-d, H-6.4-c-1). */
export const batteryLifeJudged = defineEvent(
  'thing.battery-life-judged.v1',
  Type.Object({
    id: IdText,
    code: Type.String(),
    name: Type.String(),
    short: Type.Boolean(),
    /** Years one set of batteries will last; null = no decline can be seen. */
    years: Type.Union([Type.Number(), Type.Null()]),
    /** The clause whose line it fell below; '' = none. */
    clause: Type.String(),
  }),
);
