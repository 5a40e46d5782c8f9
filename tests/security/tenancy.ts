import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { eventually } from '../devices/index.ts';
import type { Person } from './person.ts';

interface Made {
  id: string;
}

export interface LeaseMade {
  id: string;
  house: string;
  tenant: string;
  digest: string;
}

/** Leases and money of examples: each call gives new ones. */
export interface Tenancy {
  /** A draft; sent out for signing; signed by both. */
  draft(): Promise<LeaseMade>;
  pending(): Promise<LeaseMade>;
  signed(): Promise<LeaseMade>;
  /** One in force, with a bill whose one line is wholly owed. */
  billed(): Promise<{ lease: string; bill: string; charge: string }>;
  /** A reminder that waits for a person. */
  notice(): Promise<string>;
  /** A lease with something past its day, and how much. */
  late(): Promise<{ lease: string; owed: number }>;
  /** A payment plan that runs. */
  plan(): Promise<string>;
  pause(): Promise<string>;
  /** A lease with prepaid money. */
  prepaid(): Promise<string>;
  /** A refund that waits for a second person. */
  heldRefund(): Promise<string>;
  /** A month nobody used yet, long over. */
  month(): string;
  run(): Promise<string>;
  difference(): Promise<string>;
  /** A channel, the key it signs with, and an order of it. */
  channel(): Promise<{ id: string; key: string; order: string; orderId: string }>;
  /** A paid order whose channel can be asked, though nobody listens where it is. */
  refundable(): Promise<string>;
  /** A kind of fee of one's own. */
  subject(): Promise<string>;
  /** Makes the sealed file of a signed lease. */
  sealed(lease: string): Promise<void>;
  /** A notice nobody was told yet. */
  tenantNotice(body: object): Promise<string>;
}

const dayMs = 86_400_000;
/** `YYYY-MM-DD` so many days from now, in Shanghai. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + 28_800_000 + days * dayMs).toISOString().slice(0, 10);

/** What Alipay tells of an order over a yuan that was paid, signed with its key. */
export function paidNotice(key: string, order: string, transaction: string): Buffer {
  const fields: [string, string][] = [
    ['app_id', '2021'],
    ['gmt_payment', `${dayFromNow(0)} 10:00:00`],
    ['out_trade_no', order],
    ['total_amount', '1.00'],
    ['trade_no', transaction],
    ['trade_status', 'TRADE_SUCCESS'],
  ];
  const text = fields.map(([name, value]) => `${name}=${value}`).join('&');
  const sign = createSign('RSA-SHA256').update(text).sign(key, 'base64');
  return Buffer.from(new URLSearchParams([...fields, ['sign', sign], ['sign_type', 'RSA2']]).toString());
}

let used = 0;

