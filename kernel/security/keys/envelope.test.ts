import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KeyDamaged, openEnvelope } from './envelope.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-keys-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const key = randomBytes(32);

test('a key comes out of its envelope as it went in, also after a restart', () => {
  const wrapped = openEnvelope(dataDir).wrap('record-1', key);
  expect(wrapped.includes(key)).toBe(false);
  expect(openEnvelope(dataDir).unwrap('record-1', wrapped)).toEqual(key);
  expect(statSync(join(dataDir, 'keys', 'master.key')).mode & 0o777).toBe(0o600);
});

test('an envelope opens for its own id only, and not when any bit of it changed', () => {
  const envelope = openEnvelope(dataDir);
  const wrapped = envelope.wrap('record-1', key);
  expect(() => envelope.unwrap('record-2', wrapped)).toThrow(KeyDamaged);
  for (let at = 0; at < wrapped.length; at++) {
    const changed = Buffer.from(wrapped);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => envelope.unwrap('record-1', changed)).toThrow(KeyDamaged);
  }
  expect(() => envelope.unwrap('record-1', wrapped.subarray(0, 20))).toThrow(KeyDamaged);
});

test('another installation cannot open it', () => {
  const other = mkdtempSync(join(tmpdir(), 'keystead-keys-'));
  expect(() => openEnvelope(other).unwrap('record-1', openEnvelope(dataDir).wrap('record-1', key))).toThrow(KeyDamaged);
  rmSync(other, { recursive: true, force: true });
});

test('a master key that was cut is refused, not used', () => {
  const other = mkdtempSync(join(tmpdir(), 'keystead-keys-'));
  openEnvelope(other);
  writeFileSync(join(other, 'keys', 'master.key'), 'AAAA');
  expect(() => openEnvelope(other)).toThrow('holds no master key');
  rmSync(other, { recursive: true, force: true });
});

test('a mark is the same for the same data and purpose of one installation, and no plain digest', () => {
  const other = mkdtempSync(join(tmpdir(), 'keystead-keys-'));
  const pin = Buffer.from('90807060');
  const mark = openEnvelope(dataDir).mark('commands', pin);
  expect(openEnvelope(dataDir).mark('commands', pin)).toEqual(mark);
  const others = [openEnvelope(dataDir).mark('else', pin), openEnvelope(other).mark('commands', pin)];
  for (const each of [...others, createHash('sha256').update(pin).digest()]) expect(each).not.toEqual(mark);
  rmSync(other, { recursive: true, force: true });
});
