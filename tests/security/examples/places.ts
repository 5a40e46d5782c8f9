import type { Examples } from './example.ts';

export const places: Examples = {
  'places.create': async (world) => ({
    body: { parent: await world.project(), kind: 'building', code: world.word(), name: '新楼' },
  }),
  'places.update': async (world) => ({ params: { id: await world.place() }, body: { name: '改名的楼' } }),
  'places.remove': async (world) => ({ params: { id: await world.place() } }),
  'places.move': async (world) => ({ params: { id: await world.place() }, body: { parent: await world.elsewhere() } }),
  'places.import': (world) => ({ body: { rows: [{ path: world.word(), kind: 'project', name: '导入的小区' }] } }),
  'places.importSheet': (world) => ({
    bytes: Buffer.from(`path,kind,name\n${world.word()},project,Sheet project\n`),
  }),
  'places.undoImport': async (world) => {
    await world.importedPlaces();
    return {};
  },
};
