import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampOf } from './stamp.mjs';

type Launched = ChildProcess & { out: Promise<string>; err: Promise<string> };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ks-launcher-'));
  write('package-lock.json', '{"packages":{}}');
  write('node_modules/.package-lock.json', '{"packages":{}}');
  cpSync(import.meta.dirname, join(root, 'server/launcher'), { recursive: true });
  write(
    'server/main.ts',
    `const args: string[] = process.argv.slice(2);
     process.on('SIGTERM', () => { console.log('told to stop'); process.exit(9); });
     console.log(JSON.stringify({ args, launched: Date.now() - Number(process.env.KEYSTEAD_LAUNCHED) }));
     if (args.includes('stay')) setInterval(() => {}, 9e5);`,
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

function launch(command: string, env: NodeJS.ProcessEnv = {}): Launched {
  const { npm_lifecycle_event: _, ...clean } = process.env;
  const node = JSON.stringify(process.execPath);
  const child = spawn('/bin/sh', ['-c', command.replaceAll('node ', `${node} `)], {
    cwd: root,
    env: { ...clean, ...env },
  });
  return Object.assign(child, { out: text(child.stdout), err: text(child.stderr) });
}

async function ended(child: Launched) {
  const [[code], out, err] = await Promise.all([once(child, 'close'), child.out, child.err]);
  return { code, out, err };
}

test('the supervisor gets its arguments, and the time at which the command was typed', async () => {
  const { code, out } = await ended(launch('node server/launcher/start.mjs --no-console --empty'));
  const [title, shown = ''] = out.trim().split('\n');
  expect(title).toBe('安枢 Keystead');
  const { args, launched } = JSON.parse(shown);
  expect(args).toEqual(['--empty']);
  expect(launched).toBeGreaterThan(0);
  expect(launched).toBeLessThan(60_000);
  expect(code).toBe(0);
});

test('a console that cannot be built stops the start and says why', async () => {
  write('ends/console/index.html', '<html></html>');
  const { code, out, err } = await ended(launch('node server/launcher/start.mjs'));
  expect(code).toBe(1);
  expect(out).toContain('✗ 控制台 / console');
  expect(out).not.toContain('args');
  expect(err).toContain('vite');
});

test('a console is built once and again after a change', async () => {
  write(
    'node_modules/vite/bin/vite.js',
    "console.error('built'); require('node:fs').mkdirSync('dist', { recursive: true });",
  );
  write('ends/console/index.html', '<html></html>');
  const steps = async () => (await ended(launch('node server/launcher/start.mjs'))).out.split('\n').length - 2;
  expect(await steps()).toBe(2);
  expect(await steps()).toBe(1);
  write('ends/ui/button.ts', 'export {}');
  expect(await steps()).toBe(2);
});

test('a signal and an exit code pass through', async () => {
  const child = launch('exec node server/launcher/run.mjs server/main.ts stay');
  await once(child.stdout ?? child, 'data');
  child.kill('SIGTERM');
  const { code, out } = await ended(child);
  expect(out).toContain('told to stop');
  expect(code).toBe(9);
});

test('a program below npm ends when the shell that npm started is killed', async () => {
  const child = launch('node server/launcher/run.mjs server/main.ts stay; true', { npm_lifecycle_event: 'start' });
  await once(child.stdout ?? child, 'data');
  child.kill('SIGKILL');
  expect(await child.out).toContain('told to stop');
});

test('a program that is not there is named', async () => {
  const { code, err } = await ended(launch('node server/launcher/run.mjs tools/none.ts'));
  expect(code).toBe(1);
  expect(err).toContain('tools/none.ts');
});

test('the stamp changes with names, sizes and times of sources, not with tests or what is built', () => {
  const stamp = () => stampOf(root, ['ends', 'package-lock.json', 'absent']);
  write('ends/ui/a.ts', 'one');
  const stamps = [stamp()];
  write('ends/ui/b.ts', 'two');
  stamps.push(stamp());
  write('ends/ui/b.ts', 'three');
  stamps.push(stamp());
  utimesSync(join(root, 'ends/ui/a.ts'), 1, 1);
  stamps.push(stamp());
  expect(new Set(stamps).size).toBe(4);
  write('ends/ui/a.test.ts', 'x');
  write('ends/console/dist/app.js', 'x');
  write('ends/node_modules/x/index.js', 'x');
  expect(stamp()).toBe(stamps.at(-1));
});
