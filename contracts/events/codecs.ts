import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** Another version of a codec script is in force: published, or gone back to. */
export const codecInForce = defineEvent(
  'codec.in-force.v1',
  Type.Object({ id: IdText, name: Type.String(), version: Type.Integer() }),
);
