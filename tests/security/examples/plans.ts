import { newWord } from '../world.ts';
import type { Examples } from './example.ts';

const trigger = { kind: 'time', every: 'month', interval: 1, at: '09:00', from: '2026-01-05', freeDays: 'next' };

/** A plan of rounds at one place, whose first task is due in the past unless told. */
export const planDraft = (place: string, from = '2026-01-05') => ({
  code: newWord(),
  name: '每月巡检',
  kind: 'inspection',
  system: 'fire',
  subjects: [{ kind: 'place', id: place }],
  definition: {
    trigger: { ...trigger, from },
    target: { kind: 'case' },
    lead: 0,
    allow: 86_400,
    points: [{ text: '灭火器压力', photo: false }],
  },
});

export const plans: Examples = {
  'plans.preview': () => ({ body: { trigger, count: 3 } }),
  'plans.create': async (world) => ({ body: planDraft(await world.place()) }),
  'plans.change': async (world) => ({ params: { id: await world.plan() }, body: { name: '每月巡查' } }),
  'plans.read': async (world) => ({ params: { id: await world.round() }, body: { point: 1, passed: true } }),
};