export function inhabitedTenancy(
  admin: Person,
  place: () => Promise<string>,
  newWord: () => string,
  /** Bills a month. */
  bill: (period: string) => Promise<string>,
): Tenancy {
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;

  async function draft(startsOn = dayFromNow(0)): Promise<LeaseMade> {
    const [house, tenant] = [await place(), randomUUID()];
    const id = await make('/leases', {
      ...{ house, tenant: { party: tenant, name: '承租人' }, lessor: { party: randomUUID(), name: '安居公司' } },
      ...{ startsOn, endsOn: dayFromNow(700), title: newWord(), terms: {} },
      fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
    });
    const { digest } = await admin.get<{ digest: string }>(`/leases/${id}`);
    return { id, house, tenant, digest };
  }
  async function pending(startsOn?: string): Promise<LeaseMade> {
    const made = await draft(startsOn);
    await admin.send('POST', `/leases/${made.id}/steps`, { step: 'submit', reason: '' });
    return made;
  }
  async function signed(startsOn?: string): Promise<LeaseMade> {
    const made = await pending(startsOn);
    const { parties } = await admin.get<{ parties: { role: string; party: string }[] }>(`/leases/${made.id}`);
    for (const role of ['tenant', 'lessor']) {
      const party = parties.find((each) => each.role === role)?.party;
      await admin.send('POST', `/leases/${made.id}/signatures`, {
        ...{ role, party, digest: made.digest, identityCheck: 'counter', consent: '同意' },
      });
    }
    return made;
  }
  async function billed(startsOn = dayFromNow(0)) {
    const { id } = await signed(startsOn);
    await bill(startsOn.slice(0, 7));
    const [line] = await admin.get<{ id: string; bill: string }[]>('/bills/lines', { agreement: id });
    return { lease: id, bill: line?.bill ?? '', charge: line?.id ?? '' };
  }
  /** A lease with something past its day, and how much. */
  async function late() {
    const { lease } = await billed(dayFromNow(-30));
    const lines = await admin.get<{ amount: number }[]>('/bills/lines', { agreement: lease, state: 'late' });
    return { lease, owed: lines.reduce((sum, { amount }) => sum + amount, 0) };
  }
  async function channel() {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const settings = { application: '2021', publicKey };
    const id = await make('/payments/channels', { kind: 'alipay', name: newWord(), enabled: true, settings });
    const { id: agreement } = await draft();
    const wish = { agreement, channel: id, amount: 100 };
    const order = await admin.send<{ id: string; number: string }>('POST', '/payments/orders', wish);
    return { id, key: privateKey, order: order.number, orderId: order.id, settings };
  }
  async function prepaid(amount: number): Promise<string> {
    const { id } = await draft();
    const payment = { channel: 'cash', reference: newWord(), amount, paidAt: new Date().toISOString() };
    await admin.send('POST', '/payments', { agreement: id, ...payment });
    return id;
  }
  const month = (): string => {
    used += 1;
    return `${1990 + Math.floor(used / 12)}-${String((used % 12) + 1).padStart(2, '0')}`;
  };

  return {
    draft,
    pending,
    signed,
    billed,
    month,
    notice: async () => {
      const { lease } = await billed(dayFromNow(-30));
      await admin.send('POST', '/dunning/runs');
      const waiting = () =>
        admin.get<{ id: string; channel: string }[]>('/dunning', { agreement: lease, state: 'queued' });
      const rows = await eventually(waiting, (found) => found.length > 0, 60);
      return rows[0]?.id ?? '';
    },
    late,
    plan: async () => {
      const { lease, owed } = await late();
      const instalments = [{ dueOn: dayFromNow(9), amount: owed }];
      return make('/payment-plans', { agreement: lease, instalments, reason: '书面协议' });
    },
    pause: async () => {
      const { id } = await draft();
      return make('/dunning/pauses', { agreement: id, reason: 'other', note: '', untilDay: dayFromNow(9) });
    },
    prepaid: () => prepaid(5_000),
    heldRefund: async () => {
      const [amount, reference] = [900_000, newWord()];
      const wish = { agreement: await prepaid(amount), channel: 'bank', amount, reference, reason: '退租' };
      return make('/payments/refunds', wish);
    },
    run: () => bill(month()),
    difference: async () => {
      const day = `${month()}-01`;
      const statement = `交易时间,流水号,合同编号,贷方金额,摘要\n${day} 10:00:00,${newWord()},,1.00,不明\n`;
      const id = await make('/payments/reconciliations', { channel: 'bank', day, statement });
      const [found] = await admin.get<Made[]>(`/payments/reconciliations/${id}/differences`);
      return found?.id ?? '';
    },
    channel,
    refundable: async () => {
      const { id, key, order, orderId, settings } = await channel();
      await admin.ask('POST', `/payments/channels/${id}/callback`, { bytes: paidNotice(key, order, newWord()) });
      const kept = { ...settings, gateway: 'http://127.0.0.1:9', patienceMs: '100' };
      const body = { kind: 'alipay', name: newWord(), enabled: true, settings: kept, privateKey: key };
      await admin.send('PUT', `/payments/channels/${id}`, body);
      return orderId;
    },
    sealed: async (lease) => void (await admin.send('POST', `/contracts/${lease}`)),
    tenantNotice: (body) => make('/notices', body),
    subject: async () => {
      const code = `f${newWord().toLowerCase()}`;
      await admin.send('POST', '/fees/subjects', {
        ...{ code, nameZh: code, nameEn: code },
        fund: 'income',
        rank: 50,
        unit: null,
      });
      return code;
    },
  };
}

/** Ids nobody has. */
export function noTenancy(): Tenancy {
  const id = async () => randomUUID() as string;
  const lease = async () => ({ id: randomUUID(), house: randomUUID(), tenant: randomUUID(), digest: '0'.repeat(64) });
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;
  return {
    ...{
      draft: lease,
      pending: lease,
      signed: lease,
      notice: id,
      pause: id,
      prepaid: id,
      heldRefund: id,
      run: id,
      difference: id,
    },
    billed: async () => ({ lease: randomUUID(), bill: randomUUID(), charge: randomUUID() }),
    late: async () => ({ lease: randomUUID(), owed: 100 }),
    plan: id,
    month: () => '1970-01',
    channel: async () => ({ id: randomUUID(), key, order: '0'.repeat(32), orderId: randomUUID() }),
    refundable: id,
    subject: async () => 'nothing',
    sealed: async () => {},
    tenantNotice: id,
  };
}
