import { randomInt } from 'node:crypto';
import { type Platform, patiently } from '@keystead/simulator/platform';
import type { DemoAccount } from './keepsake.ts';
import { estateCode, firstBuilding } from './layout.ts';

interface Wanted {
  readonly username: string;
  readonly name: string;
  readonly phone: string;
  readonly role: string;
  /** Where the data scope begins. */
  readonly scope: string;
  readonly scopeName: string;
}

/** One person of each kind of work; the clerk sees the first building only. */
export const demoPeople: readonly Wanted[] = [
  {
    username: 'zhiban',
    name: '李值班',
    phone: '13800000001',
    role: 'operator',
    scope: estateCode,
    scopeName: '安枢示范小区',
  },
  {
    username: 'fangguan',
    name: '王房管',
    phone: '13800000002',
    role: 'housing-clerk',
    scope: firstBuilding,
    scopeName: '1号楼',
  },
  {
    username: 'weixiu',
    name: '赵维修',
    phone: '13800000003',
    role: 'repair-worker',
    scope: estateCode,
    scopeName: '安枢示范小区',
  },
  { username: 'jianguan', name: '陈监管', phone: '13800000004', role: 'supervisor', scope: '', scopeName: '全部' },
];

const letters = 'abcdefghjkmnpqrstuvwxyz';

/** A password people can type from a terminal: three groups of letters and a number. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return `${group()}-${group()}-${group()}-${randomInt(10, 100)}`;
}

/** Adds the demo's people where they are missing; one whose password was lost gets another. */
export async function ensureAccounts(
  { api }: Platform,
  scopes: ReadonlyMap<string, string>,
  known: readonly DemoAccount[],
) {
  const roles = new Map((await patiently(() => api.roles.list())).items.map((role) => [role.code, role]));
  const accounts: DemoAccount[] = [];
  for (const person of demoPeople) {
    const role = roles.get(person.role);
    if (!role) continue;
    const there = (await patiently(() => api.users.list({ query: { text: person.username, limit: 50 } }))).items.find(
      (user) => user.username === person.username,
    );
    const kept = known.find((account) => account.username === person.username);
    const password = (there && kept?.password) || newPassword();
    let user = there;
    if (!user) {
      const { username, name, phone } = person;
      user = (await patiently(() => api.users.create({ body: { username, name, phone, password, mustChange: false } })))
        .user;
    } else if (!kept)
      await patiently(() => api.users.resetPassword({ params: { id: there?.id ?? '' }, body: { password } }));
    await assign(api, user, role.id, person.scope === '' ? undefined : scopes.get(person.scope));
    accounts.push({ username: person.username, name: person.name, role: role.names['zh-CN'], password });
  }
  return accounts;
}

type Api = Platform['api'];
type User = Awaited<ReturnType<Api['users']['create']>>['user'];

async function assign(api: Api, user: User, role: string, place: string | undefined): Promise<void> {
  if (user.roles.some((assignment) => assignment.role.id === role)) return;
  const reach = place ? { reach: 'places' as const, places: [place] } : { reach: 'organisation' as const };
  await patiently(() => api.users.assign({ params: { id: user.id }, body: { role, ...reach } }));
}

/** Columns of a terminal: Chinese characters take two. */
const wide = (text: string): number =>
  [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(1, columns - wide(text)));

/** The table of accounts printed at each start. */
export function accountTable(accounts: readonly DemoAccount[]): string[] {
  if (accounts.length === 0) return [];
  const rows = accounts.map(({ username, name, role, password }) => {
    const scope = demoPeople.find((person) => person.username === username)?.scopeName ?? '';
    return `    ${padded(role, 22)}${padded(name, 10)}${padded(scope, 14)}${padded(username, 12)}${password}`;
  });
  return ['  演示账号 / demo accounts', ...rows];
}
