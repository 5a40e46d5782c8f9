import type { CaseKind } from '../kind.ts';
import { hours, siteWaits, wholeSpine } from './terms.ts';

/** 变更: something in operation is to be altered; judged first, with a way back. */
export const change: CaseKind = {
  id: 'change',
  prefix: 'CH',
  name: { zh: '变更', en: 'Change' },
  states: wholeSpine,
  optional: [],
  requires: { triage: ['note'], finish: ['note', 'checklist'] },
  waits: siteWaits,
  checklist: [
    { text: '回退方案已准备', required: true },
    { text: '变更结果已验证', required: true },
  ],
  levels: {
    1: { response: hours(1), resolution: hours(24), calendar: 'around-the-clock' },
    2: { response: hours(4), resolution: hours(27), calendar: 'office' },
    3: { response: hours(9), resolution: hours(45), calendar: 'office' },
    4: { response: hours(18), resolution: hours(90), calendar: 'office' },
  },
  rated: false,
};
