import { createCipheriv, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { localStamp } from '@keystead/contracts/calendar';
import { signedText } from '../channels/alipay.ts';

export interface Callback {
  headers: Record<string, string>;
  payload: string;
}

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** Plays WeChat Pay with keys of its own: seals and signs what it tells in the documented form. */
export function fakeWechat() {
  const { publicKey, privateKey } = pair();
  const key = randomBytes(16).toString('hex');
  const settings = { merchant: '1900000001', serial: '5157F09EFDC096DE15EBE81A47057A72', publicKey };

  function tell(at: Date, facts: object, more: { state?: string; key?: string; merchant?: string } = {}): Callback {
    const state = more.state ?? 'SUCCESS';
    const transaction = JSON.stringify({
      ...{
        mchid: more.merchant ?? settings.merchant,
        appid: 'wx1',
        trade_type: 'NATIVE',
        trade_state: state,
        success_time: at.toISOString(),
      },
      ...facts,
    });
    const nonce = randomBytes(6).toString('hex');
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce));
    cipher.setAAD(Buffer.from('transaction'));
    const ciphertext = Buffer.concat([
      cipher.update(transaction, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]).toString('base64');
    const payload = JSON.stringify({
      ...{ id: randomBytes(8).toString('hex'), create_time: at.toISOString(), resource_type: 'encrypt-resource' },
      event_type: state === 'SUCCESS' ? 'TRANSACTION.SUCCESS' : 'TRANSACTION.CLOSED',
      resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: 'transaction' },
    });
    return sign(at, payload, more.key);
  }

  function sign(at: Date, payload: string, otherKey?: string): Callback {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const nonce = randomBytes(8).toString('hex');
    const signature = createSign('RSA-SHA256')
      .update(`${timestamp}\n${nonce}\n${payload}\n`)
      .sign(otherKey ?? privateKey, 'base64');
    return {
      headers: {
        'content-type': 'application/json',
        'wechatpay-timestamp': timestamp,
        'wechatpay-nonce': nonce,
        'wechatpay-serial': settings.serial,
        'wechatpay-signature': signature,
      },
      payload,
    };
  }

  return { settings, secret: key, tell, stranger: pair().privateKey };
}

export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** Plays Alipay with a key of its own. */
export function fakeAlipay() {
  const { publicKey, privateKey } = pair();
  const settings = { application: '2021000000000001', publicKey };
  return {
    settings,
    stranger: pair().privateKey,
    tell: (at: Date, facts: Record<string, string>, key: string = privateKey): Callback => {
      const fields = new URLSearchParams({
        ...{
          app_id: settings.application,
          notify_id: randomBytes(8).toString('hex'),
          trade_status: 'TRADE_SUCCESS',
          charset: 'utf-8',
        },
        ...{ gmt_payment: localStamp(at), subject: '租金 & 水费=六月' },
        ...facts,
      });
      fields.set('sign', createSign('RSA-SHA256').update(signedText(fields), 'utf8').sign(key, 'base64'));
      fields.set('sign_type', 'RSA2');
      return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: fields.toString() };
    },
  };
}

export interface StatedPayment {
  at: Date;
  transaction: string;
  number: string;
  amount: number;
}

/** A day's statement as WeChat writes it: back quotes, a summary at the end. */
export const wechatStatement = (payments: readonly StatedPayment[]): string =>
  [
    '交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易类型,交易状态,应结订单金额,商品名称',
    ...payments.map(({ at, transaction, number, amount }) =>
      [localStamp(at), 'wx1', '1900000001', transaction, number, 'NATIVE', 'SUCCESS', yuan(amount), '租金']
        .map((each) => `\`${each}`)
        .join(','),
    ),
    '总交易单数,应结订单总金额',
    `\`${payments.length},\`0.00`,
  ].join('\r\n');

export const bankStatement = (
  lines: readonly { at: Date; reference: string; code: string; amount: number; note: string }[],
): string =>
  [
    '交易时间,流水号,合同编号,贷方金额,摘要',
    ...lines.map(
      ({ at, reference, code, amount, note }) => `${localStamp(at)},${reference},${code},${yuan(amount)},"${note}"`,
    ),
  ].join('\n');
