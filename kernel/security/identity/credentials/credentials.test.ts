import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pauseAfter } from './attempts.ts';
import { hashPassword, isOutdated, makePassword, pretendToVerify, verifyPassword } from './password.ts';
import { checkPassword, PasswordTooWeak, passwordFaults } from './password-rules.ts';
import { looksLikeRecovery, makeRecoveryCodes, recoveryHash } from './recovery.ts';
import { base32, type TotpShape, totpCode, totpStep, totpUri } from './totp.ts';

describe('passwords', () => {
  test('are kept as Argon2id with their cost, never twice the same, and only the right one opens', async () => {
    const [one, two] = await Promise.all([hashPassword('一个足够长的密码短语'), hashPassword('一个足够长的密码短语')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, '一个足够长的密码短语')).toBe(true);
    expect(await verifyPassword(one, '一个足够长的密码短语 ')).toBe(false);
    expect(await pretendToVerify('anything')).toBe(false);
  });

  test('verify against a hash another program made, and are hashed anew then', async () => {
    // argon2 reference command line: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1`.
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword(reference, 'password')).toBe(true);
    expect(await verifyPassword(reference, 'Password')).toBe(false);
    expect(isOutdated(reference)).toBe(true);
    expect(isOutdated(await hashPassword('password'))).toBe(false);
  });

  test('typed on another keyboard are the same', async () => {
    expect(await verifyPassword(await hashPassword('ｆｕｌｌｗｉｄｔｈ１２３é'), 'fullwidth123é')).toBe(true);
  });

  const owner = { userName: 'wangfang', name: '王芳' };
  test.each([
    ['short', 'Tr0ub4dor', 'too-short'],
    ['known to everybody', 'password1234', 'too-common'],
    ['known to everybody, dressed up', '!!Password2026', 'too-common'],
    ['a walk over the keyboard', 'qwertyuiopas', 'too-common'],
    ['the alphabet backwards', 'lkjihgfedcba', 'too-common'],
    ['one word over and over', 'abcabcabcabc', 'too-common'],
    ['one letter', 'aaaaaaaaaaaa', 'too-common'],
    ['the user name with a year', 'WangFang2026', 'like-owner'],
    ['endless', 'xK9'.repeat(50), 'too-long'],
  ])('%s is refused', (_what, password, code) => {
    expect(passwordFaults(password, owner, '/password').map((fault) => fault.code)).toContain(code);
    expect(() => checkPassword(password, owner)).toThrow(PasswordTooWeak);
  });

  test.each(['correct horse battery', '湖边的老房子里有三只猫咪在睡觉', 'vT7-pq2Lm9-xR'])('%s is taken', (password) => {
    expect(passwordFaults(password, owner, '/password')).toEqual([]);
  });

  test('that are made pass their own rules', () => {
    fc.assert(fc.property(fc.constant(null), () => passwordFaults(makePassword(), owner, '/').length === 0));
  });
});

describe('one-time codes', () => {
  const keys: Record<TotpShape['algorithm'], Buffer> = {
    SHA1: Buffer.from('12345678901234567890'),
    SHA256: Buffer.from('12345678901234567890123456789012'),
    SHA512: Buffer.from('1234567890123456789012345678901234567890123456789012345678901234'),
  };
  // RFC 6238, appendix B.
  test.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])(`${clause('I-8.3-a', 'are those of RFC 6238')} at %d`, (seconds, sha1, sha256, sha512) => {
    const at = new Date(seconds * 1000);
    expect(totpCode(keys.SHA1, at, { algorithm: 'SHA1', digits: 8 })).toBe(sha1);
    expect(totpCode(keys.SHA256, at, { algorithm: 'SHA256', digits: 8 })).toBe(sha256);
    expect(totpCode(keys.SHA512, at, { algorithm: 'SHA512', digits: 8 })).toBe(sha512);
  });

  test('are taken one step early or late, with the step they belong to, and not two', () => {
    const at = (step: number) => new Date((step * 30 + 7) * 1000);
    const code = totpCode(keys.SHA1, at(1000));
    expect([999, 1000, 1001].map((step) => totpStep(keys.SHA1, code, at(step)))).toEqual([1000, 1000, 1000]);
    expect([998, 1002].map((step) => totpStep(keys.SHA1, code, at(step)))).toEqual([undefined, undefined]);
    expect(totpStep(keys.SHA1, '12345', at(1000))).toBeUndefined();
    expect(totpStep(keys.SHA1, 'abcdef', at(1000))).toBeUndefined();
  });

  test('come with an address an authenticator app reads', () => {
    const uri = new URL(totpUri(keys.SHA1, '王芳'));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(uri.searchParams.get('secret')).toBe(base32(keys.SHA1));
    expect(base32(keys.SHA1)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});

test('recovery codes are ten, all different, and forgive spaces and capitals', () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    expect(looksLikeRecovery(code)).toBe(true);
    expect(recoveryHash(code.toUpperCase().replaceAll('-', ' '))).toEqual(recoveryHash(code));
  }
  expect(looksLikeRecovery('123456')).toBe(false);
});

test('pauses after failures begin at the fifth, double, and end at an hour', () => {
  expect([1, 4, 5, 6, 7, 12, 13, 500].map((n) => pauseAfter('name', n))).toEqual([0, 0, 15, 30, 60, 1920, 3600, 3600]);
  expect(pauseAfter('address', 29)).toBe(0);
});
