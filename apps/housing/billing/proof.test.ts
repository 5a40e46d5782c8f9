import { expect, test } from 'vitest';
import { afterSending, type ProofReceipt, withReceipt } from './proof.ts';

const at = '2026-06-11T02:00:05.000Z';
const told = (way: string, fate: ProofReceipt['fate']): ProofReceipt => ({ way, fate, code: 'X', at });
const ways = (...names: string[]) => ({ ways: names.map((way) => ({ way, ok: true })) });

test('arrived by any way it is delivered, and a failure told later does not undo that', () => {
  const arrived = withReceipt({ state: 'sent', proof: ways('sms') }, told('sms', 'delivered'));
  expect(arrived).toMatchObject({ state: 'delivered', proof: { receipts: [{ fate: 'delivered' }] } });
  const read = arrived && withReceipt(arrived, told('in-app', 'read'));
  expect(read?.proof.receipts?.map(({ way, fate }) => `${way} ${fate}`)).toEqual(['sms delivered', 'in-app read']);
  expect(read && withReceipt(read, told('mail', 'failed'))?.state).toBe('delivered');
});

test('a text message that failed fails the reminder only when nothing else took it', () => {
  expect(withReceipt({ state: 'sent', proof: ways('sms') }, told('sms', 'failed'))?.state).toBe('failed');
  expect(withReceipt({ state: 'sent', proof: ways('in-app', 'sms') }, told('sms', 'failed'))?.state).toBe('sent');
});

test('told again changes nothing; what was skipped has no proof', () => {
  const once = withReceipt({ state: 'sent', proof: ways('sms') }, told('sms', 'delivered'));
  expect(once && withReceipt(once, told('sms', 'delivered'))).toBeUndefined();
  expect(withReceipt({ state: 'skipped', proof: {} }, told('sms', 'delivered'))).toBeUndefined();
});

test('a receipt that is quicker than our own note of the sending is not lost', () => {
  const early = withReceipt({ state: 'queued', proof: {} }, told('sms', 'delivered'));
  expect(early?.state).toBe('queued');
  const sent = afterSending('sent', early?.proof.receipts ?? [], ways('sms'));
  expect(sent).toMatchObject({
    state: 'delivered',
    proof: { ways: [{ way: 'sms' }], receipts: [{ fate: 'delivered' }] },
  });
});
