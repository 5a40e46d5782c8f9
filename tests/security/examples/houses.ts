import type { World } from '../world.ts';
import type { Examples } from './example.ts';

const draft = async (world: World) => ({
  parent: await world.place(),
  code: world.word(),
  name: '一套房',
  dossier: {},
});

export const houses: Examples = {
  'houses.create': async (world) => ({ body: await draft(world) }),
  'houses.open': async (world) => ({ params: { id: await world.bareHouse() }, body: { dossier: {} } }),
  'houses.change': async (world) => ({
    params: { id: await world.house() },
    body: { location: { address: '和平路 1 号' } },
  }),
  'houses.step': async (world) => ({
    params: { id: await world.house() },
    body: { step: 'start-repair', reason: '漏水' },
  }),
  'houses.discard': async (world) => ({ params: { id: await world.house() } }),
  'houses.import': async (world) => ({
    bytes: Buffer.from(`project,building,code\n${await world.topProject()},B1,101\n`),
  }),
  'houses.undoImport': async (world) => ({ params: { id: await world.houseBatch() } }),
};
