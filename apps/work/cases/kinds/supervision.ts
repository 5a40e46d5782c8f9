import type { CaseKind } from '../kind.ts';
import { hours, siteWaits, spineWithout } from './terms.ts';

/** 督办: someone has to answer for what is overdue. */
export const supervision: CaseKind = {
  id: 'supervision',
  prefix: 'SV',
  name: { zh: '督办', en: 'Supervision' },
  states: spineWithout('triaged', 'waiting'),
  optional: ['accepted'],
  requires: { finish: ['note'] },
  waits: siteWaits,
  checklist: [],
  levels: {
    1: { response: hours(1), resolution: hours(4), calendar: 'office' },
    2: { response: hours(2), resolution: hours(9), calendar: 'office' },
    3: { response: hours(4), resolution: hours(18), calendar: 'office' },
    4: { response: hours(9), resolution: hours(27), calendar: 'office' },
  },
  rated: false,
};
