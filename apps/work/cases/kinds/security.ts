import type { CaseKind } from '../kind.ts';
import { hours, minutes, siteWaits, wholeSpine } from './terms.ts';

/** 安全事件: a device or a person behaves as none should (H-11.2-g). */
export const security: CaseKind = {
  id: 'security',
  prefix: 'SE',
  name: { zh: '安全事件', en: 'Security event' },
  states: wholeSpine,
  optional: ['accepted'],
  requires: { finish: ['note', 'evidence'] },
  waits: siteWaits,
  checklist: [],
  levels: {
    1: { response: minutes(10), resolution: hours(4), calendar: 'around-the-clock' },
    2: { response: minutes(30), resolution: hours(8), calendar: 'around-the-clock' },
    3: { response: hours(1), resolution: hours(24), calendar: 'around-the-clock' },
    4: { response: hours(4), resolution: hours(72), calendar: 'around-the-clock' },
  },
  rated: false,
};
