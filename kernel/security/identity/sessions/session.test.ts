import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { isWaived, loopbackOnly } from '../people/organisation.ts';
import { expiry, newToken, statusOf, tokenHash } from './session.ts';

describe('what a session may be', () => {
  const plain = { enrolled: false, mustHaveFactor: false, waived: false, mustChangePassword: false, shown: false };

  test(
    clause('H-11.1-a-2', 'I-8.3-a', 'without a second factor shown nobody who has or must have one is active'),
    () => {
      for (const mustHaveFactor of [false, true])
        for (const waived of [false, true])
          for (const mustChangePassword of [false, true])
            expect(statusOf({ ...plain, enrolled: true, mustHaveFactor, waived, mustChangePassword })).toBe(
              'second-factor',
            );
      expect(statusOf({ ...plain, mustHaveFactor: true })).toBe('enrol');
      expect(statusOf({ ...plain, mustHaveFactor: true, mustChangePassword: true })).toBe('change-password');
    },
  );

  test('a tenant may do without, and a waiver waives', () => {
    expect(statusOf(plain)).toBe('active');
    expect(statusOf({ ...plain, mustHaveFactor: true, waived: true })).toBe('active');
    expect(statusOf({ ...plain, enrolled: true, shown: true })).toBe('active');
  });
});

test(clause('H-11.1-b', 'a session ends by rest and by age'), () => {
  const at = (minutes: number) => new Date(minutes * 60_000);
  const session = { seenAt: at(100), expiresAt: at(200), idleMinutes: 30 };
  expect([100, 130].map((minute) => expiry(session, at(minute)))).toEqual([undefined, undefined]);
  expect(expiry(session, new Date(at(130).getTime() + 1))).toBe('idle');
  expect(expiry({ ...session, seenAt: at(199) }, at(200))).toBe('absolute');
});

test('a waiver holds only while every listener is loopback', () => {
  const waiving = { secondFactor: 'waived-while-loopback' as const };
  const here = { BIND: '127.0.0.1', CLEAR_TEXT_NETWORKS: '' };
  expect(isWaived(waiving, here)).toBe(true);
  expect(isWaived({ secondFactor: 'required' }, here)).toBe(false);
  expect(isWaived(waiving, { ...here, CLEAR_TEXT_NETWORKS: '10.0.0.0/8' })).toBe(false);
  for (const BIND of ['0.0.0.0', '::', '10.1.2.3', 'example.org']) expect(loopbackOnly({ ...here, BIND })).toBe(false);
  for (const BIND of ['::1', 'localhost', '127.8.9.1']) expect(loopbackOnly({ ...here, BIND })).toBe(true);
});

test('tokens are 256 bits and only their digest is looked up', () => {
  expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32);
  expect(newToken()).not.toBe(newToken());
  expect(tokenHash('a')).toHaveLength(32);
});
