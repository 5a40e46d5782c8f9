import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Installation } from '@keystead/kernel/testing';

interface Made {
  id: string;
}

const dayMs = 86_400_000;
/** `YYYY-MM-DD` so many days from now, in Shanghai. */
const dayFromNow = (days: number): string =>
  new Date(Date.now() + 28_800_000 + days * dayMs).toISOString().slice(0, 10);

/** A tenant with a house, a contract to sign, and someone who mends things; told to an installation as staff would. */
export async function settleTenant({ url, call }: Pick<Installation, 'url' | 'call'>) {
  const phone = '13800007788';
  const name = '王秀英';
  const password = 'counter-slip-for-once-58';
  const make = async (path: string, body: unknown) => (await call<Made>('POST', path, body)).id;
  const roles = (await call<{ items: { id: string; code: string }[] }>('GET', '/identity/roles')).items;
  async function account(draft: object, code: string, reach: string): Promise<string> {
    const { user } = await call<{ user: Made }>('POST', '/identity/users', draft);
    const role = roles.find((each) => each.code === code)?.id;
    await call('POST', `/identity/users/${user.id}/roles`, { role, reach });
    return user.id;
  }
  const tenant = await account({ username: 'wang.xiuying', name, phone, password, kind: 'tenant' }, 'tenant', 'own');
  const worker = await account(
    { username: 'zhang.gong', name: '张师傅', phone: '13900001122' },
    'repair-worker',
    'organisation',
  );
  await call('PUT', `/case-workers/${worker}`, { skills: ['water'], most: 5 });
  const project = await make('/places', { parent: null, kind: 'project', code: 'JOURNEY', name: '安居小区' });
  const building = await make('/places', { parent: project, kind: 'building', code: 'B1', name: '1栋' });
  const house = await make('/places', { parent: building, kind: 'house', code: '101', name: '1栋101室' });
  const household = await make('/parties', { kind: 'household', name: '王家', placeId: project });
  const person = await make('/parties', { kind: 'person', name, placeId: project, account: tenant });
  await call('PUT', `/parties/${person}/fields`, { fields: [{ field: 'phone', value: phone }], source: 'declared' });
  await call('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: dayFromNow(-30) });
  const lessor = { party: randomUUID(), name: '安居住房租赁公司' };
  const lease = await make('/leases', {
    ...{ house, tenant: { party: household, name }, lessor, startsOn: dayFromNow(0), endsOn: dayFromNow(700) },
    ...{
      title: '公共租赁住房租赁合同',
      terms: { 用途: '仅供承租家庭居住，不得转租、转借。', 维修: '房屋自然损坏由出租人负责维修。' },
    },
    fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
  });
  await call('POST', `/leases/${lease}/steps`, { step: 'submit', reason: '' });
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const settings = { application: '2021', publicKey };
  const channel = await make('/payments/channels', { kind: 'alipay', name: '支付宝', enabled: true, settings });

  return {
    phone,
    name,
    /** What the office gave; good for once. */
    password,
    lease,

    /** The last text message that went to the tenant, as the demonstration provider kept it. */
    code: async (): Promise<string> => {
      type Kept = { items: { receiverName: string; text: string }[] };
      const { items } = await call<Kept>('GET', '/notify-deliveries/sms-outbox');
      return /\d{6}/.exec(items.find(({ receiverName }) => receiverName === name)?.text ?? '')?.[0] ?? '';
    },

    /** The other side signs; then the month is billed. */
    begin: async (): Promise<void> => {
      const { digest } = await call<{ digest: string }>('GET', `/leases/${lease}`);
      const by = { role: 'lessor', ...lessor, digest, identityCheck: 'counter', consent: '同意' };
      const { name: _name, ...signature } = by;
      await call('POST', `/leases/${lease}/signatures`, signature);
      await call('POST', '/bills/runs', { period: dayFromNow(0).slice(0, 7) });
    },

    /** The channel tells of the money for the only order there is. */
    pay: async (number: string, amount: number): Promise<number> => {
      const fields: [string, string][] = [
        ['app_id', settings.application],
        ['gmt_payment', `${dayFromNow(0)} 10:00:00`],
        ['out_trade_no', number],
        ['total_amount', (amount / 100).toFixed(2)],
        ['trade_no', randomUUID()],
        ['trade_status', 'TRADE_SUCCESS'],
      ];
      const text = fields.map(([key, value]) => `${key}=${value}`).join('&');
      const sign = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
      const answer = await fetch(`${url}/api/v1/payments/channels/${channel}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: new URLSearchParams([...fields, ['sign', sign], ['sign_type', 'RSA2']]).toString(),
      });
      await answer.text();
      return answer.status;
    },

    /** Takes the only repair as far as done, as a dispatcher may for the worker. */
    mend: async (): Promise<void> => {
      const { items } = await call<{ items: { id: string }[] }>('GET', '/cases?kind=repair&limit=1');
      for (const [step, body] of [
        ['acceptance', {}],
        ['start', {}],
        ['completion', { note: '更换了密封圈' }],
      ] as const)
        await call('POST', `/cases/${items[0]?.id}/${step}`, body);
    },
  };
}

export type SettledTenant = Awaited<ReturnType<typeof settleTenant>>;
