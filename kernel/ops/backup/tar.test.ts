import { expect, test } from 'vitest';
import { readTar } from './tar.ts';

function header(name: string, size: number, kind: string, target = ''): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')} `, 124);
  block.write(kind, 156);
  block.write(target, 157);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const padded = (text: string): Buffer =>
  Buffer.concat([Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const archive = Buffer.concat([
  header('base/', 0, '5'),
  header('base/1', 700, '0'),
  padded('x'.repeat(700)),
  header('empty', 0, '0'),
  header('pg_tblspc/9', 0, '2', '/elsewhere'),
  header('last', 3, '0'),
  padded('end'),
  Buffer.alloc(1024),
]);

async function listed(bytes: Buffer, size: number, readAll = true): Promise<string[]> {
  const seen: string[] = [];
  for await (const entry of readTar(cut(bytes, size))) {
    let text = '';
    if (readAll) for await (const part of entry.content) text += part.toString();
    seen.push(`${entry.kind} ${entry.name} ${entry.mode.toString(8)} ${entry.target}${text.length}`);
  }
  return seen;
}

test.each([1, 100, 512, 5000])('entries come out whole whatever the chunks are (%i bytes)', async (size) => {
  expect(await listed(archive, size)).toEqual([
    'folder base/ 600 0',
    'file base/1 600 700',
    'file empty 600 0',
    'link pg_tblspc/9 600 /elsewhere0',
    'file last 600 3',
  ]);
});

test('an entry that nobody read is passed over', async () => {
  expect(await listed(archive, 300, false)).toHaveLength(5);
});

test('a changed header and an archive cut short are found', async () => {
  const changed = Buffer.from(archive);
  changed[512] = 0x7a;
  await expect(listed(changed, 512)).rejects.toMatchObject({ type: 'backup-damaged' });
  await expect(listed(archive.subarray(0, 1400), 512)).rejects.toMatchObject({ type: 'backup-damaged' });
});
