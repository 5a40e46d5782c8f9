import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** An alarm was raised, changed severity, was handled a step further, cleared or closed. */
export const alarmChanged = defineEvent(
  'alarm.changed.v1',
  Type.Object({
    id: IdText,
    change: Type.String(),
    severity: Type.Integer(),
    condition: Type.String(),
    handling: Type.String(),
    /** Id of the rule, or the platform's own source such as `platform:offline`. */
    rule: Type.String(),
    title: Type.Object({ zh: Type.String(), en: Type.String() }),
    transferLevel: Type.Integer(),
    /** A silence covers it: kept, but nobody is notified. */
    suppressed: Type.Boolean(),
    /**
     * The incident it is part of. A `member` stands under the `lead`: it is kept, and whoever was told of the incident
     * is not told of it.
     */
    group: Type.Optional(Type.Object({ id: IdText, lead: IdText, member: Type.Boolean() })),
    subject: Type.Object({ kind: Type.String(), id: Type.String(), code: Type.String(), name: Type.String() }),
    /** Event time of the finding, µs since 1970, when one caused the change. */
    eventTime: Type.Optional(Type.Number()),
  }),
);
