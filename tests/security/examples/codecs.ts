import { newWord } from '../world.ts';
import type { Examples } from './example.ts';

const source = 'function decodeUplink({ bytes }) { return { data: { level: bytes[0] } }; }';
const samples = [{ way: 'up', name: 'one', hex: '2a', expected: { readings: [{ values: { level: 42 } }] } }];
const draft = () => ({ name: newWord(), source, samples });

export const codecs: Examples = {
  'codecs.create': () => ({ body: draft() }),
  'codecs.write': async (world) => ({ params: { id: await world.codec(draft()) }, body: { source, samples } }),
  'codecs.publish': async (world) => ({ params: { id: await world.codec(draft()) }, body: { number: 1 } }),
  'codecs.rollBack': async (world) => ({ params: { id: await world.replacedCodec(draft()) }, body: { number: 1 } }),
  'codecs.remove': async (world) => ({ params: { id: await world.codec(draft()) } }),
  'codecs.trial': () => ({ body: { source, samples } }),
  'codecs.frames': () => ({ body: { hex: '01030200 2A399B' } }),
};
