import { chance, seedOf } from '@keystead/simulator/behaviour';
import type { Choice } from './choice.ts';

export interface Person {
  readonly name: string;
  /** 18 digits with a right check digit, of a division that does not exist: nobody bears it. */
  readonly residentId: string;
  readonly birth: string;
  /** Begins as no number of a mobile phone does. */
  readonly phone: string;
  readonly relation: 'applicant' | 'spouse' | 'child' | 'parent';
  /** Fen a year; children have none. */
  readonly income: number;
}

export interface Household {
  readonly name: string;
  readonly members: readonly Person[];
  readonly tags: readonly string[];
}

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const signs = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华玉兰文建国志梅英慧晨宇轩欣怡思远子涵若雨博雅佳琪俊峰春燕海波晓东',
];

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const two = (n: number): string => String(n).padStart(2, '0');

/** A number of division 99xxxx, which no authority gives out; the serial tells people born on one day apart. */
export function fictitiousId(division: number, birth: string, serial: number): string {
  const body = `99${String(division % 10_000).padStart(4, '0')}${birth.replaceAll('-', '')}${String(serial % 1000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

const nameOf = (surname: string, pick: Choice): string =>
  `${surname}${signs[pick.below(signs.length)]}${pick.chance(0.75) ? signs[pick.below(signs.length)] : ''}`;
const surnameOf = (pick: Choice): string => surnames[Math.floor(pick.next() ** 1.6 * surnames.length)] ?? '王';

/** Who no two homes share: six decimal digits of the division and the serial come from the household's own number. */
function person(pick: Choice, number: number, at: number, relation: Person['relation'], surname: string, age: number) {
  const year = 2021 - age;
  const birth = `${year}-${two(1 + pick.below(12))}-${two(1 + pick.below(28))}`;
  const income = relation === 'child' ? 0 : Math.round(2_400_000 + 3_600_000 * pick.next() ** 2);
  return {
    name: nameOf(surname, pick),
    residentId: fictitiousId(Math.floor(number / 125), birth, (number % 125) * 8 + at),
    birth,
    phone: `100${String(number * 8 + at).padStart(8, '0')}`,
    relation,
    income,
  };
}

/** The household with this number (below 1,250,000), the same for the same seed. */
export function householdOf(pick: Choice, number: number): Household {
  const surname = surnameOf(pick);
  const age = 24 + Math.floor(58 * pick.next() ** 1.7);
  const members: Person[] = [person(pick, number, 0, 'applicant', surname, age)];
  if (pick.chance(age > 65 ? 0.4 : 0.6)) {
    const spouse = Math.max(22, age - 3 + pick.below(7));
    members.push(person(pick, number, 1, 'spouse', surnameOf(pick), spouse));
    const children = age < 28 || age > 58 ? 0 : pick.below(3);
    for (let child = 0; child < children; child++)
      members.push(person(pick, number, 2 + child, 'child', surname, Math.min(age - 22, 1 + pick.below(17))));
  }
  if (age < 50 && pick.chance(0.1)) members.push(person(pick, number, 6, 'parent', surname, age + 27));
  const tags = [
    ...(age >= 70 ? ['高龄'] : []),
    ...(members.length === 1 && age >= 60 ? ['独居'] : []),
    ...(members.length === 1 && age < 36 ? ['新就业'] : []),
    ...(pick.chance(0.18) ? ['低收入'] : []),
  ];
  return { name: `${members[0]?.name ?? surname}家庭`, members, tags };
}

/** A number in [0, 1) of a home that has nothing to do with any order of choices. */
export const trait = (seed: number, home: number, name: string): number => chance(seedOf(seed, name), home);
