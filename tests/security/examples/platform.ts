import type { Examples } from './example.ts';

/** The journal and the installation itself. */
export const platform: Examples = {
  'journal.keepFor': () => ({ body: { days: 2000 } }),
  'journal.verify': () => ({}),
  'system.changeThresholds': () => ({ body: { limits: { memory: { troubled: 93, well: 86 } } } }),
  'system.retryDelivery': async (world) => ({ params: await world.failedDelivery() }),
};
