import type { CaseKind } from '../kind.ts';
import { hours, siteWaits, wholeSpine } from './terms.ts';

/** 问题: the cause behind incidents. */
export const problemCase: CaseKind = {
  id: 'problem',
  prefix: 'PB',
  name: { zh: '问题', en: 'Problem' },
  states: wholeSpine,
  optional: ['accepted'],
  requires: { finish: ['note'] },
  waits: siteWaits,
  checklist: [
    { text: '根本原因已写明', required: true },
    { text: '临时措施已写明', required: false },
  ],
  levels: {
    1: { response: hours(4), resolution: hours(45), calendar: 'office' },
    2: { response: hours(9), resolution: hours(90), calendar: 'office' },
    3: { response: hours(18), resolution: hours(180), calendar: 'office' },
    4: { response: hours(27), resolution: hours(360), calendar: 'office' },
  },
  rated: false,
};
