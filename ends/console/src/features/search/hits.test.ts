import { expect, test } from 'vitest';
import type { Feature } from '../../shell/feature.ts';
import { pagesNamed } from './hits.ts';

const entry = (path: string, label: string, permission: string): Feature['menu'][number] => ({
  group: 'places',
  path,
  label,
  icon: null,
  permission,
  order: 1,
});
const features: Feature[] = [
  { name: 'a', menu: [entry('/things', '设备', 'thing:read'), entry('/users', '用户', 'user:read')], routes: [] },
];
const say = (key: string) => key;

test('a page is found by a part of its name or of its address, whatever the case', () => {
  expect(pagesNamed(features, '设', () => true, say).map(({ to }) => to)).toEqual(['/things']);
  expect(pagesNamed(features, 'USER', () => true, say).map(({ to }) => to)).toEqual(['/users']);
});

test('a page the person may not open is not told', () => {
  expect(pagesNamed(features, '', (permission) => permission === 'thing:read', say).map(({ to }) => to)).toEqual([
    '/things',
  ]);
});
