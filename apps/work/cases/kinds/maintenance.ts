import type { CaseKind } from '../kind.ts';
import { days, hours, siteWaits, spineWithout } from './terms.ts';

/** 维护保养: planned care for a device or a place. */
export const maintenance: CaseKind = {
  id: 'maintenance',
  prefix: 'MT',
  name: { zh: '维护保养', en: 'Maintenance' },
  states: spineWithout('triaged'),
  optional: ['accepted', 'confirmed'],
  requires: { finish: ['note', 'checklist'] },
  waits: siteWaits,
  checklist: [],
  levels: {
    1: { response: hours(4), resolution: days(1), calendar: 'around-the-clock' },
    2: { response: hours(9), resolution: hours(27), calendar: 'office' },
    3: { response: hours(18), resolution: hours(45), calendar: 'office' },
    4: { response: hours(27), resolution: hours(90), calendar: 'office' },
  },
  rated: false,
};
