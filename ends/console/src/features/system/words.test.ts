import { expect, test } from 'vitest';
import { bytes } from './words.ts';

test('bytes are said in the unit that leaves a small number', () => {
  expect([0, 512, 2048, 1.5 * 1024 ** 3, 3 * 1024 ** 4].map(bytes)).toEqual(['0 B', '512 B', '2 KB', '1.5 GB', '3 TB']);
});
