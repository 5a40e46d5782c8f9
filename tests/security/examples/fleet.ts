import type { Examples } from './example.ts';

/** Edge agents: how they come in, and what they are given to do. */
export const fleet: Examples = {
  'fleet.invite': async (world) => ({ body: { name: '北区节点', placeId: await world.place() } }),
  'fleet.uninvite': async (world) => ({ params: { id: (await world.joinToken()).id } }),
  'fleet.join': async (world) => {
    const colleague = await world.colleague();
    const { token } = await world.joinToken();
    // The machine has no account: what it does is in the journal under the platform's own name for it.
    return {
      body: { token, host: 'box' },
      as: { id: 'fleet', ask: (...question) => colleague.ask(...question) },
    };
  },
  'fleet.configure': async (world) => ({
    params: { id: await world.edgeAgent() },
    body: { document: { channels: [] }, note: '第一次' },
  }),
  'fleet.rollBack': async (world) => ({ params: { id: await world.edgeAgent() }, body: { version: 1 } }),
};
