import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '@keystead/kernel/testing/installation';

export type Operation = 'login' | 'query' | 'command';
export const operations: readonly Operation[] = ['login', 'query', 'command'];

/** A person at a desk, signed in. */
export interface Person {
  /** Does one operation; the `turn`-th, which says with what. Throws when it is refused. */
  does(operation: Operation, turn: number): Promise<void>;
}

interface Account {
  username: string;
  password: string;
}

/** What there is to look at. */
export interface Sights {
  /** Things that may be told something. */
  things: readonly string[];
  /** Paths of lists and details. */
  pages: readonly string[];
}

async function answered(answer: Response, what: string): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(`${what}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
}

/** Signs in with name and password and keeps the cookie, as a browser does; the account must need no second factor. */
export async function arrive(url: string, account: Account, sights: Sights): Promise<Person> {
  let cookie = '';

  async function ask(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'x-keystead-csrf': '1',
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const taken = await answered(answer, `${method} ${path}`);
    await taken.clone().arrayBuffer();
    return taken;
  }

  async function login(): Promise<void> {
    cookie = '';
    const answer = await ask('POST', '/sessions', account);
    const { status } = (await answer.json()) as { status: string };
    if (status !== 'active') throw new Error(`signing in leads to ${status}`);
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await ask('GET', '/sessions/current');
  }

  const pick = (list: readonly string[], turn: number): string => list[turn % list.length] ?? '';
  const deeds: Record<Operation, (turn: number) => Promise<unknown>> = {
    login,
    query: (turn) => ask('GET', pick(sights.pages, turn)),
    command: (turn) => ask('PUT', `/things/${pick(sights.things, turn)}/attributes`, { told: turn }),
  };
  await login();
  return {
    does: async (operation, turn) => {
      await deeds[operation](turn);
    },
  };
}

/** A building of detectors of the crowd's own, and the lists and details a duty desk looks at. */
async function furnish(platform: Installation): Promise<Sights> {
  const building = { parent: null, kind: 'project', code: 'CROWD', name: '压测小区' };
  const place = await platform.call<{ id: string }>('POST', '/places', building);
  const rows = Array.from({ length: 50 }, (_, n) => {
    const code = `CROWD-${n}`;
    return { code, name: code, family: 'smoke-detector', placeId: place.id, state: 'in-use' };
  });
  const made = await platform.call<{ things: { id: string }[] }>('POST', '/things/import', { rows });
  const things = made.things.map(({ id }) => id);
  const lists = ['/things?limit=50', '/alarms?limit=50', '/alarms/counts', '/cases?limit=50', '/places/tree'];
  const pages = things.flatMap((id, n) => {
    const list = lists[n % lists.length];
    return [`/things/${id}`, `/telemetry/things/${id}/latest`, ...(list ? [list] : [])];
  });
  return { things, pages };
}

const role = {
  code: 'crowd',
  names: { 'zh-CN': '值班台', en: 'Desk' },
  permissions: ['place:read', 'thing:read', 'thing:write', 'telemetry:read', 'alarm:read', 'case:read'],
};
/** Accounts are made and signed in a few at a time. */
const together = 4;
const breath = 60; // ms; the door for passwords takes 300 a minute from one address

async function account(platform: Installation, roleId: string, number: number): Promise<Account> {
  const username = `crowd.${number}`;
  const password = `cedar-${number}-under-the-moon`;
  const draft = {
    username,
    name: `Crowd ${number}`,
    email: `crowd${number}@example.org`,
    kind: 'staff',
    password,
    mustChange: false,
  };
  const { user } = await platform.call<{ user: { id: string } }>('POST', '/identity/users', draft);
  await platform.call('POST', `/identity/users/${user.id}/roles`, { role: roleId, reach: 'organisation' });
  return { username, password };
}

/** So many people with accounts of their own, signed in. The organisation must have waived the second factor. */
export async function gather(platform: Installation, count: number): Promise<Person[]> {
  const sights = await furnish(platform);
  const { id } = await platform.call<{ id: string }>('POST', '/identity/roles', role);
  const people: Person[] = [];
  for (let from = 0; from < count; from += together) {
    const group = Array.from({ length: Math.min(together, count - from) }, (_, n) => from + n);
    const arrivals = group.map(async (number) => arrive(platform.url, await account(platform, id, number), sights));
    people.push(...(await Promise.all(arrivals)));
    await sleep(breath * together);
  }
  return people;
}
