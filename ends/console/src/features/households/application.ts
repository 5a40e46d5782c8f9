import { minorOf } from '../../parts/index.ts';
import type { sdk } from '../../shell/sdk.ts';
import type { relations } from './relations.ts';

export type ApplicationBody = Parameters<typeof sdk.eligibility.applyFor>[0]['body'];

export interface MemberFilled {
  name: string;
  relation: (typeof relations)[number];
  residentId?: string;
  phone?: string;
  income?: number;
  assets?: number;
  employer?: string;
}

export interface ApplicationFilled {
  name?: string;
  placeId: string;
  area?: number;
  category?: ApplicationBody['category'];
  members: MemberFilled[];
}

type Field = ApplicationBody['members'][number]['fields'][number];

/** Which field of the form a value comes from, in the order in which they are sent. */
const fieldsOf: readonly [keyof MemberFilled, Field['field']][] = [
  ['residentId', 'resident-id'],
  ['phone', 'phone'],
  ['income', 'income'],
  ['assets', 'assets'],
  ['employer', 'employer'],
];
const filledIn = (member: MemberFilled) =>
  fieldsOf.filter(([name]) => member[name] !== undefined && member[name] !== null && member[name] !== '');

/** What was filled in, as it is sent: amounts in fen, empty fields left out; the household bears the applicant's name. */
export function bodyOf({ name, placeId, area, category, members }: ApplicationFilled): ApplicationBody {
  const applicant = members.find(({ relation }) => relation === 'applicant');
  return {
    name: name?.trim() || (applicant ?? members[0])?.name.trim() || '',
    placeId,
    area: area ?? 0,
    ...(category ? { category } : {}),
    members: members.map((member) => ({
      name: member.name.trim(),
      relation: member.relation,
      fields: filledIn(member).map(([own, field]) => {
        const value = member[own];
        return { field, value: typeof value === 'number' ? String(minorOf(value)) : String(value).trim() };
      }),
    })),
  };
}

/** Where in the form stands what the server found wrong: `members/1/fields/0/value` is the first filled field of the second. */
export function placeOf(path: readonly (string | number)[], { members }: ApplicationFilled): (string | number)[] {
  const [list, index, part, at] = path;
  const member = typeof index === 'number' ? members[index] : undefined;
  if (list !== 'members' || !member || part !== 'fields' || typeof at !== 'number') return [...path];
  return ['members', index as number, filledIn(member)[at]?.[0] ?? 'name'];
}
