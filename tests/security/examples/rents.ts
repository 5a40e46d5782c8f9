import { randomUUID } from 'node:crypto';
import { dayFromNow, paidNotice } from '../tenancy.ts';
import type { Examples } from './example.ts';

const rent = { subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } };
const reason = '示例';

const leases: Examples = {
  'leases.create': async (world) => ({
    body: {
      ...{ house: await world.place(), title: world.word(), terms: {}, fees: [rent] },
      ...{ tenant: { party: randomUUID(), name: '甲' }, lessor: { party: randomUUID(), name: '乙' } },
      ...{ startsOn: dayFromNow(0), endsOn: dayFromNow(300) },
    },
  }),
  'leases.follow': async (world) => {
    const { id } = await world.tenancy.signed();
    return { params: { id }, body: { kind: 'renewal', endsOn: dayFromNow(1000) } };
  },
  'leases.change': async (world) => ({ params: { id: (await world.tenancy.draft()).id }, body: { title: '改名' } }),
  'leases.step': async (world) => ({
    params: { id: (await world.tenancy.draft()).id },
    body: { step: 'submit', reason: '' },
  }),
  'leases.sign': async (world) => {
    const { id, tenant, digest } = await world.tenancy.pending();
    const body = { role: 'tenant', party: tenant, digest, identityCheck: 'counter', consent: '同意' };
    return { params: { id }, body };
  },
  'leases.file': async (world) => ({ params: { id: (await world.tenancy.signed()).id }, body: { number: 'BA-1' } }),
  'leases.setFee': async (world) => ({
    params: { id: (await world.tenancy.draft()).id, subject: 'parking' },
    body: { basis: { kind: 'fixed', amount: 100 }, effectiveOn: dayFromNow(0), reason },
  }),
};

const bills: Examples = {
  'bills.run': async (world) => ({ body: { period: world.tenancy.month() } }),
  'bills.stopRun': async (world) => ({ params: { id: await world.tenancy.run() } }),
  'bills.recordUsage': async (world) => {
    const usage = { house: await world.place(), subject: 'water', period: world.tenancy.month() };
    return { body: { usages: [{ ...usage, begin: 0, end: 1000, source: '手抄' }] } };
  },
  'bills.setSchedule': () => ({
    params: { report: 'collection' },
    body: { enabled: true, day: 2, hour: 1, formats: ['pdf'], receivers: [] },
  }),
  'bills.reverse': async (world) => ({
    params: { id: (await world.tenancy.billed()).bill },
    body: { reason, reissue: true },
  }),
  'bills.waive': async (world) => {
    const { bill, charge } = await world.tenancy.billed();
    return { params: { id: bill }, body: { charge, amount: 1, reason } };
  },
  'ledger.close': async (world) => ({ body: { period: world.tenancy.month() } }),
};

const meters: Examples = {
  'meters.exchange': async (world) => ({
    body: {
      ...{ house: await world.place(), subject: 'water', exchangedAt: new Date().toISOString() },
      ...{ oldEnd: 1000, newBegin: 0, note: '换表' },
    },
  }),
};

const fees: Examples = {
  'fees.addSubject': (world) => {
    const code = `f${world.word().toLowerCase()}`;
    return { body: { code, nameZh: '费', nameEn: 'Fee', fund: 'income', rank: 50, unit: null } };
  },
  'fees.changeSubject': async (world) => ({ params: { code: await world.tenancy.subject() }, body: { rank: 51 } }),
  'fees.addTariff': async (world) => ({
    body: {
      ...{ subject: await world.tenancy.subject(), effectiveOn: '2026-01-01', basis: reason },
      steps: [{ upTo: null, price: 100 }],
    },
  }),
  'fees.setRules': () => ({ body: { dueDay: 10, lateGrace: 0 } }),
};

const money: Examples = {
  'payments.take': async (world) => ({
    body: {
      ...{ agreement: (await world.tenancy.draft()).id, channel: 'cash', reference: world.word(), amount: 100 },
      paidAt: new Date().toISOString(),
    },
  }),
  'payments.refund': async (world) => ({
    body: { agreement: await world.tenancy.prepaid(), channel: 'cash', amount: 100, reference: world.word(), reason },
  }),
  // Nobody confirms what he asked for himself.
  'payments.confirmRefund': async (world) => ({
    params: { id: await world.tenancy.heldRefund() },
    as: await world.colleague(),
  }),
  'payments.refuseRefund': async (world) => ({
    params: { id: await world.tenancy.heldRefund() },
    body: { reason },
  }),
  'payments.order': async (world) => {
    const { id: channel } = await world.tenancy.channel();
    return { body: { agreement: (await world.tenancy.draft()).id, channel, amount: 100 } };
  },
  'payments.checkOrder': async (world) => ({ params: { id: (await world.tenancy.channel()).orderId } }),
  'payments.refundOrder': async (world) => ({
    body: { order: await world.tenancy.refundable(), amount: 1, reason },
  }),
  'payments.addChannel': (world) => ({
    body: { kind: 'alipay', name: world.word(), enabled: false, settings: { application: '1' } },
  }),
  'payments.changeChannel': async (world) => ({
    params: { id: (await world.tenancy.channel()).id },
    body: { kind: 'alipay', name: '改名', enabled: true, settings: { application: '1' } },
  }),
  // A channel has no account: what it tells is in the journal under the platform's own name for it.
  'payments.callback': async (world) => {
    const { id, key, order } = await world.tenancy.channel();
    const bytes = paidNotice(key, order, world.word());
    const colleague = await world.colleague();
    return { params: { id }, bytes, as: { id: 'billing.alipay', ask: (...question) => colleague.ask(...question) } };
  },
  'payments.reconcile': (world) => {
    const day = `${world.tenancy.month()}-01`;
    return { body: { channel: 'bank', day, statement: '交易时间,流水号,合同编号,贷方金额,摘要\n' } };
  },
  'payments.resolve': async (world) => ({
    params: { id: await world.tenancy.difference() },
    body: { resolution: '已核实' },
  }),
};

const dunning: Examples = {
  'dunning.run': () => ({}),
  'dunning.deliver': async (world) => ({
    params: { id: await world.tenancy.notice() },
    body: { delivered: true, how: '电话' },
  }),
  'dunning.pause': async (world) => ({
    body: { agreement: (await world.tenancy.draft()).id, reason: 'other', note: '', untilDay: dayFromNow(9) },
  }),
  'dunning.resume': async (world) => ({ params: { id: await world.tenancy.pause() } }),
};

const paymentPlans: Examples = {
  'paymentPlans.make': async (world) => {
    const { lease, owed } = await world.tenancy.late();
    return { body: { agreement: lease, instalments: [{ dueOn: dayFromNow(9), amount: owed }], reason } };
  },
  'paymentPlans.end': async (world) => ({ params: { id: await world.tenancy.plan() }, body: { reason } }),
};

/** Leases, bills, fees, money and reminders. */
export const rents: Examples = { ...leases, ...bills, ...meters, ...fees, ...money, ...dunning, ...paymentPlans };
