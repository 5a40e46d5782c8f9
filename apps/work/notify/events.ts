import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { refundHeld } from '@keystead/contracts/events/billing';
import type { caseChanged, caseClockPassed } from '@keystead/contracts/events/cases';
import type { EventEnvelope, EventType, Payload } from '@keystead/contracts/events/define';
import type { jobTroubled } from '@keystead/contracts/events/jobs';
import type { systemTroubled } from '@keystead/contracts/events/system';
import type { thingOnlineChanged } from '@keystead/contracts/events/things';
import type { Notice, Values } from './notice.ts';

type Of<E extends EventType> = EventEnvelope<Payload<E>>;

const grade = (severity: number | undefined): 1 | 2 | 3 | 4 => {
  if (severity === undefined || severity >= 4) return 4;
  return severity <= 1 ? 1 : severity === 2 ? 2 : 3;
};

const both = (values: Values) => ({ 'zh-CN': values, en: values });

const base = (event: EventEnvelope<unknown>) => ({
  event: event.id,
  organisation: event.organisation,
  place: event.place,
  at: new Date(event.at),
});

/** Alarms the platform makes of its own events: those events are told as what they are. */
const toldDirectly: readonly string[] = ['platform:job', 'platform:system'];

/** Raised, come back, worse: told by rules, unless silenced. Cleared: told to whoever was told, silenced or not. */
export function noticeOfAlarm(event: Of<typeof alarmChanged>): Notice | undefined {
  const { id, change, severity, title, subject, suppressed, rule, group } = event.payload;
  if (toldDirectly.includes(rule)) return undefined;
  const name = subject.name || subject.code;
  const common = {
    ...base(event),
    severity: grade(severity),
    about: { kind: 'alarm', id },
    ...(group ? { incident: group } : {}),
    values: {
      'zh-CN': { title: title.zh, subject: name, code: subject.code },
      en: { title: title.en, subject: name, code: subject.code },
    },
  };
  const key = `alarm:${id}`;
  if (change === 'cleared') return { ...common, text: 'alarm.cleared', thread: { key, phase: 'close' } };
  if (suppressed) return undefined;
  if (change === 'raised' || change === 'reactivated' || change === 'released')
    return { ...common, trigger: 'alarm.raised', text: 'alarm.raised', thread: { key, phase: 'open' } };
  if (change === 'escalated' && !group?.member)
    return { ...common, trigger: 'alarm.escalated', text: 'alarm.escalated', thread: { key, phase: 'update' } };
  return undefined;
}

/** A case given to someone; a device order or a maintenance task that came up. */
export function noticesOfCase(event: Of<typeof caseChanged>): Notice[] {
  const { id, code, kind, from, to, title, priority, assignee } = event.payload;
  if (from === to) return [];
  const common = {
    ...base(event),
    severity: grade(priority),
    about: { kind: 'case', id },
    values: both({ title, code, subject: title }),
    ...(assignee ? { assignee } : {}),
  };
  const found: Notice[] = [];
  if (from === '' && kind === 'device-fault') found.push({ ...common, trigger: 'device.fault', text: 'device.fault' });
  if (from === '' && kind === 'maintenance')
    found.push({ ...common, trigger: 'maintenance.due', text: 'maintenance.due' });
  if (to === 'assigned' && assignee) found.push({ ...common, trigger: 'case.assigned', text: 'case.assigned' });
  return found;
}

/** A deadline comes near, or has passed. A maintenance task that nears its deadline is a reminder as well. */
export function noticesOfClock(event: Of<typeof caseClockPassed>): Notice[] {
  const { id, code, clock, mark, kind, title, priority, assignee } = event.payload;
  const common = {
    ...base(event),
    severity: grade(priority),
    about: { kind: 'case', id },
    values: both({ title: title ?? code, code, subject: title ?? code, state: clock }),
    ...(assignee ? { assignee } : {}),
  };
  const late = mark === 'breach';
  const found: Notice[] = [
    { ...common, trigger: late ? 'case.overdue' : 'case.warning', text: late ? 'case.overdue' : 'case.warning' },
  ];
  if (kind === 'maintenance' && !late) found.push({ ...common, trigger: 'maintenance.due', text: 'maintenance.due' });
  return found;
}

export function noticeOfThing(event: Of<typeof thingOnlineChanged>): Notice | undefined {
  const { id, code, to } = event.payload;
  const common = {
    ...base(event),
    severity: 3 as const,
    about: { kind: 'thing', id },
    values: both({ subject: code, code, title: code }),
  };
  const key = `thing:${id}`;
  if (to === 'offline')
    return { ...common, trigger: 'thing.offline', text: 'thing.offline', thread: { key, phase: 'open' } };
  if (to === 'online') return { ...common, text: 'thing.online', thread: { key, phase: 'close' } };
  return undefined;
}

/** Somebody else than who asked has to let the money go. */
export function noticeOfRefund(event: Of<typeof refundHeld>): Notice {
  const { id, amount, askedBy, actorName } = event.payload;
  return {
    ...base(event),
    trigger: 'refund.held',
    text: 'refund.held',
    severity: 3,
    about: { kind: 'refund', id },
    except: askedBy,
    values: both({ title: `¥ ${(amount / 100).toFixed(2)}`, subject: actorName }),
  };
}

export function noticeOfJob(event: Of<typeof jobTroubled>): Notice {
  const { job, trouble, detail } = event.payload;
  const common = {
    ...base(event),
    severity: 2 as const,
    about: { kind: 'job', id: job },
    values: both({ subject: job, title: job, state: trouble, detail }),
  };
  const key = `job:${job}`;
  if (trouble === 'well') return { ...common, text: 'job.well', thread: { key, phase: 'close' } };
  return { ...common, trigger: 'job.troubled', text: 'job.troubled', thread: { key, phase: 'open' } };
}

export function noticeOfSystem(event: Of<typeof systemTroubled>): Notice {
  const { source, state, severity, detail } = event.payload;
  const common = {
    ...base(event),
    severity: grade(severity),
    about: { kind: 'system', id: source },
    values: both({ subject: source, title: source, state, detail }),
  };
  const key = `system:${source}`;
  if (state === 'well') return { ...common, text: 'system.well', thread: { key, phase: 'close' } };
  return { ...common, trigger: 'system.troubled', text: 'system.troubled', thread: { key, phase: 'open' } };
}
