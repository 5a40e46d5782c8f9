import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSealer, type Paper, renderPaper, type Sealer, sealPaper, verifySeal } from './index.ts';

const at = new Date('2026-06-01T02:00:00Z');
const paper: Paper = {
  title: '公共租赁住房租赁合同',
  at,
  language: 'zh-CN',
  foot: 'ZL-2026-0001',
  seal: { name: '安枢', reason: '合同归档' },
  blocks: [
    { kind: 'heading', text: '一、租赁标的' },
    {
      kind: 'facts',
      rows: [
        ['承租人', '张三丰'],
        ['月租金', '¥1,234.50'],
      ],
    },
    {
      kind: 'table',
      head: ['费用', '金额'],
      rows: Array.from({ length: 80 }, (_, n) => [`物业费 ${n}`, '120.00']),
      figures: [1],
    },
    { kind: 'text', text: '甲乙双方就下列事项达成一致。' },
  ],
};
let folder: string;
let sealer: Sealer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-pdf-'));
  sealer = await openSealer(folder, at);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const onDisk = (name: string, file: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, file);
  return path;
};

test('another reader finds the words of the paper, on as many pages as it takes', async () => {
  const text = execFileSync('pdftotext', ['-layout', onDisk('plain.pdf', await renderPaper(paper)), '-'], {
    encoding: 'utf8',
  });
  for (const words of [paper.title, '张三丰', '¥1,234.50', '物业费 79', '达成一致', 'ZL-2026-0001 · 3 / 3'])
    expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
});

test('a sealed paper is found intact by another implementation, and covers the whole file', async () => {
  const { file } = await sealPaper(await renderPaper(paper), sealer);
  const said = execFileSync('pdfsig', [onDisk('sealed.pdf', file)], { encoding: 'utf8' });
  expect(said).toContain('Signature is Valid.');
  expect(said).toContain('Total document signed');
  expect(said).toContain('ETSI.CAdES.detached');
  expect(await verifySeal(file)).toEqual({ verdict: 'intact', certificate: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('one changed byte anywhere, a cut or an addition is seen', async () => {
  const { file } = await sealPaper(await renderPaper(paper), sealer);
  for (let n = 0; n < 40; n++) {
    const altered = Buffer.from(file);
    const where = Math.floor((file.length * n) / 40);
    altered[where] = (altered[where] ?? 0) ^ 1;
    expect((await verifySeal(altered)).verdict, `byte ${where}`).not.toBe('intact');
  }
  expect((await verifySeal(file.subarray(0, -1))).verdict).toBe('altered');
  expect((await verifySeal(Buffer.concat([file, Buffer.from('\n%')]))).verdict).toBe('altered');
  expect((await verifySeal(await renderPaper({ ...paper, seal: undefined } as Paper))).verdict).toBe('none');
  expect((await verifySeal(Buffer.from('no paper'))).verdict).toBe('none');
});

test('the sealer is made once, its key is the owner’s alone, and a foreign certificate is refused', async () => {
  const again = await openSealer(folder, at);
  expect(again.certificate.equals(sealer.certificate)).toBe(true);
  expect(statSync(join(folder, 'keys', 'seal.key')).mode & 0o777).toBe(0o600);
  const other = mkdtempSync(join(tmpdir(), 'keystead-pdf-'));
  const foreign = await openSealer(other, at);
  rmSync(other, { recursive: true });
  const body = foreign.certificate.toString('base64');
  const text = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  const mine = onDisk('keys/seal.crt', Buffer.from(text));
  await expect(openSealer(folder, at)).rejects.toThrow('input-invalid');
  rmSync(mine);
});

test('a paper has a limit, and room for the seal must have been left', async () => {
  const rows = Array.from({ length: 50_001 }, () => ['x']);
  await expect(renderPaper({ ...paper, blocks: [{ kind: 'table', head: ['x'], rows }] })).rejects.toThrow(RangeError);
  await expect(sealPaper(Buffer.from('%PDF-1.7'), sealer)).rejects.toThrow('no room');
});
