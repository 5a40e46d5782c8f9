import type { Examples } from './example.ts';

const names = { 'zh-CN': '试用', en: 'On trial' };

/** People, their rights, organisations and keys. */
export const identity: Examples = {
  'users.create': (world) => ({ body: { username: `u.${world.word()}`, name: '新来的', email: 'new@example.org' } }),
  'users.update': async (world) => ({ params: { id: await world.account() }, body: { name: '改名' } }),
  'users.delete': async (world) => ({ params: { id: await world.account() } }),
  'users.resetPassword': async (world) => ({ params: { id: await world.account() }, body: {} }),
  'users.resetSecondFactor': async (world) => ({ params: { id: await world.account() } }),
  'users.endSessions': async (world) => ({ params: { id: await world.account() } }),
  'organisations.update': () => ({ body: { name: '运营机构' } }),
  'organisations.create': (world) => ({
    body: { kind: 'technical-provider', name: world.word(), administrator: `head.${world.word()}` },
  }),
  'roles.create': (world) => ({
    body: { code: world.word().toLowerCase(), names, permissions: ['place:read'] },
  }),
  'roles.update': async (world) => ({ params: { id: await world.role() }, body: { permissions: ['thing:read'] } }),
  'roles.delete': async (world) => ({ params: { id: await world.role() } }),
  'users.assign': async (world) => ({
    params: { id: await world.account() },
    body: { role: await world.role(), reach: 'organisation' },
  }),
  'users.unassign': async (world) => {
    const { user, assignment } = await world.assignment();
    return { params: { id: user, assignment } };
  },
  'keys.create': (world) => ({ body: { name: world.word(), permissions: ['place:read'] } }),
  'keys.revoke': async (world) => ({ params: { id: await world.key() } }),
};
