import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { abreast } from './abreast.ts';
import { signInAdministrator, waiveSecondFactor } from './administrator.ts';
import { carryOut } from './carrying-out.ts';
import { examplesFor } from './examples/catalogue.ts';
import type { Examples } from './examples/example.ts';
import { asksPermission, changes, type Operation, operationsOf } from './operations.ts';
import { addPerson, type Person } from './person.ts';
import { nothing, questionsOf } from './questions.ts';
import { browser, type Reply, script, type Visitor } from './visitor.ts';
import { nowhere } from './world.ts';

/** Questions under way at a time. */
const width = 4;
/** Where nothing is. */
const empty = nowhere();

interface Role {
  id: string;
  code: string;
  permissions: string[];
  denies: string[];
}

let platform: Installation;
let admin: Person;
let operations: Operation[];
let examples: Examples;
let roles: Role[];

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  await waiveSecondFactor(admin);
  operations = await operationsOf(admin);
  examples = examplesFor(platform.url);
  roles = (await admin.get<{ items: Role[] }>('/identity/roles')).items;
});
afterAll(() => platform?.stop());

/** Asks for something that does not exist: who may is told so, who may not is told that. */
async function attempt(visitor: Pick<Visitor, 'ask'>, operation: Operation): Promise<Reply> {
  if (!changes(operation)) {
    const [question] = questionsOf(operation, nothing());
    return visitor.ask('GET', question?.path ?? '', { query: question?.query ?? {} });
  }
  const example = examples[operation.id];
  if (!example) throw new Error(`${operation.id} has no example`);
  return carryOut(visitor, operation, await example(empty));
}

interface Refusal {
  type?: string;
  permission?: string;
}

/** Refused for want of this very permission. */
const isForbidden = ({ status, body }: Reply, { permission }: Operation): boolean => {
  const { type, permission: missing } = (body ?? {}) as Refusal;
  return status === 403 && type === 'not-allowed' && missing === permission;
};

const holds = ({ permissions, denies }: Role, permission: string): boolean => {
  const covers = (pattern: string) =>
    pattern === '*' || pattern === permission || pattern === `${permission.split(':')[0]}:*`;
  return permissions.some(covers) && !denies.some(covers);
};

/** Every operation that asks for a permission, with what is wrong in how it was answered. */
async function faultsOf(visitor: Pick<Visitor, 'ask'>, may: (permission: string) => boolean): Promise<string[]> {
  const faults = await abreast(operations.filter(asksPermission), width, async (operation) => {
    const reply = await attempt(visitor, operation);
    const allowed = may(operation.permission);
    const right = allowed
      ? !isForbidden(reply, operation) && ![401, 429, 500].includes(reply.status)
      : isForbidden(reply, operation);
    return right ? [] : [`${operation.id} (${operation.permission}) ${allowed}: ${reply.status} ${reply.text}`];
  });
  return faults.flat();
}

const housingRoles = ['accountant', 'care-worker', 'policy-maker', 'privacy-officer', 'tenant'];

test(clause('H-9.4-b-1', 'H-11.1-a-1', 'each built-in role may do what its permissions say and nothing else'), {
  timeout: 600_000,
}, async () => {
  for (const role of roles) {
    const person = await addPerson(platform.url, admin, { role: role.id });
    const faults = await faultsOf(person, (permission) => holds(role, permission));
    expect(faults, role.code).toEqual([]);
  }
  expect(roles.map(({ code }) => code).sort()).toEqual(
    [
      ...['auditor', 'housing-clerk', 'operator', 'repair-worker', 'supervisor', 'system-administrator'],
      ...housingRoles,
    ].sort(),
  );
  expect(operations.filter(asksPermission).length).toBeGreaterThan(150);
});

test(clause('H-11.1-a-1', 'somebody without a role may do nothing but what concerns himself'), async () => {
  const nobody = await addPerson(platform.url, admin);
  expect(await faultsOf(nobody, () => false)).toEqual([]);
  const own = await nobody.get<{ permissions: string[]; scope: { subtrees: string[] } }>('/sessions/current');
  expect([own.permissions, own.scope.subtrees]).toEqual([[], []]);
  expect((await nobody.ask('GET', '/sessions')).status).toBe(200);
});

test(clause('H-11.1-a-1', 'the role for somebody of whom nothing is known writes nothing'), () => {
  const role = roles.find(({ code }) => code === 'supervisor');
  expect(role?.permissions.length).toBeGreaterThan(0);
  expect(role?.permissions.filter((permission) => !permission.endsWith(':read'))).toEqual([]);
});

test(clause('H-9.4-b-1', 'who is not signed in, has a wrong key or an ended session is asked to sign in everywhere'), {
  timeout: 300_000,
}, async () => {
  const gone = await addPerson(platform.url, admin, { role: 'system-administrator' });
  const stale = `keystead_session=${gone.token()}`;
  await gone.send('DELETE', '/sessions/current');
  const strangers: [string, Visitor, Record<string, string>][] = [
    ['nobody', script(platform.url), {}],
    ['a wrong key', script(platform.url, 'ks_this_is_no_key_at_all_0123456789'), {}],
    ['an ended session', browser(platform.url), { cookie: stale }],
  ];
  const faults: string[] = [];
  for (const [name, visitor, headers] of strangers) {
    const ask: Visitor['ask'] = (method, path, asked = {}) =>
      visitor.ask(method, path, { ...asked, headers: { ...asked.headers, ...headers } });
    await abreast(operations.filter(asksPermission), width, async (operation) => {
      const { status, body } = await attempt({ ask }, operation);
      if (status !== 401 || (body as Refusal).type !== 'not-signed-in')
        faults.push(`${name}: ${operation.id} ${status}`);
    });
  }
  expect(faults).toEqual([]);
});

test(
  clause('H-9.4-b-1', 'the menu is made of one’s permissions: what is told of oneself is what one may'),
  async () => {
    const clerk = await addPerson(platform.url, admin, { role: 'housing-clerk' });
    const { permissions } = await clerk.get<{ permissions: string[] }>('/sessions/current');
    const role = roles.find(({ code }) => code === 'housing-clerk');
    expect([...permissions].sort()).toEqual([...(role?.permissions ?? [])].sort());
  },
);
