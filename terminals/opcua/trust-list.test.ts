import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './testing/scene.ts';
import { faceOf, openTrustList } from './trust-list.ts';

test('bytes that are no certificate are refused and have a fingerprint all the same', async () => {
  const folder = temporaryFolder();
  const trust = await openTrustList(folder.path, []);
  try {
    const garbage = Buffer.from('no certificate at all');
    expect(await trust.admits(garbage)).toBe(false);
    expect(await trust.admits(Buffer.alloc(0))).toBe(false);
    expect(faceOf(garbage).fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  } finally {
    await trust.close();
    folder.remove();
  }
});

test('what was rejected is kept, but not without end', async () => {
  const folder = temporaryFolder();
  const trust = await openTrustList(folder.path, []);
  try {
    const rejected = trust.manager.rejectedFolder;
    for (let n = 0; n < 100; n++) {
      const file = join(rejected, `old-${n}.pem`);
      writeFileSync(file, 'x');
      utimesSync(file, n, n);
    }
    await trust.admits(Buffer.from('another stranger'));
    const left = readdirSync(rejected);
    expect(left.length).toBeLessThanOrEqual(64);
    expect(left).toContain('old-99.pem');
    expect(left).not.toContain('old-0.pem');
  } finally {
    await trust.close();
    folder.remove();
  }
});
