import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { firmwareStatement, offerValues } from '@keystead/contracts/firmware';
import { createLog } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ArchiveInvalid, readArchive } from './archive.ts';
import { FirmwareUpdater } from './firmware-updater.ts';
import { Versions } from './versions.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'pem', type: 'spki' }).toString();
let data: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'agent-versions-'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** A ustar archive of one file. */
function archiveOf(path: string, text: string, kind = '0'): Buffer {
  const head = Buffer.alloc(512);
  head.write(path, 0);
  head.write('0000644\0', 100);
  head.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
  head.write(kind, 156);
  head.write('ustar\0', 257);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
  body.write(text);
  return gzipSync(Buffer.concat([head, body, Buffer.alloc(1024)]));
}

/** A program that notes that it runs; a well one says so. */
const program = (version: string, isWell: boolean) => `
import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(join(data, 'ran'))}, '${version}\\n');
${isWell ? `writeFileSync(${JSON.stringify(join(data, 'versions', `${version}.well`))}, '${version}');` : ''}
setInterval(() => {}, 1000);
`;
const ran = (): string[] =>
  existsSync(join(data, 'ran')) ? readFileSync(join(data, 'ran'), 'utf8').trim().split('\n') : [];

function start(healthMs = 1_500): ChildProcess {
  writeFileSync(join(data, 'built-in.mjs'), program('built-in', false));
  const more = JSON.stringify({ program: join(data, 'built-in.mjs'), healthMs });
  const starter = join(import.meta.dirname, 'starter.ts');
  const script = `const { startSupervised } = await import(${JSON.stringify(starter)});
    process.exitCode = await startSupervised(['--data', ${JSON.stringify(data)}], ${more});`;
  running = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore', detached: true });
  return running;
}
/** As a power cut: the starter and what it runs. */
async function cut(): Promise<void> {
  const { pid } = running ?? {};
  const gone = new Promise((resolve) => running?.once('exit', resolve));
  if (pid) process.kill(-pid, 'SIGKILL');
  await gone;
}
const install = (version: string, isWell: boolean) =>
  new Versions(data).install(version, readArchive(archiveOf('main.mjs', program(version, isWell))));

test(clause(
  'H-6.1-4',
  'a version that does not say in time that it is well is left, and the one before runs again',
), async () => {
  await install('2.0', true);
  start();
  await vi.waitFor(() => expect(new Versions(data).read().current).toBe('2.0'), { timeout: 10_000 });
  await cut();
  await install('3.0', false);
  start(500);
  await vi.waitFor(() => expect(ran()).toEqual(['2.0', '3.0', '2.0']), { timeout: 15_000 });
  expect(new Versions(data).read()).toEqual({
    current: '2.0',
    trial: null,
    news: { state: 'ROLLED_BACK', version: '3.0', error: 'health-check: not well in time' },
  });
  await cut();
}, 40_000);

test(clause('H-6.1-4', 'killed at whatever moment, what the pointer names is there as a whole and runs'), async () => {
  await install('2.0', true);
  for (let round = 0; round < 6; round++) {
    start(60_000);
    await new Promise((resolve) => setTimeout(resolve, 60 + round * 60));
    await cut();
    const versions = new Versions(data);
    const { current, trial } = versions.read();
    for (const named of [current, trial?.version])
      if (named) expect(readFileSync(versions.entryOf(named) ?? '', 'utf8')).toContain(named);
  }
  start();
  await vi.waitFor(() => expect(['2.0', 'built-in']).toContain(ran().at(-1)), { timeout: 10_000 });
  await cut();
}, 40_000);

