import { Type } from 'typebox';
import { defineEvent, IdText } from './define.ts';

/** An update campaign began, moved to its next wave, was held, went on, or ended. */
export const firmwareCampaignChanged = defineEvent(
  'firmware.campaign-changed.v1',
  Type.Object({
    id: IdText,
    /** What happened: `created`, `approved`, `wave`, `paused`, … */
    change: Type.String(),
    state: Type.String(),
    wave: Type.Integer(),
    reason: Type.Optional(Type.String()),
  }),
);

/** A device of a campaign came a step further. */
export const firmwareTargetChanged = defineEvent(
  'firmware.target-changed.v1',
  Type.Object({
    campaign: IdText,
    /** Id of the thing. */
    thing: IdText,
    state: Type.String(),
    reason: Type.Optional(Type.String()),
  }),
);
