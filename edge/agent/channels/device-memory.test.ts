import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DeviceFolders } from './device-memory.ts';

const data = mkdtempSync(join(tmpdir(), 'agent-devices-'));
afterEach(() => rmSync(data, { recursive: true, force: true }));

test('what a channel remembers of a device is there after a restart, and goes with the device', async () => {
  const memory = new DeviceFolders(data);
  expect(await memory.read('../CAM', 'view')).toBeUndefined();
  await memory.write('../CAM', 'view', Buffer.from('one'));
  await memory.write('../CAM', 'view', Buffer.from('two'));
  await memory.write('LOCK', 'view', Buffer.from('three'));
  const again = new DeviceFolders(data);
  expect(Buffer.from((await again.read('../CAM', 'view')) ?? []).toString()).toBe('two');
  await again.write('LOCK', 'view', undefined);
  expect(await again.read('LOCK', 'view')).toBeUndefined();
  await expect(again.write('LOCK', 'view', new Uint8Array(65_537))).rejects.toMatchObject({
    type: 'payload-too-large',
  });
  expect(readdirSync(data)).toEqual(['devices']);
  await again.keepOnly(['LOCK']);
  expect(await again.read('../CAM', 'view')).toBeUndefined();
});
