import { createHash } from 'node:crypto';
import type { Examples } from './example.ts';

const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export const risk: Examples = {
  'risk.raise': async (world) => ({ body: { kind: 'sublet', house: await world.house(), grade: 3 } }),
  'risk.setRules': () => ({
    body: {
      ...{ stillWater: 20, stillElectricity: 1.5, vacantUseDays: 3, strangers: 8 },
      ...{ lockTroubles: 12, arrearsDays: [1, 30, 90] },
    },
  }),
  'risk.own': async (world) => ({ params: { id: await world.warning(false) } }),
  'risk.openCase': async (world) => ({ params: { id: await world.warning(false) }, body: { note: '走访核实' } }),
  'risk.reveal': async (world) => ({ params: { id: await world.warning(true) }, body: { reason: '核实住户' } }),
  'risk.close': async (world) => ({
    params: { id: await world.warning(false) },
    body: { action: '走访', person: '王工', result: '未见异常', feedback: 'unfounded' },
  }),
  'violations.report': async (world) => ({
    body: { kind: 'sublet', placeId: await world.place(), note: '邻居反映' },
  }),
  'violations.addEvidence': async (world) => ({
    params: { id: await world.case([], 'violation') },
    query: {
      ...{ name: 'a.png', mediaType: 'image/png', sha256: createHash('sha256').update(picture).digest('hex') },
      ...{ takenAt: new Date().toISOString(), longitude: '117.2', latitude: '34.26' },
    },
    bytes: picture,
  }),
};
