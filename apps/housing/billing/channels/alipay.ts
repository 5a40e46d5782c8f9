import { createVerify } from 'node:crypto';
import { CallbackRefused } from '../problems.ts';
import { fen, type PayChannel, shanghai } from './channel.ts';

export const paidStates = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED']);

/** All fields but the signature and its kind, sorted by name, as `name=value` joined by `&`, values decoded. */
export const signedText = (fields: URLSearchParams): string =>
  [...fields.entries()]
    .filter(([name, value]) => name !== 'sign' && name !== 'sign_type' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** Alipay, asynchronous notices with RSA2. Settings: `application` (app_id), `seller`, `publicKey` (PEM of Alipay). To ask it: our private key. */
export const alipay: PayChannel = {
  read: ({ body }, settings) => {
    const refuse = (why: string) => new CallbackRefused({ why });
    const fields = new URLSearchParams(body.toString('utf8'));
    const names = [...fields.keys()];
    // A name given twice would be signed as one thing and read as another.
    if (new Set(names).size !== names.length) throw refuse('body');
    if (fields.get('sign_type') !== 'RSA2') throw refuse('algorithm');
    const verifier = createVerify('RSA-SHA256').update(signedText(fields), 'utf8');
    if (!verifier.verify(settings.publicKey ?? '', fields.get('sign') ?? '', 'base64')) throw refuse('signature');
    if (fields.get('app_id') !== settings.application) throw refuse('merchant');
    if (settings.seller && fields.get('seller_id') !== settings.seller) throw refuse('merchant');
    const amount = fen(fields.get('total_amount') ?? '');
    const paid = paidStates.has(fields.get('trade_status') ?? '');
    const paidAt = shanghai(fields.get('gmt_payment') ?? '');
    if (amount === undefined) throw refuse('amount');
    if (paid && !paidAt) throw refuse('time');
    return {
      number: fields.get('out_trade_no') ?? '',
      transaction: fields.get('trade_no') ?? '',
      amount,
      paid,
      paidAt: paidAt ?? new Date(0),
    };
  },
  accepted: { status: 200, body: 'success', mediaType: 'text/plain' },
  refused: { status: 401, body: 'failure', mediaType: 'text/plain' },
};
