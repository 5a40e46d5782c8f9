import type { Examples } from './example.ts';

const today = (): string => new Date().toISOString().slice(0, 10);

export const care: Examples = {
  'care.plan': async (world) => ({
    body: {
      person: await world.residents.marked(),
      worker: '王社工',
      recurrence: { every: 'month', interval: 1, from: today() },
    },
  }),
  'care.endPlan': async (world) => ({ params: { id: await world.residents.visitPlan() } }),
  'care.visit': async (world) => ({ params: { id: await world.residents.visit() }, body: { note: '一切正常' } }),
  'care.serve': async (world) => ({
    body: { person: await world.residents.marked(), kind: 'call', note: '电话问候' },
  }),
  'care.linkAid': async (world) => ({
    body: { thing: await world.device('medical-aid'), person: await world.residents.marked() },
  }),
  'care.unlinkAid': async (world) => ({
    params: { id: await world.residents.aid(await world.device('medical-aid')) },
  }),
  'care.setMedicalService': () => ({ body: { url: 'http://127.0.0.1:9/none', secret: 'sixteen letters at least' } }),
  'ownCare.help': async (world) => {
    await world.residents.ownPaper();
    return {};
  },
};
