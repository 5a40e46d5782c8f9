import type { Examples } from './example.ts';

/** Terminals of the supervisor and reports by the form of a region. */
export const supervision: Examples = {
  'supervision.addTerminal': (world) => ({ body: { name: world.word(), severity: 1 } }),
  'supervision.endTerminal': async (world) => ({ params: { id: await world.supervisionTerminal() } }),
  'supervision.testTerminal': async (world) => ({ params: { id: await world.supervisionTerminal() } }),
  'supervision.setSchedule': () => ({
    params: { report: 'eastern-monthly' },
    body: { enabled: true, day: 3, hour: 8, formats: ['pdf', 'xlsx'], receivers: [] },
  }),
  'supervision.receive': async (world) => {
    const { terminal, alarm } = await world.pushedWarning();
    return { params: { id: terminal }, body: { alarm } };
  },
  'supervision.makeReport': () => ({ body: { template: 'eastern-monthly', month: '2026-01' } }),
};
