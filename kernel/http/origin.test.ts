import { expect, test } from 'vitest';
import { isOwnOrigin } from './live-route.ts';

test.each([
  ['http://127.0.0.1:8080', true],
  ['https://127.0.0.1:8080', true],
  ['http://127.0.0.1:8081', false],
  ['http://127.0.0.1:8080.evil.example', false],
  ['null', false],
  ['file://', false],
  ['', false],
])('a page of origin "%s" is our own: %s', (origin, own) => expect(isOwnOrigin(origin, '127.0.0.1:8080')).toBe(own));
