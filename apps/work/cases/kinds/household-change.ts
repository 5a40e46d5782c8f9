import type { CaseKind } from '../kind.ts';
import { hours, residentWaits, spineWithout } from './terms.ts';

/** 住户信息变更: a household tells of a change; it is decided in the household's dossier, which ends the case. */
export const householdChange: CaseKind = {
  id: 'household-change',
  prefix: 'HC',
  name: { zh: '住户信息变更', en: 'Change of household data' },
  states: spineWithout('triaged', 'accepted', 'confirmed'),
  optional: [],
  requires: { finish: ['note'] },
  waits: residentWaits,
  checklist: [],
  levels: {
    1: { response: hours(9), resolution: hours(45), calendar: 'office' },
    2: { response: hours(9), resolution: hours(90), calendar: 'office' },
    3: { response: hours(18), resolution: hours(135), calendar: 'office' },
    4: { response: hours(18), resolution: hours(135), calendar: 'office' },
  },
  rated: false,
};
