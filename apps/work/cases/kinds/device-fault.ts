import type { CaseKind } from '../kind.ts';
import { hours, minutes, siteWaits, wholeSpine } from './terms.ts';

/** 设备工单: a device is silent, faulty or reports something abnormal. Opened by rules, mostly (H-7.1-c-3, H-9.5.2-b-2). */
export const deviceFault: CaseKind = {
  id: 'device-fault',
  prefix: 'DF',
  name: { zh: '设备工单', en: 'Device fault' },
  states: wholeSpine,
  optional: ['triaged', 'accepted', 'confirmed'],
  requires: { finish: ['note', 'checklist'] },
  waits: siteWaits,
  checklist: [],
  levels: {
    1: { response: minutes(15), resolution: hours(4), calendar: 'around-the-clock' },
    2: { response: minutes(30), resolution: hours(12), calendar: 'around-the-clock' },
    3: { response: hours(2), resolution: hours(18), calendar: 'office' },
    4: { response: hours(9), resolution: hours(45), calendar: 'office' },
  },
  rated: false,
};
