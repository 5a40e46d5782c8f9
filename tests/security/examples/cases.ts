import { randomUUID } from 'node:crypto';
import type { World } from '../world.ts';
import type { Example, Examples } from './example.ts';

/** A step taken in a case that has taken others before. */
const step =
  (before: readonly string[], body: (world: World) => Record<string, unknown> = () => ({}), kind?: string): Example =>
  async (world) => ({ params: { id: await world.case(before, kind) }, body: body(world) });

const inWork = ['assign', 'accept', 'start'];
const finished = [...inWork, 'finish'];
const why = () => ({ reason: '原因写在这里' });

export const ruleDraft = {
  position: 900,
  name: '烟感不派单',
  source: 'alarm',
  conditions: { families: ['own-thing'] },
  kind: '',
  delay: 0,
  enabled: true,
};

export const cases: Examples = {
  'cases.open': async (world) => ({
    body: { kind: 'request', title: '换锁芯', placeId: await world.place() },
  }),
  'cases.edit': async (world) => ({ params: { id: await world.case() }, body: { title: '换锁芯与把手' }, version: 1 }),
  'cases.triage': step([]),
  'cases.assign': step([], (world) => ({ assignee: world.me })),
  'cases.accept': step(['assign']),
  'cases.decline': step(['assign'], why),
  'cases.start': step(['assign', 'accept']),
  'cases.wait': step(inWork, () => ({ waitingFor: 'parts' })),
  'cases.resume': step([...inWork, 'wait']),
  'cases.finish': step(inWork, () => ({ note: '已处理' })),
  'cases.confirm': step(finished),
  'cases.reject': step(finished, why),
  'cases.close': step([...finished, 'confirm'], why),
  'cases.reopen': step(finished, why),
  'cases.cancel': step([], why),
  'cases.comment': async (world) => ({ params: { id: await world.case() }, body: { text: '请尽快', internal: false } }),
  'cases.addItem': async (world) => ({ params: { id: await world.case() }, body: { text: '拍照', required: false } }),
  'cases.tick': async (world) => {
    const { case: id, item } = await world.item();
    return { params: { id, item }, body: { done: true } };
  },
  'cases.addEvidence': async (world) => ({
    params: { id: await world.case() },
    body: { record: await world.record(), kind: 'document' },
  }),
  'cases.addCost': async (world) => ({
    params: { id: await world.case() },
    body: { kind: 'labour', text: '人工', quantity: 1, unitPrice: 5000 },
  }),
  'cases.link': async (world) => ({
    params: { id: await world.case() },
    body: { relation: 'caused-by', target: await world.case() },
  }),
  'cases.unlink': async (world) => {
    const { case: id, target } = await world.link();
    return { params: { id }, query: { relation: 'caused-by', target } };
  },
  'cases.rate': async (world) => ({ params: { id: await world.case(finished) }, body: { rating: 5 } }),
  'caseRules.add': () => ({ body: ruleDraft }),
  'caseRules.edit': async (world) => ({
    params: { id: await world.caseRule() },
    body: { ...ruleDraft, enabled: false },
    version: 1,
  }),
  'caseRules.remove': async (world) => ({ params: { id: await world.caseRule() } }),
  'caseLevels.set': () => ({
    params: { kind: 'repair', priority: '4' },
    body: { response: 3600, resolution: 86_400, calendar: 'office' },
  }),
  'caseCalendars.set': () => ({
    params: { name: `shift-${randomUUID().slice(0, 8)}` },
    body: {
      zone: 'Asia/Shanghai',
      hours: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' }],
      holidays: [],
      workdays: [],
    },
  }),
};
