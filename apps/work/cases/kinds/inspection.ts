import type { CaseKind } from '../kind.ts';
import { hours, siteWaits, spineWithout } from './terms.ts';

/** 巡检任务: go, look, prove it with evidence taken on the spot. */
export const inspection: CaseKind = {
  id: 'inspection',
  prefix: 'IN',
  name: { zh: '巡检任务', en: 'Inspection task' },
  states: spineWithout('triaged'),
  optional: ['accepted'],
  requires: { finish: ['checklist', 'evidence'], reject: ['reason'] },
  waits: siteWaits,
  checklist: [{ text: '现场到达并拍照', required: true }],
  levels: {
    1: { response: hours(2), resolution: hours(9), calendar: 'office' },
    2: { response: hours(4), resolution: hours(18), calendar: 'office' },
    3: { response: hours(9), resolution: hours(27), calendar: 'office' },
    4: { response: hours(9), resolution: hours(45), calendar: 'office' },
  },
  rated: false,
};