function offerOf(packed: Buffer, more: object = {}) {
  const hash = createHash('sha256').update(packed).digest('hex');
  const statement = { title: 'edge-agent', version: '2.0', models: ['edge-agent'], size: packed.length, hash };
  const signature = sign(null, Buffer.from(firmwareStatement(statement)), privateKey).toString('base64');
  return offerValues({ ...statement, signature, algorithm: 'ed25519', signer: 'a'.repeat(64), ...more });
}
/** Takes an offer over a line that gives these bytes and breaks before some parts. */
async function take(offer: Record<string, unknown>, bytes: Buffer, breaksAt: number[] = []) {
  const said: string[] = [];
  const asked: number[] = [];
  const restart = vi.fn();
  const updater = new FirmwareUpdater({ data, version: '1.0', key, log: createLog('test', 'silent'), restart });
  const line = {
    part: async (chunk: number, size: number) => {
      if (breaksAt[0] === chunk) {
        breaksAt.shift();
        throw new Error('connection lost');
      }
      asked.push(chunk);
      return bytes.subarray(chunk * size, (chunk + 1) * size);
    },
    report: async ({ fw_state: state, fw_error: error }: Record<string, string>) => {
      said.push(error === undefined ? (state ?? '') : `${state} ${error}`);
    },
  };
  for (let tries = breaksAt.length; tries >= 0; tries--) await updater.consider(offer, line);
  return { said, asked, restarted: restart.mock.calls.length };
}
const packed = () =>
  archiveOf(
    'main.mjs',
    `${program('2.0', true)}// ${Buffer.from(publicKey.export({ format: 'der', type: 'spki' }))
      .toString('hex')
      .repeat(40)}`,
  );

test(
  clause('H-6.1-4', 'an agent refuses a package with any bit flipped, of another key, or of another model'),
  async () => {
    const bytes = packed();
    for (let bit = 3; bit < bytes.length * 8; bit += Math.ceil((bytes.length * 8) / 25)) {
      const bent = Buffer.from(bytes);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const { said, restarted } = await take(offerOf(bytes), bent);
      expect([said.at(-1), restarted]).toEqual(['FAILED hash-mismatch', 0]);
      // Under its own hash, too: that is not what was signed.
      const renamed = { ...offerOf(bytes), fw_checksum: createHash('sha256').update(bent).digest('hex') };
      expect((await take(renamed, bent)).said.at(-1)).toBe('FAILED signature-wrong');
    }
    expect((await take({ ...offerOf(bytes), fw_version: '2.1' }, bytes)).said.at(-1)).toBe('FAILED signature-wrong');
    expect((await take({ ...offerOf(bytes), fw_models: 'lock' }, bytes)).said).toEqual(['FAILED wrong-model']);
    expect(new Versions(data).read().trial).toBeNull();
  },
);

test('a download goes on where it was cut off, over a new connection and a new process', async () => {
  const text = `// ${Array.from({ length: 6_000 }, (_, n) => createHash('sha256').update(String(n)).digest('hex')).join('')}`;
  const bytes = archiveOf('main.mjs', text);
  const parts = Math.ceil(bytes.length / 32_768);
  expect(parts).toBeGreaterThan(3);
  const { said, asked, restarted } = await take(offerOf(bytes), bytes, [1, 3]);
  expect(asked).toEqual(Array.from({ length: parts }, (_, n) => n));
  expect([said.at(-1), restarted]).toEqual(['UPDATING', 1]);
  expect(new Versions(data).read().trial).toMatchObject({ version: '2.0' });
});

test('archives that reach out of their folder, or hold links, are refused whole', () => {
  for (const path of ['../x', '/etc/x', 'a/../../x', 'a\\b', 'a//b'])
    expect(() => readArchive(archiveOf(path, 'x')), path).toThrow(ArchiveInvalid);
  expect(() => readArchive(archiveOf('link', '', '2'))).toThrow(ArchiveInvalid);
  expect(() => readArchive(Buffer.from('no archive'))).toThrow(ArchiveInvalid);
  expect(readArchive(archiveOf('a/b.txt', 'hello'))).toMatchObject([{ path: 'a/b.txt' }]);
});
