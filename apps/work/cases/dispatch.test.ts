import { clause } from '@keystead/kernel/testing';
import { expect, test } from 'vitest';
import { chosen, type Worker } from './dispatch.ts';

const worker = (id: string, skills: string[], load = 0, most = 4): Worker => ({ id, skills, load, most });

test(clause('H-9.2.4-a', 'work goes to the one with the skill who has the least on his hands'), () => {
  const crew = [worker('a', ['water'], 2), worker('b', ['water'], 1), worker('c', ['electricity'], 0)];
  expect(chosen(crew, 'water')?.id).toBe('b');
  expect(chosen(crew, 'electricity')?.id).toBe('c');
});

test('one who takes twice as much is half as busy with the same number', () => {
  expect(chosen([worker('a', ['water'], 2, 4), worker('b', ['water'], 3, 8)], 'water')?.id).toBe('b');
});

test('who knows just this comes before who knows everything; everything is better than nobody', () => {
  const crew = [worker('a', ['*']), worker('b', ['water'])];
  expect(chosen(crew, 'water')?.id).toBe('b');
  expect(chosen(crew, 'door')?.id).toBe('a');
  expect(chosen(crew, null)?.id).toBe('a');
});

test('nobody is given more than he takes, nor what he cannot do', () => {
  expect(chosen([worker('a', ['water'], 4, 4)], 'water')).toBeUndefined();
  expect(chosen([worker('a', ['water'])], 'electricity')).toBeUndefined();
  expect(chosen([], 'water')).toBeUndefined();
});
