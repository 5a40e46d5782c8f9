import type { Examples } from './example.ts';

const reason = '演练';

/** Keys of homes: issued, at rest, ended; the front door. */
export const doorKeys: Examples = {
  'doorKeys.issue': async (world) => {
    const { house, person } = await world.doorKeys.guest();
    const validUntil = new Date(Date.now() + 3_600_000).toISOString();
    return { body: { house, holder: person, kind: 'pin', pattern: 'once', label: '访客', validUntil } };
  },
  'doorKeys.freeze': async (world) => ({ params: { id: (await world.doorKeys.guest()).key }, body: { reason } }),
  'doorKeys.unfreeze': async (world) => ({ params: { id: (await world.doorKeys.frozen()).key }, body: { reason } }),
  'doorKeys.revoke': async (world) => ({ params: { id: (await world.doorKeys.guest()).key }, body: { reason } }),
  'doorKeys.close': async (world) => {
    const { household, house } = await world.doorKeys.guest();
    return { params: { household }, body: { house, ground: 'handed-over', document: '交房单 1' } };
  },
  'doorKeys.reopen': async (world) => ({
    params: { household: (await world.doorKeys.closed()).household },
    body: { reason },
  }),
  'ownDoorKeys.guest': async (world) => {
    await world.doorKeys.ownLasting();
    return { body: { label: '表哥', until: new Date(Date.now() + 3_600_000).toISOString() } };
  },
  'ownDoorKeys.endGuest': async (world) => ({ params: { id: await world.doorKeys.ownGuest() } }),
  'ownDoorKeys.show': async (world) => ({ params: { id: (await world.doorKeys.own()).key } }),
};
