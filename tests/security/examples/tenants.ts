import { setTimeout as sleep } from 'node:timers/promises';
import { browser } from '../visitor.ts';
import type { Example, Examples } from './example.ts';

const told = { category: 'water', title: '水管漏水', description: '', photos: [] };
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Something a tenant says of a repair of his. */
const repair =
  (mended: boolean, body?: object): Example =>
  async ({ tenants }) => ({
    params: { id: await tenants.repair(mended) },
    ...(body ? { body } : {}),
    as: await tenants.tenant(),
  });

/** Something a tenant says of a complaint of his. */
const complaint =
  (answered: boolean, body?: object): Example =>
  async ({ tenants }) => ({
    params: { id: await tenants.complaint(answered) },
    ...(body ? { body } : {}),
    as: await tenants.tenant(),
  });

/** What tenants do of their own: each by a tenant. */
export const tenants = (url: string): Examples => ({
  // Nobody is signed in yet: the line is the platform's own, of a message that goes while the answer is there already.
  'sessions.sendCode': async (world) => ({
    body: { phone: await world.tenants.phone() },
    as: {
      id: 'identity',
      ask: async (...question) => {
        const reply = await browser(url).ask(...question);
        await sleep(1500);
        return reply;
      },
    },
  }),
  'sessions.createByCode': async ({ tenants }) => {
    const { id, phone } = await tenants.reachable();
    const page = browser(url);
    const code = await tenants.codeAfter(() => page.ask('POST', '/sessions/codes', { body: { phone } }));
    return { body: { phone, code }, as: { id, ask: page.ask } };
  },
  'ownHome.readNotices': async ({ tenants }) => ({ as: await tenants.tenant() }),
  'ownLeases.sendCode': async ({ tenants }) => ({
    params: { id: (await tenants.toSign()).lease },
    as: await tenants.tenant(),
  }),
  'ownLeases.sign': async ({ tenants }) => {
    const { lease, digest } = await tenants.toSign();
    const as = await tenants.tenant();
    const code = await tenants.codeAfter(() => as.ask('POST', `/own-leases/${lease}/codes`));
    return { params: { id: lease }, body: { digest, consent: '同意', code }, as };
  },
  'ownBills.order': async (world) => ({
    params: { id: await world.tenants.bill() },
    body: { channel: (await world.tenancy.channel()).id },
    as: await world.tenants.tenant(),
  }),
  'ownRepairs.tell': async ({ tenants }) => {
    await tenants.lease();
    return { body: { ...told, channel: 'mini-program' }, as: await tenants.tenant() };
  },
  'ownRepairs.putPhoto': async ({ tenants }) => ({
    query: { name: 'a.png', mediaType: 'image/png' },
    bytes: picture,
    as: await tenants.tenant(),
  }),
  'ownRepairs.comment': repair(false, { text: '上午在家' }),
  'ownRepairs.confirm': repair(true),
  'ownRepairs.reject': repair(true, { reason: '还是打不开' }),
  'ownRepairs.rate': repair(true, { score: 5 }),
  'ownComplaints.tell': async ({ tenants }) => {
    await tenants.lease();
    return {
      body: { category: 'service', title: '维修迟到', description: '' },
      as: await tenants.tenant(),
    };
  },
  'ownComplaints.comment': complaint(false, { text: '请尽快答复' }),
  'ownComplaints.confirm': complaint(true),
  'ownComplaints.reject': complaint(true, { reason: '没有答复问题' }),
  'ownComplaints.rate': complaint(true, { score: 4 }),
  'ownRequests.tell': async ({ tenants }) => ({
    body: { category: 'other', title: '想装扶手', description: '' },
    as: await tenants.tenant(),
  }),
  'repairCalls.take': async ({ tenants }) => ({
    body: { lease: await tenants.lease(), category: 'water', title: '来电报修', description: '' },
  }),
  'caseWorkers.set': async (world) => ({ params: { account: world.me }, body: { skills: ['gardening'], most: 3 } }),
  'caseConsents.set': () => ({ params: { kind: 'repair' }, body: { days: 7 } }),
});
