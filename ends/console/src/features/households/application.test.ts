import { expect, test } from 'vitest';
import { bodyOf, placeOf } from './application.ts';

const filled = {
  placeId: 'p',
  area: 12.5,
  category: 'low-income' as const,
  members: [
    { name: ' 王一 ', relation: 'applicant' as const, residentId: ' 11010519491231002X ', income: 30_000.5 },
    { name: '王二', relation: 'child' as const, phone: '', employer: '学校' },
  ],
};

test('amounts are sent in fen, empty fields not at all, and the household bears its applicant’s name', () => {
  expect(bodyOf(filled)).toEqual({
    name: '王一',
    placeId: 'p',
    area: 12.5,
    category: 'low-income',
    members: [
      {
        name: '王一',
        relation: 'applicant',
        fields: [
          { field: 'resident-id', value: '11010519491231002X' },
          { field: 'income', value: '3000050' },
        ],
      },
      { name: '王二', relation: 'child', fields: [{ field: 'employer', value: '学校' }] },
    ],
  });
});

test('what the server finds wrong is shown at the field it was typed into', () => {
  expect(placeOf(['members', 0, 'fields', 1, 'value'], filled)).toEqual(['members', 0, 'income']);
  expect(placeOf(['members', 1, 'fields', 0, 'value'], filled)).toEqual(['members', 1, 'employer']);
  expect(placeOf(['placeId'], filled)).toEqual(['placeId']);
});
