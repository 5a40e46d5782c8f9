import type { Examples } from './example.ts';

const paper = (world: { word(): string }) => ({
  query: { name: `${world.word()}.txt`, mediaType: 'text/plain', subject: 'trial:paper', storeLevel: '2' },
  bytes: Buffer.from('a paper\n'),
});

/** What is stored of signals, and files. */
export const signals: Examples = {
  'telemetry.push': async (world) => ({
    body: { source: 'another-cloud', rows: [{ thing: (await world.thing()).code, values: { temperature: 21.5 } }] },
  }),
  'telemetry.keep': () => ({ body: { years: 6 } }),
  'records.put': paper,
  'records.remove': async (world) => ({ params: { id: await world.record() } }),
  'records.hold': async (world) => ({ params: { id: await world.record() }, body: { held: true, reason: '纠纷' } }),
};
