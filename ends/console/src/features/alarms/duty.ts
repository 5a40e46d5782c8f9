import type { Alarm } from './alarm.ts';

/**
 * What a duty room must see at once (H-6.3-c-2): alarms that may cost a life, or as severe; not those that stand under
 * another one, nor what somebody has silenced.
 */
export const isForDuty = ({ severity, transferLevel, suppressed, condition, handling, group }: Alarm): boolean =>
  !suppressed &&
  group?.role !== 'member' &&
  (severity <= 2 || (transferLevel === 3 && severity <= 3)) &&
  (condition === 'active' || handling === 'new');

/** Nobody has said yet that he saw it: these stand in the way of everything else, the most severe first. */
export const unseen = (alarms: readonly Alarm[]): Alarm[] =>
  alarms
    .filter((alarm) => isForDuty(alarm) && alarm.handling === 'new')
    .sort((a, b) => a.severity - b.severity || b.raisedAt.localeCompare(a.raisedAt));
