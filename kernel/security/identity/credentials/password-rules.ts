import { type FieldError, Problem } from '@keystead/contracts/problem';

/** The password is too short, too common, or made of what everybody knows about its owner. */
export class PasswordTooWeak extends Problem {
  static override readonly type = 'password-too-weak';
  static override readonly status = 422;
}

export const leastLength = 12;
/** Longer ones cost time and protect nothing more. */
export const mostLength = 128;

/** What people choose when twelve characters are asked for; compared without digits and signs at the ends. */
const common = new Set(
  `password passwort passw0rd administrator adminadmin admin keystead welcome letmein iloveyou qwertyuiop qwerty
  qwertyasdfgh asdfghjkl asdfghjklzxc zxcvbnm zxcvbnmasdfg qazwsxedc qazwsxedcrfv changeme changeit default secret
  superman batman football baseball basketball princess sunshine monkey dragon master trustno computer internet
  woaini woaiwoziji anshu mima mimamima zhongguo beijing shanghai nihao abcdefg abcdefghijkl abcabc abcabcabc
  passwordpassword welcomewelcome testtest testtesttest rootroot guestguest useruser operator company hello
  helloworld huawei aliyun tencent alibaba wodemima gongzufang guanliyuan`
    .split(/\s+/)
    .filter(Boolean),
);

const runs = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyzabcdef', 'qwertyuiopasdfghjklzxcvbnm'];

/** Steps along the alphabet, the digits or the keyboard, or the same few characters over and over. */
function isPattern(text: string): boolean {
  if (new Set(text).size <= 3) return true;
  const back = [...text].reverse().join('');
  if (runs.some((run) => run.includes(text) || run.includes(back))) return true;
  for (let length = 1; length <= text.length / 3; length++) {
    if (
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .startsWith(text)
    )
      return true;
  }
  return false;
}

const core = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** What is wrong with a new password; empty when nothing is. */
export function passwordFaults(
  password: string,
  owner: { userName: string; name: string },
  pointer: string,
): FieldError[] {
  const faults: FieldError[] = [];
  const add = (code: string) => faults.push({ pointer, code });
  const lower = password.normalize('NFKC').toLowerCase();
  const length = [...password].length;
  if (length < leastLength) add('too-short');
  if (length > mostLength) add('too-long');
  if (common.has(core(lower)) || isPattern(lower)) add('too-common');
  const known = [owner.userName, owner.name].map((each) => each.toLowerCase()).filter((each) => each.length >= 3);
  if (known.some((each) => core(lower) === core(each) || (lower.includes(each) && lower.length - each.length < 8)))
    add('like-owner');
  return faults;
}

/** Throws PasswordTooWeak with all that is wrong. */
export function checkPassword(
  password: string,
  owner: { userName: string; name: string },
  pointer = '/password',
): void {
  const faults = passwordFaults(password, owner, pointer);
  if (faults.length > 0) throw new PasswordTooWeak({ least: leastLength }, faults);
}
