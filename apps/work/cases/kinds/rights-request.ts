import type { CaseKind } from '../kind.ts';
import { days, residentWaits, spineWithout } from './terms.ts';

const month = { response: days(3), resolution: days(30), calendar: 'around-the-clock' };

/** 个人信息权利请求: a person asks to see, correct or delete what is held of him; answered within 30 days (H-11.3-f-1). */
export const rightsRequest: CaseKind = {
  id: 'rights-request',
  prefix: 'RR',
  name: { zh: '个人信息权利请求', en: 'Personal data request' },
  states: spineWithout('triaged', 'accepted', 'confirmed'),
  optional: [],
  requires: { finish: ['note'] },
  waits: residentWaits,
  checklist: [],
  levels: { 1: month, 2: month, 3: month, 4: month },
  rated: false,
};
