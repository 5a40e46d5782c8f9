import type { Examples } from './example.ts';

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

export const ruleDraft = {
  name: { zh: '偏热', en: 'Warm' },
  enabled: true,
  appliesTo: { family: 'smoke-detector' },
  trigger: { kind: 'condition', levels: [{ severity: 4, when: 'temperature > 60' }] },
};

export const alarms: Examples = {
  'alarms.silence': async (world) => ({
    body: { place: await world.placePath(), until: inAnHour(), reason: '消防演练' },
  }),
  'alarms.endSilence': async (world) => ({ params: { id: await world.silence() } }),
  'alarms.setGrouping': () => ({ body: { enabled: true, window: 240, settle: 45 } }),
  'alarms.step': async (world) => ({ params: { id: await world.alarm() }, body: { step: 'handle', note: '出发' } }),
  'alarms.acknowledge': async (world) => ({ params: { id: await world.alarm() }, body: { note: '知道了' } }),
  'alarms.stepMany': async (world) => ({ body: { ids: [await world.alarm()], step: 'acknowledge' } }),
  'alarmRules.create': () => ({ body: ruleDraft }),
  'alarmRules.check': () => ({ body: ruleDraft }),
  'alarmRules.update': async (world) => ({
    params: { id: await world.alarmRule() },
    body: { ...ruleDraft, enabled: false },
  }),
  'alarmRules.remove': async (world) => ({ params: { id: await world.alarmRule() } }),
};
