import { expect, test } from 'vitest';
import { fitsMediaType } from './media-type.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

test.each([
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
  ['image/png', bytes([0x89], 'PNG\r\n\x1a\n')],
  ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ['video/mp4', bytes([0, 0, 0, 24], 'ftypisom')],
  ['audio/wav', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ['application/pdf', bytes('%PDF-1.7')],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes('PK', [3, 4])],
  ['text/plain', Buffer.from('漏水处理记录')],
  ['text/csv; charset=utf-8', Buffer.from('a,b\n1,2')],
  ['application/octet-stream', bytes([1, 2, 3])],
])('%s is what it says', (type, head) => {
  expect(fitsMediaType(type, head)).toBe(true);
});

test.each([
  ['a picture that is a program', 'image/jpeg', bytes('MZ', [0x90, 0])],
  ['a picture that is a document', 'image/png', bytes('%PDF-1.7')],
  ['a page of markup that says it is a picture', 'image/png', bytes('  <script>alert(1)</script>')],
  ['a drawing with scripts', 'image/svg+xml', bytes('<svg onload="x()">')],
  ['a page of markup that says it is text', 'text/plain', bytes('<!DOCTYPE html><html>')],
  ['a script that says nothing', 'application/octet-stream', bytes('#!/bin/sh\n')],
  ['text with bytes of nothing', 'text/plain', bytes('abc', [0], 'def')],
  ['a type nobody knows', 'application/x-unheard-of', bytes('abc')],
  ['an empty picture', 'image/png', Buffer.alloc(0)],
])('%s is refused', (_name, type, head) => {
  expect(fitsMediaType(type, head)).toBe(false);
});
