import { Type } from 'typebox';
import { defineEvent } from './define.ts';

/** Something of the platform's own is not well (or is again): cpu, memory, disk, backlog, pool, latency, clock. */
export const systemTroubled = defineEvent(
  'system.troubled.v1',
  Type.Object({
    source: Type.String(),
    state: Type.Union([Type.Literal('troubled'), Type.Literal('well')]),
    severity: Type.Integer(),
    detail: Type.String(),
  }),
);
