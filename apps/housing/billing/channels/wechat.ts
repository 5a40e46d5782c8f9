import { createDecipheriv, createVerify } from 'node:crypto';
import { CallbackRefused } from '../problems.ts';
import type { Incoming, PayChannel, RefundState, Told } from './channel.ts';

/** A callback older or newer than this is not believed: it may be replayed. */
const tolerance = 300_000;
const tagBytes = 16;

interface Notice {
  event_type: string;
  resource: { algorithm: string; ciphertext: string; nonce: string; associated_data?: string };
}
export interface Transaction {
  out_trade_no: string;
  transaction_id: string;
  trade_state: string;
  success_time?: string;
  mchid: string;
  amount: { total: number; currency: string };
}
interface RefundNotice {
  mchid: string;
  out_trade_no: string;
  out_refund_no: string;
  transaction_id: string;
  refund_status: string;
}

const refuse = (why: string) => new CallbackRefused({ why });

function parsed<T>(text: string, why: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw refuse(why);
  }
}

/**
 * The signature is over `timestamp\nnonce\nbody\n`, the body byte for byte as it came: of callbacks and of answers. Throws
 * CallbackRefused.
 */
export function checkSignature({ header, body, now }: Incoming, settings: Readonly<Record<string, string>>): void {
  const timestamp = header('wechatpay-timestamp') ?? '';
  const nonce = header('wechatpay-nonce') ?? '';
  if (header('wechatpay-serial') !== settings.serial) throw refuse('serial');
  if (!(Math.abs(Number(timestamp) * 1000 - now.getTime()) <= tolerance)) throw refuse('stale');
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  const verifier = createVerify('RSA-SHA256').update(signed);
  // A probe of the platform carries a signature that cannot be good: it is refused like any other.
  if (!verifier.verify(settings.publicKey ?? '', header('wechatpay-signature') ?? '', 'base64'))
    throw refuse('signature');
}

function opened({ ciphertext, nonce, associated_data }: Notice['resource'], key: string): string {
  try {
    const sealed = Buffer.from(ciphertext, 'base64');
    const open = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce), { authTagLength: tagBytes });
    open.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    open.setAAD(Buffer.from(associated_data ?? ''));
    return open.update(sealed.subarray(0, sealed.length - tagBytes), undefined, 'utf8') + open.final('utf8');
  } catch {
    throw refuse('sealed');
  }
}

const refundStates: Readonly<Record<string, RefundState>> = {
  SUCCESS: 'done',
  PROCESSING: 'under-way',
  CLOSED: 'failed',
  // The money could not be handed over: staff of the merchant must act at the channel, so it is not given up here.
  ABNORMAL: 'under-way',
};
export const refundState = (status: string): RefundState => refundStates[status] ?? 'under-way';

function refundTold(notice: RefundNotice, settings: Readonly<Record<string, string>>): Told {
  if (notice.mchid !== settings.merchant) throw refuse('merchant');
  const refund = { number: notice.out_refund_no, state: refundState(notice.refund_status) };
  const order = { number: notice.out_trade_no, transaction: notice.transaction_id, amount: 0, paidAt: new Date(0) };
  return { ...order, paid: false, refund };
}

export function toldOf(transaction: Transaction, settings: Readonly<Record<string, string>>): Told {
  const { out_trade_no, transaction_id, trade_state, success_time, mchid, amount } = transaction;
  if (mchid !== settings.merchant) throw refuse('merchant');
  if (amount?.currency !== 'CNY' || !Number.isSafeInteger(amount.total)) throw refuse('amount');
  const paidAt = new Date(success_time ?? '');
  const paid = trade_state === 'SUCCESS';
  if (paid && Number.isNaN(paidAt.getTime())) throw refuse('time');
  return { number: out_trade_no, transaction: transaction_id, amount: amount.total, paid, paidAt };
}

/**
 * WeChat Pay, API v3. Settings: `merchant`, `serial` (of the platform's certificate, or the id of its public key), `publicKey`
 * (PEM); the secret is the API v3 key of 32 bytes. To ask it: `app`, `merchantSerial` (of our certificate) and our private key.
 */
export const wechat: PayChannel = {
  read: (incoming, settings, secret) => {
    checkSignature(incoming, settings);
    const notice = parsed<Notice>(incoming.body.toString('utf8'), 'body');
    if (notice.resource?.algorithm !== 'AEAD_AES_256_GCM') throw refuse('algorithm');
    const text = opened(notice.resource, secret);
    if (String(notice.event_type).startsWith('REFUND.'))
      return refundTold(parsed<RefundNotice>(text, 'resource'), settings);
    const told = toldOf(parsed<Transaction>(text, 'resource'), settings);
    return { ...told, paid: told.paid && notice.event_type === 'TRANSACTION.SUCCESS' };
  },
  accepted: { status: 200, body: JSON.stringify({ code: 'SUCCESS' }), mediaType: 'application/json' },
  refused: { status: 401, body: JSON.stringify({ code: 'FAIL', message: '失败' }), mediaType: 'application/json' },
};
