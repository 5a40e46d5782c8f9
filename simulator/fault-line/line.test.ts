import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askCommunity, linePath, openLine } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-line-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a wish reaches the running community and is answered', async () => {
  const server = await openLine(folder, ({ fault, home, clear }) => ({ ok: true, text: `${fault} ${home} ${clear}` }));
  await expect(askCommunity(folder, { fault: 'smoke', home: '03-1-1402', clear: true })).resolves.toEqual({
    ok: true,
    text: 'smoke 03-1-1402 true',
  });
  server.close();
});

test('what is no wish is refused, and the line goes on', async () => {
  const server = await openLine(folder, () => ({ ok: true, text: 'done' }));
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(linePath(folder), () => socket.write('smoke!\n'));
    socket.on('data', (bytes) => resolve(String(bytes)));
  });
  expect(JSON.parse(answer)).toEqual({ ok: false, text: 'not understood' });
  await expect(askCommunity(folder, { fault: 'haze' })).resolves.toMatchObject({ ok: true });
  server.close();
});

test('a socket left by a killed community is not in the way, and without one the asker is told', async () => {
  await expect(askCommunity(folder, { fault: 'smoke' })).rejects.toMatchObject({ code: 'ENOENT' });
  const first = await openLine(folder, () => ({ ok: true, text: 'first' }));
  const second = await openLine(folder, () => ({ ok: true, text: 'second' }));
  await expect(askCommunity(folder, { fault: 'smoke' })).resolves.toMatchObject({ text: 'second' });
  first.close();
  second.close();
});

test('a folder too deep for a socket gets a short stand-in', () => {
  expect(Buffer.byteLength(linePath(`/${'deep/'.repeat(40)}`))).toBeLessThan(104);
});
