import { expect, test } from 'vitest';
import { courseOf } from './shipping.ts';

const template = { permissions: ['case:read', 'case:write'] };
const as = (permissions: string[], denies: string[] = []) => ({ permissions, denies });

test.each([
  ['a role never shipped before is made', undefined, undefined, 'made'],
  ['one that was deleted stays deleted', ['case:read'], undefined, 'none'],
  ['one nobody edited follows', ['case:read'], as(['case:read']), 'follows'],
  ['the order of rights is no edit', ['case:read', 'alarm:read'], as(['alarm:read', 'case:read']), 'follows'],
  ['one that is to have fewer rights follows too', ['case:*'], as(['case:*']), 'follows'],
  ['an edited one is kept', ['case:read'], as(['case:read', 'alarm:read']), 'kept'],
  ['one that lost a right by hand is kept', ['case:read', 'alarm:read'], as(['case:read']), 'kept'],
  ['a denial is an edit', ['case:read'], as(['case:read'], ['user:read']), 'kept'],
  ['one of their own under the same code is kept', undefined, as(['user:read']), 'kept'],
  ['one that has the rights already needs nothing', ['case:read'], as(['case:write', 'case:read']), 'none'],
  ['what was not changed changes nothing', ['case:write', 'case:read'], as(['user:read']), 'none'],
] as const)('%s', (_, before, role, course) => {
  expect(courseOf(template, before, role && as([...role.permissions], [...role.denies]))).toBe(course);
});
