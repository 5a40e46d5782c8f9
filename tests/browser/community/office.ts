import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Installation } from '@keystead/kernel/testing';

interface Made {
  id: string;
}

const dayMs = 86_400_000;
/** `YYYY-MM-DD` so many days from now, in Shanghai. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + 28_800_000 + days * dayMs).toISOString().slice(0, 10);

/** What the housing office does beside the pages of a journey: accounts, somebody who mends, a payment channel. */
export async function officeOf({ url, call }: Pick<Installation, 'url' | 'call'>) {
  const make = async (path: string, body: unknown) => (await call<Made>('POST', path, body)).id;
  const roles = (await call<{ items: { id: string; code: string }[] }>('GET', '/identity/roles')).items;

  async function account(draft: object, code: string, reach: string): Promise<string> {
    const { user } = await call<{ user: Made }>('POST', '/identity/users', draft);
    const role = roles.find((each) => each.code === code)?.id;
    await call('POST', `/identity/users/${user.id}/roles`, { role, reach });
    return user.id;
  }

  return {
    make,
    account,

    /** Somebody who mends what has to do with water. */
    hireMender: async (): Promise<void> => {
      const draft = { username: 'zhang.gong', name: '张师傅', phone: '13900001122' };
      const worker = await account(draft, 'repair-worker', 'organisation');
      await call('PUT', `/case-workers/${worker}`, { skills: ['water'], most: 5 });
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

    /** The code in the last text message somebody was sent, as the demonstration provider kept it. */
    codeOf: async (name: string): Promise<string> => {
      type Kept = { items: { receiverName: string; text: string }[] };
      const { items } = await call<Kept>('GET', '/notify-deliveries/sms-outbox');
      return /\d{6}/.exec(items.find(({ receiverName }) => receiverName === name)?.text ?? '')?.[0] ?? '';
    },

    /** Alipay as a channel with keys of its own; `pay` is the channel telling of the money for an order. */
    openAlipay: async () => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', {
        ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const settings = { application: '2021', publicKey };
      const channel = await make('/payments/channels', { kind: 'alipay', name: '支付宝', enabled: true, settings });
      const pay = async (number: string, amount: number): Promise<number> => {
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
      };
      return { channel, pay };
    },
  };
}
