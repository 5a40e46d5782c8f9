import { expect, test } from 'vitest';
import { branchesOf, byteRows, inOneLanguage } from './frame-tree.ts';

const name = { zh: '长度', en: 'length' };

test('each branch knows its bytes, and speaks the reader’s language', () => {
  const inner = [{ name, start: 5, end: 6, value: '' }];
  const { branches, spans } = branchesOf([{ name, start: 4, end: 8, value: '2', fields: inner }], 'en');
  expect(branches).toEqual([{ key: '0', title: 'length: 2', children: [{ key: '0.0', title: 'length' }] }]);
  expect(spans.get('0.0')).toEqual({ start: 5, end: 6 });
});

test('what a reader says in both languages is shown in one, and a value in none is left alone', () => {
  const control = '读数据 read data, 应答 answer';
  expect([inOneLanguage(control, 'zh'), inOneLanguage(control, 'en')]).toEqual(['读数据, 应答', 'read data, answer']);
  const order = '3 读保持寄存器 read holding registers';
  expect([inOneLanguage(order, 'zh'), inOneLanguage(order, 'en')]).toEqual([
    '3 读保持寄存器',
    '3 read holding registers',
  ]);
  for (const plain of ['1234.56 kW.h', '2026-05-01 10:00', '阀门关', '42 (0x002A)'])
    expect([inOneLanguage(plain, 'zh'), inOneLanguage(plain, 'en')]).toEqual([plain, plain]);
});

test('only rows the frame stands in are shown, its own bytes and the lit ones marked', () => {
  const hex = Array.from({ length: 40 }, (_, n) => n.toString(16).padStart(2, '0')).join('');
  const rows = byteRows(hex, { start: 18, end: 34 }, { start: 20, end: 22 });
  expect(rows.map((row) => row.length)).toEqual([16, 8]);
  expect(rows[0]?.[0]).toEqual({ at: 16, text: '10', own: false, lit: false });
  const cells = rows.flat();
  expect(cells.filter(({ own }) => own).map(({ at }) => at)).toEqual(Array.from({ length: 16 }, (_, n) => 18 + n));
  expect(cells.filter(({ lit }) => lit).map(({ text }) => text)).toEqual(['14', '15']);
});

test('a very long frame is shown in its first part', () => {
  expect(byteRows('00'.repeat(65_536), { start: 0, end: 65_536 }, undefined)).toHaveLength(64);
});
