import { newPicture } from '../phone.ts';
import type { Examples } from './example.ts';

const paper = (world: { word(): string }) => ({
  query: { name: `${world.word()}.txt`, mediaType: 'text/plain', subject: 'trial:paper', storeLevel: '2' },
  bytes: Buffer.from('a paper\n'),
});

/** What is said with the photo of a dial. */
export const dialPhoto = (thing: string) => ({
  ...{ thing, dial: '00012.345', takenAt: new Date().toISOString() },
  ...{ name: 'dial.png', mediaType: 'image/png' },
});

/** What is stored of signals, and files. */
export const signals: Examples = {
  'telemetry.push': async (world) => ({
    body: { source: 'another-cloud', rows: [{ thing: (await world.thing()).code, values: { temperature: 21.5 } }] },
  }),
  'dials.keep': async (world) => ({ query: dialPhoto(await world.device('water-meter')), bytes: newPicture() }),
  'dials.review': async (world) => ({ params: { id: await world.dialCheck() }, body: { verdict: 'confirmed' } }),
  'telemetry.keep': () => ({ body: { years: 6 } }),
  'records.put': paper,
  'records.remove': async (world) => ({ params: { id: await world.record() } }),
  'records.hold': async (world) => ({ params: { id: await world.record() }, body: { held: true, reason: '纠纷' } }),
};
