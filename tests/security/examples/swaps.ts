import type { Examples } from './example.ts';

const reason = '示例';

/** Households that change houses. */
export const swaps: Examples = {
  'ownSwaps.ask': async (world) => {
    await world.swaps.ready();
    return { body: { reason, wish: { note: '想住低楼层' } } };
  },
  'ownSwaps.agree': async (world) => {
    const { id, partner } = await world.swaps.proposed();
    return { params: { id }, as: partner };
  },
  'ownSwaps.decline': async (world) => {
    const { id, partner } = await world.swaps.proposed();
    return { params: { id }, as: partner };
  },
  'ownSwaps.withdraw': async (world) => ({ params: { id: await world.swaps.asked() }, body: { reason } }),
  'swaps.approve': async (world) => ({
    params: { id: await world.swaps.asked() },
    body: await world.swaps.approval(),
  }),
  'swaps.refuse': async (world) => ({ params: { id: await world.swaps.asked() }, body: { reason } }),
  'swaps.cancel': async (world) => ({ params: { id: await world.swaps.asked() }, body: { reason } }),
  'swaps.read': async (world) => {
    const { id, house } = await world.swaps.scheduled();
    return { params: { id }, body: { house, readings: [{ subject: 'water', begin: 0, end: 1000 }] } };
  },
};
