import { expect, test } from 'vitest';
import type { Feature } from './feature.ts';
import { openKeyOf } from './menu.tsx';

const load = () => Promise.reject(new Error('not loaded here'));
const entry = (path: string) =>
  ({ group: 'system', path, label: path, icon: null, permission: 'x', order: 1 }) as const;
const features: Feature[] = [
  { name: 'overview', menu: [entry('/')], routes: [{ path: '', load }] },
  {
    name: 'identity',
    menu: [entry('/roles'), entry('/role')],
    routes: [
      { path: 'unused-rights', under: '/roles', load },
      { path: 'account', load },
    ],
  },
];

test('the entry of the open page is marked, also for pages below it and those that belong to it', () => {
  expect(openKeyOf(features, '/')).toBe('/');
  expect(openKeyOf(features, '/roles')).toBe('/roles');
  expect(openKeyOf(features, '/roles/7')).toBe('/roles');
  expect(openKeyOf(features, '/unused-rights')).toBe('/roles');
});

test('a page that belongs to no entry marks none, least of all the overview', () => {
  expect(openKeyOf(features, '/account')).toBeUndefined();
  expect(openKeyOf(features, '/nowhere')).toBeUndefined();
});
