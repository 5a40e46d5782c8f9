import { Type } from 'typebox';
import { defineEvent } from './define.ts';

/** A job was missed, failed for good, or takes longer than it may; or is well again. */
export const jobTroubled = defineEvent(
  'job.troubled.v1',
  Type.Object({
    job: Type.String(),
    trouble: Type.Union([
      Type.Literal('missed'),
      Type.Literal('failed'),
      Type.Literal('overlong'),
      Type.Literal('well'),
    ]),
    detail: Type.String(),
  }),
);
