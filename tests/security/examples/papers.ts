import { dayFromNow } from '../tenancy.ts';
import type { Examples } from './example.ts';

const notice = (place: string) => ({
  ...{ place, kind: 'service', title: '停水通知', text: '明日停水。' },
  audience: { states: ['signed', 'effective', 'expiring', 'holdover'], fees: 'any' },
});

/** Contract files and notices to tenants. */
export const papers: Examples = {
  'contracts.writeTemplate': (world) => ({
    body: {
      ...{ kind: 'renewal', effectiveOn: dayFromNow(400), title: world.word(), note: '示例' },
      clauses: [{ heading: '一', text: '{tenant}' }],
    },
  }),
  'contracts.previewTemplate': () => ({
    body: {
      ...{ kind: 'first', effectiveOn: '2026-01-01', title: '合同' },
      clauses: [{ heading: '一', text: '{tenant}' }],
    },
  }),
  'contracts.make': async (world) => ({ params: { id: (await world.tenancy.signed()).id } }),
  'contracts.check': async (world) => {
    const { id } = await world.tenancy.signed();
    await world.tenancy.sealed(id);
    return { params: { id }, bytes: Buffer.from('%PDF-1.7\n') };
  },
  'notices.draft': async (world) => ({ body: notice(await world.place()) }),
  'notices.change': async (world) => {
    const place = await world.place();
    return { params: { id: await world.tenancy.tenantNotice(notice(place)) }, body: notice(place) };
  },
  'notices.publish': async (world) => {
    const { house } = await world.tenancy.signed();
    return { params: { id: await world.tenancy.tenantNotice(notice(house)) } };
  },
};
