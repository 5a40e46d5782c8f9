import { expect, test } from 'vitest';
import { authorize } from './authorization.ts';

// The worked example of RFC 7616, section 3.9.1.
const realm = 'http-auth@example.org';
const [nonce, opaque, cnonce] = [
  '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
];
const challenge = (algorithm: string) =>
  `Digest realm="${realm}", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;
const login = { user: 'Mufasa', password: 'Circle of Life' };

test.each([
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
])('answers a digest by %s as the standard shows', (algorithm, response) => {
  const answer = authorize([challenge(algorithm)], login, 'GET', '/dir/index.html', cnonce);
  expect(answer).toContain(`response="${response}"`);
  expect(answer).toContain(`opaque="${opaque}"`);
});

test('takes the strongest challenge, and a password in clear only when nothing else is asked', () => {
  const both = ['Basic realm="x"', challenge('MD5'), challenge('SHA-256')];
  expect(authorize(both, login, 'GET', '/')).toContain('algorithm=SHA-256');
  expect(authorize(['Basic realm="x"'], login, 'GET', '/')).toBe('Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl');
  expect(authorize(['Negotiate', 'Digest realm="x", algorithm=SHA-512-256'], login, 'GET', '/')).toBeUndefined();
});
