import { newAuthority } from '../authority.ts';
import type { Examples } from './example.ts';

const levels = { transferLevel: 1, storeLevel: 1 };

/** The register of things, their parts and lives, and the models they follow. */
export const things: Examples = {
  'things.addPart': (world) => ({
    body: { code: world.word(), name: '电池', unit: '节', stock: 10, lowMark: 2 },
  }),
  'things.updatePart': async (world) => ({ params: { id: await world.part() }, body: { stock: 9 } }),
  'things.fitParts': async (world) => ({
    params: { id: (await world.thing()).id },
    body: [{ part: await world.part(), quantity: 1 }],
  }),
  'things.create': async (world) => ({
    body: { code: world.word(), name: '新烟感', family: 'smoke-detector', placeId: await world.place() },
  }),
  'things.import': (world) => ({ body: { rows: [{ code: world.word(), name: '烟感', family: 'smoke-detector' }] } }),
  'things.importSheet': (world) => ({ bytes: Buffer.from(`code,name,family\n${world.word()},烟感,smoke-detector\n`) }),
  'things.undoImport': async (world) => {
    await world.importedThings();
    return {};
  },
  'things.update': async (world) => ({ params: { id: (await world.thing()).id }, body: { name: '换个名字' } }),
  'things.issueCredential': async (world) => ({ params: { id: (await world.thing()).id }, body: { kind: 'token' } }),
  'things.rotate': async (world) => ({
    body: { ids: [(await world.credential()).thing], days: 7, delivery: 'session' },
  }),
  'things.addAuthority': () => ({ body: { name: '设备厂商', pem: newAuthority() } }),
  'things.endAuthority': async (world) => ({ params: { id: await world.authority() } }),
  'things.makeProvisionKey': () => ({ body: { family: 'smoke-detector', days: 30, most: 100 } }),
  'things.openProvisionKey': async (world) => ({
    params: { id: await world.provisionKey() },
    body: { enabled: true },
  }),
  'things.checkCertificate': async (world) => ({
    params: { id: (await world.thing()).id },
    body: { chain: [newAuthority()], roots: [] },
  }),
  'things.revokeCredential': async (world) => {
    const { thing, credential } = await world.credential();
    return { params: { id: thing, credential } };
  },
  'things.whitelist': async (world) => ({
    params: { id: (await world.thing()).id },
    body: { whitelist: 'suspended', reason: '检修' },
  }),
  'things.share': async (world) => ({ params: { id: (await world.thing()).id }, body: { interval: 20 } }),
  'things.step': async (world) => ({
    params: { id: await world.plannedThing() },
    body: { to: 'purchased', evidence: { evaluation: '三家比价' } },
  }),
  'things.putEvidence': async (world) => ({
    params: { id: (await world.thing()).id },
    body: [{ standard: 'GA 374-2019', certificate: 'C-1', verifiedOn: '2026-01-10', validUntil: null, record: null }],
  }),
  'things.relate': async (world) => ({
    params: { id: (await world.thing()).id },
    body: { kind: 'depends-on', target: (await world.thing()).id },
  }),
  'things.unrelate': async (world) => {
    const { thing, target } = await world.relation();
    return { params: { id: thing, kind: 'depends-on', target } };
  },
  'things.maintain': async (world) => ({
    params: { id: (await world.thing()).id },
    body: { at: new Date().toISOString(), kind: 'repair', content: '清洁传感器' },
  }),
  'models.publish': (world) => ({
    body: {
      family: `own-${world.word().toLowerCase()}`,
      name: { zh: '自有型号', en: 'Own model' },
      category: { function: 'other', domain: 'housing', specification: 'trial' },
      authentication: 'secret',
      interval: 60,
      grace: 30,
      properties: [{ id: 'level', name: { zh: '液位', en: 'Level' }, type: 'number', access: 'r', ...levels }],
      events: [],
      services: [],
    },
  }),
  'models.setCommissioning': () => ({
    params: { family: 'smoke-detector' },
    body: { points: [{ item: '报警响度', unit: 'dB', low: 85 }] },
  }),
  'models.setNamingRule': () => ({
    body: { family: 'smoke-detector', pattern: '烟感*', explanation: '以烟感开头' },
  }),
};
