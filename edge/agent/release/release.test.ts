import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firmwareStatement } from '@keystead/contracts/firmware';
import { clause } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readArchive } from '../update/archive.ts';
import { lackingFor } from '../update/modules.ts';
import { PathTooLong, writeArchive } from './archive-writer.ts';
import { makeRelease, ReleaseInvalid } from './release.ts';
import { gatherSources, SourceMissing } from './sources.ts';

const root = join(import.meta.dirname, '../../..');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

test(clause('H-6.1-4', 'a release holds what the agent runs of, and its manifest what was signed'), () => {
  const { archive, manifest } = makeRelease({ root, version: '1.2.3', key, carries: false });
  expect(manifest.hash).toBe(createHash('sha256').update(archive).digest('hex'));
  const signed = Buffer.from(firmwareStatement(manifest));
  expect(verify(null, signed, publicKey, Buffer.from(manifest.signature, 'base64'))).toBe(true);
  const files = readArchive(archive);
  const paths = files.map(({ path }) => path);
  expect(paths).toHaveLength(manifest.files);
  // Programs that are started beside the first, and the page that is read.
  const beside = ['edge/agent/channels/thread.ts', 'terminals/script/worker.ts', 'edge/agent/duty/page.html'];
  expect(paths).toEqual(expect.arrayContaining(['edge/agent/main.ts', 'edge/agent/update/starter.ts', ...beside]));
  expect(paths.filter((path) => path.includes('.test.') || path.startsWith('apps/'))).toEqual([]);
  // No door of a workspace is left: there are none where it will run.
  const left = files.filter(({ path, bytes }) => path.endsWith('.ts') && /from '@keystead\//.test(bytes.toString()));
  expect(left.map(({ path }) => path)).toEqual([]);
  expect(makeRelease({ root, version: '1.2.3', key, carries: false }).archive.equals(archive)).toBe(true);
});

test('a node without a library the release wants, or with another version of it, is told which', () => {
  const { archive, manifest } = makeRelease({ root, version: '1.2.3', key, carries: false });
  const files = readArchive(archive);
  expect(lackingFor(files, join(root, 'node_modules'))).toEqual([]);
  expect(lackingFor(files, undefined)).toEqual(
    Object.entries(manifest.requires).map(([name, version]) => `${name} ${version}`),
  );
  const wanted = { path: 'package.json', bytes: Buffer.from('{"requires":{"mqtt":"99.0.0"}}') };
  expect(lackingFor([wanted], join(root, 'node_modules'))).toEqual(['mqtt 99.0.0']);
  expect(existsSync(join(root, 'node_modules/mqtt'))).toBe(true);
});

test('no release is made with another kind of key, under a name that is none, or of what is not there', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const other = rsa.export({ format: 'pem', type: 'pkcs8' }).toString();
  expect(() => makeRelease({ root, version: '1.0', key: other, carries: false })).toThrow(ReleaseInvalid);
  expect(() => makeRelease({ root, version: '../1.0', key, carries: false })).toThrow(ReleaseInvalid);
  expect(() => gatherSources(root, ['edge/agent/none.ts'])).toThrow(SourceMissing);
});

test('whatever is archived comes out as it was', () => {
  const name = fc.stringMatching(/^[a-z]{1,40}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.dictionary(path, fc.uint8Array({ maxLength: 1500 }), { minKeys: 1, maxKeys: 8 }), (given) => {
      const files = new Map(Object.entries(given));
      const out = readArchive(writeArchive(files)).map(({ path, bytes }) => [path, [...bytes]]);
      expect(Object.fromEntries(out)).toEqual(Object.fromEntries([...files].map(([at, bytes]) => [at, [...bytes]])));
    }),
    { numRuns: 200 },
  );
  expect(() => writeArchive(new Map([['x'.repeat(101), new Uint8Array(1)]]))).toThrow(PathTooLong);
});
