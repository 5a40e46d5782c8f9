import { expect, test } from 'vitest';
import { fieldsOf, inputFrom } from './input-form.ts';

const schema = {
  type: 'object',
  properties: {
    value: { type: 'number', minimum: 0, maximum: 10 },
    on: { type: 'boolean' },
    mode: { enum: ['a', 'b'] },
    note: { type: 'string', maxLength: 5 },
    more: { type: 'object' },
  },
  required: ['value'],
};

test('a schema becomes fields with their limits', () => {
  expect(fieldsOf(schema)).toMatchObject([
    { name: 'value', kind: 'number', required: true, minimum: 0, maximum: 10 },
    { name: 'on', kind: 'boolean', required: false },
    { name: 'mode', kind: 'choice', choices: ['a', 'b'] },
    { name: 'note', kind: 'text', maxLength: 5 },
    { name: 'more', kind: 'json' },
  ]);
  expect(fieldsOf(undefined)).toEqual([]);
});

test('what is filled in becomes the input, what is empty is left out', () => {
  const fields = fieldsOf(schema);
  expect(inputFrom(fields, { value: 0, on: false, note: '', more: '{"a":1}' })).toEqual({
    value: 0,
    on: false,
    more: { a: 1 },
  });
  expect(inputFrom(fields, { more: '{' })).toBeUndefined();
});
