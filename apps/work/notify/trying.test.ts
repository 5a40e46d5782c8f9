import { expect, test } from 'vitest';
import { obstacleIn } from './trying.ts';

test.each([
  ['target-refused: 10.1.2.3 leads to an inner network that is not on the allow list', 'inner-address'],
  ['HTTP 401 {"error":"sign"}', 'signature'],
  ['HTTP 404', 'refused'],
  ['HTTP 302', 'redirected'],
  ['HTTP 503 busy', 'busy'],
  ['getaddrinfo ENOTFOUND sms.example.invalid', 'unknown-name'],
  ['connect ECONNREFUSED 127.0.0.1:9', 'unreachable'],
  ['The operation was aborted due to timeout', 'unreachable'],
  ['self-signed certificate in certificate chain', 'certificate'],
  ['Invalid login: 535 5.7.8 Error: authentication failed', 'login'],
  ['no idea', 'other'],
])('%s is told as %s', (error, obstacle) => {
  expect(obstacleIn(error)).toBe(obstacle);
});
