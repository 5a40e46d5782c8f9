import { generateKeyPairSync } from 'node:crypto';
import type { Examples } from './example.ts';

const plan = { waves: [], parallel: 10, failures: 0.5, soak: 0 };
const note = { note: '' };
const family = 'temperature-sensor';

/** Keys, packages and campaigns of updates. */
export const firmware: Examples = {
  'firmware.trust': (world) => ({
    body: {
      name: world.word(),
      publicKey: generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    },
  }),
  'firmware.distrust': async (world) => ({ params: { id: await world.firmware.signer() } }),
  'firmware.addPackage': (world) => world.firmware.upload(family),
  'firmware.withdraw': async (world) => ({ params: { id: await world.firmware.package() } }),
  'firmware.preview': async (world) => ({
    body: { package: await world.firmware.package(), audience: { things: [await world.firmware.device()] }, plan },
  }),
  'firmware.begin': async (world) => ({
    body: {
      name: '升级',
      package: await world.firmware.package(),
      audience: { things: [await world.firmware.device()] },
      plan,
      reason: '修复',
    },
  }),
  'firmware.rollBack': async (world) => ({
    params: { id: await world.firmware.campaign('updated') },
    body: { name: '回退', package: await world.firmware.package(), plan, reason: '不稳定' },
  }),
  'firmware.approve': async (world) => ({
    params: { id: await world.firmware.campaign('awaiting-approval') },
    body: note,
    as: await world.colleague(),
  }),
  'firmware.refuse': async (world) => ({
    params: { id: await world.firmware.campaign('awaiting-approval') },
    body: note,
    as: await world.colleague(),
  }),
  'firmware.pause': async (world) => ({ params: { id: await world.firmware.campaign('running') }, body: note }),
  'firmware.resume': async (world) => ({
    params: { id: await world.firmware.campaign('paused') },
    body: { retry: true, note: '' },
  }),
  'firmware.cancel': async (world) => ({ params: { id: await world.firmware.campaign('running') }, body: note }),
};
