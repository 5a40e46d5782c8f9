import { expect, test } from 'vitest';
import { hashOf, statementOf } from './statement.ts';

test('the text shown for signing is the one devices and platform check', async () => {
  const hash = await hashOf(new Blob(['abc']));
  expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(statementOf({ title: 'meter', version: '2', models: ['b', 'a'], size: 3, hash })).toBe(
    `keystead-firmware-1\nmeter\n2\na,b\n3\n${hash}\n`,
  );
});
