import type { Examples } from './example.ts';

const reason = '示例';
const photo = {
  query: { name: 'door.jpg', mediaType: 'image/jpeg' },
  bytes: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
};

const moveIns: Examples = {
  'moveIns.begin': async ({ housing }) => ({
    body: { household: await housing.party('household'), house: await housing.house() },
  }),
  'moveIns.contract': async ({ housing }) => {
    await housing.contract();
    return { params: { id: await housing.begun() }, body: {} };
  },
  'moveIns.checkIn': async ({ housing }) => ({
    params: { id: (await housing.signed()).process },
    body: housing.nothing,
  }),
  'moveIns.cancel': async ({ housing }) => ({ params: { id: await housing.begun() }, body: { reason } }),
  'moveIns.putPhoto': async ({ housing }) => ({ params: { id: await housing.begun() }, ...photo }),
  'moveIns.setLessor': async ({ housing }) => ({ body: { party: await housing.party('organisation') } }),
  'ownMoveIn.sign': async ({ housing }) => {
    const { digest } = await housing.ownContract();
    return { body: { digest, consent: '同意' } };
  },
  'ownMoveIn.appoint': async ({ housing }) => {
    await housing.ownContract();
    return { body: { at: housing.soon(86_400_000) } };
  },
  'ownMoveIn.putPhoto': async ({ housing }) => {
    await housing.ownContract();
    return photo;
  },
  'ownMoveIn.checkIn': async ({ housing }) => {
    await housing.signed(await housing.own());
    return { body: housing.nothing };
  },
};

const allocation: Examples = {
  'allocation.enter': async ({ housing }) => ({ body: { household: await housing.party('household'), reason } }),
  'allocation.score': async ({ housing }) => ({
    params: { id: await housing.entry() },
    body: { priority: 1, score: 80, reason },
  }),
  'allocation.create': async (world) => {
    const placeId = await world.place();
    const houses = [await world.housing.house(placeId)];
    const body = { name: world.word(), placeId, ranking: 'queue', slotMinutes: 10, houses };
    return { body: { ...body, intentUntil: world.housing.soon(3_600_000) } };
  },
  'allocation.announce': async ({ housing }) => ({ params: { id: (await housing.plan()).id } }),
  'allocation.commit': async ({ housing }) => ({ params: { id: (await housing.closedList()).id } }),
  'allocation.draw': async ({ housing }) => ({
    params: { id: (await housing.committed()).id },
    body: { witness: '1 2 3', choosingFrom: housing.soon(0) },
  }),
  'allocation.close': async ({ housing }) => ({ params: { id: (await housing.drawn()).id }, body: { reason } }),
  'allocation.intend': async ({ housing }) => ({
    params: { id: (await housing.open()).id, entry: await housing.entry() },
  }),
  'allocation.choose': async ({ housing }) => {
    const { id, entry, home } = await housing.drawn();
    return { params: { id, entry }, body: { house: home } };
  },
  'allocation.pass': async ({ housing }) => {
    const { id, entry } = await housing.drawn(undefined, -120_000);
    return { params: { id, entry } };
  },
  'allocation.decline': async ({ housing }) => {
    const { id, entry } = await housing.drawn();
    return { params: { id, entry }, body: { reason } };
  },
  'ownAllocation.intend': async ({ housing }) => {
    await housing.ownEntry();
    return { params: { id: (await housing.open()).id } };
  },
  'ownAllocation.choose': async ({ housing }) => {
    const { id, home } = await housing.drawn(await housing.ownEntry());
    return { params: { id }, body: { house: home } };
  },
  'ownAllocation.decline': async ({ housing }) => {
    const { id } = await housing.drawn(await housing.ownEntry());
    return { params: { id }, body: { reason } };
  },
};

const exits: Examples = {
  'exits.open': async ({ housing }) => ({
    body: { lease: (await housing.lived()).lease, kind: 'voluntary', reason },
  }),
  'exits.accept': async ({ housing }) => ({ params: { id: await housing.exit() } }),
  'exits.inspect': async ({ housing }) => ({ params: { id: await housing.accepted() }, body: housing.found }),
  'exits.putPhoto': async ({ housing }) => ({ params: { id: await housing.accepted() }, ...photo }),
  'exits.settle': async ({ housing }) => ({ params: { id: await housing.inspected() }, body: { channel: 'bank' } }),
  'exits.handOver': async ({ housing }) => ({ params: { id: await housing.settled() } }),
  'exits.cancel': async ({ housing }) => ({ params: { id: await housing.exit() }, body: { reason } }),
  'exits.setSupervision': () => ({ body: { url: 'http://127.0.0.1:9/none' } }),
  'ownExit.ask': async ({ housing }) => {
    await housing.ownLived();
    return { body: { reason } };
  },
  'ownExit.confirm': async ({ housing }) => ({ params: { id: await housing.ownSettled() } }),
  'ownExit.cancel': async ({ housing }) => ({ params: { id: await housing.ownExit() }, body: { reason } }),
};

export const homes: Examples = { ...moveIns, ...allocation, ...exits };
