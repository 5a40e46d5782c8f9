import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '@keystead/kernel/testing/installation';
import { Client } from '../client.ts';
import { withPlatform } from '../platform.ts';
import { type Benchmark, rounded } from '../result.ts';

interface Made {
  id: string;
}
type Ask = (method: string, path: string, body?: unknown) => Promise<void>;
type Deed = (ask: Ask, turn: number) => Promise<void>;

const day = (days: number): string => new Date(Date.now() + 28_800_000 + days * 86_400_000).toISOString().slice(0, 10);
const look =
  (...paths: readonly string[]): Deed =>
  (ask, turn) =>
    ask('GET', paths[turn % paths.length] ?? '');

/** What tenants do with their phones: they look at home, bills, lease, keys, notices; one time in ten they report a repair. */
const ofTenants: readonly Deed[] = [
  look('/own-home'),
  look('/own-bills'),
  look('/own-leases'),
  look('/own-repairs', '/own-requests'),
  look('/own-home/notices'),
  look('/own-home'),
  look('/own-bills'),
  look('/own-bills/channels'),
  look('/own-repairs'),
  (ask, turn) =>
    ask('POST', '/own-repairs', {
      category: 'water',
      title: `水龙头滴水 ${turn}`,
      description: '',
      channel: 'app',
      photos: [],
    }),
];

/** What housing staff do: lists and figures of all houses, leases, bills, orders; one time in ten they open an order. */
const ofStaff: readonly Deed[] = [
  look('/houses?limit=50', '/houses?state=vacant&limit=50'),
  look('/houses/counts'),
  look('/leases?limit=50'),
  look(`/bills/lines?period=${day(0).slice(0, 7)}&limit=50`),
  look(`/bills/figures?period=${day(0).slice(0, 7)}`),
  look('/cases?open=true&limit=50'),
  look('/supervision/board'),
  look('/alarms?limit=50'),
  look('/parties?kind=household&limit=50'),
  (ask, turn) =>
    ask('POST', '/cases', { kind: 'repair', title: `巡查发现 ${turn}`, description: '', impact: 3, urgency: 3 }),
];

/** Somebody signed in by name and password, as a browser or phone is. */
async function arrive(url: string, username: string, password: string): Promise<Ask> {
  let cookie = '';
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...{ 'x-keystead-csrf': '1', cookie },
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${username}: ${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };
  await ask('POST', '/sessions', { username, password });
  return ask;
}

/** Households with a lease in force, a bill, and somebody who has the app; and people of the office. */
async function settled(platform: Installation, tenants: number, staff: number) {
  const client = new Client(platform);
  const make = async (path: string, body: unknown): Promise<string> => (await client.post<Made>(path, body)).id;
  const roles = (await client.get<{ items: { id: string; code: string }[] }>('/identity/roles')).items;
  const account = async (username: string, kind: string, code: string, reach: string): Promise<string> => {
    const email = `${username}@example.org`;
    const draft = { username, name: username, email, kind, password: `oak-${username}-by-the-well`, mustChange: false };
    const { user } = await client.post<{ user: Made }>('/identity/users', draft);
    await client.post(`/identity/users/${user.id}/roles`, {
      role: roles.find((each) => each.code === code)?.id,
      reach,
    });
    return user.id;
  };
  const project = await make('/places', { parent: null, kind: 'project', code: 'DAY', name: '一日小区' });
  const building = await make('/places', { parent: project, kind: 'building', code: 'B1', name: '1栋' });
  const lessor = { party: randomUUID(), name: '安居住房租赁公司' };
  async function tenant(n: number): Promise<void> {
    const holder = await account(`day.tenant.${n}`, 'tenant', 'tenant', 'own');
    const house = await make('/places', { parent: building, kind: 'house', code: String(n), name: `${n}室` });
    const household = await make('/parties', { kind: 'household', name: `第${n}户`, placeId: project });
    const person = await make('/parties', { kind: 'person', name: `租户${n}`, placeId: project, account: holder });
    await client.post(`/parties/${household}/members`, { person, relation: 'applicant', from: day(-30) });
    const lease = await make('/leases', {
      ...{ house, tenant: { party: household, name: `第${n}户` }, lessor, startsOn: day(0), endsOn: day(700) },
      ...{
        title: '公共租赁住房租赁合同',
        terms: {},
        fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
      },
    });
    await client.post(`/leases/${lease}/steps`, { step: 'submit', reason: '' });
    for (const [role, party] of [
      ['tenant', household],
      ['lessor', lessor.party],
    ]) {
      const { digest } = await client.get<{ digest: string }>(`/leases/${lease}`);
      await client.post(`/leases/${lease}/signatures`, {
        role,
        party,
        digest,
        identityCheck: 'counter',
        consent: '同意',
      });
    }
  }
  for (let n = 0; n < tenants; n += 4)
    await Promise.all(Array.from({ length: Math.min(4, tenants - n) }, (_, at) => tenant(n + at)));
  await client.post('/bills/runs', { period: day(0).slice(0, 7) });
  const asks: { ask: Ask; deeds: readonly Deed[] }[] = [];
  const add = async (name: string, deeds: readonly Deed[]): Promise<void> => {
    asks.push({ ask: await arrive(platform.url, name, `oak-${name}-by-the-well`), deeds });
    await sleep(210); // the door for passwords takes 300 a minute from one address
  };
  for (let n = 0; n < tenants; n++) await add(`day.tenant.${n}`, ofTenants);
  for (let n = 0; n < staff; n++) {
    await account(`day.staff.${n}`, 'staff', 'system-administrator', 'organisation');
    await add(`day.staff.${n}`, ofStaff);
  }
  return asks;
}

const nth = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

/** Everybody does something every three seconds, each at moments drawn before, whether or not the platform is quick. */
async function live(people: Awaited<ReturnType<typeof settled>>, seconds: number) {
  const times = { tenant: [] as number[], staff: [] as number[] };
  const failures: string[] = [];
  const began = performance.now();
  await Promise.all(
    people.map(async ({ ask, deeds }, who) => {
      let at = ((who * 7919) % 3000) + 1;
      for (let turn = who; at < seconds * 1000; turn++) {
        const wait = began + at - performance.now();
        if (wait > 0) await sleep(wait);
        const from = wait > 0 ? performance.now() : began + at;
        try {
          await deeds[turn % deeds.length]?.(ask, turn);
          times[deeds === ofTenants ? 'tenant' : 'staff'].push(performance.now() - from);
        } catch (cause) {
          failures.push(String(cause));
        }
        at += 1500 + ((who * 31 + turn * 977) % 3000);
      }
    }),
  );
  if (failures.length > 0) throw new Error(`${failures.length} failed: ${failures[0]}`);
  return times;
}

export const housingDay: Benchmark = {
  name: 'usual-operations',
  summary:
    '100 tenants with their phones and 20 people of the housing office at once, each something every three seconds',
  goals: { p95_ms: { at: '≤', value: 300 } },
  run: ({ say, option }) =>
    withPlatform({ demo: 300 }, async (platform) => {
      const people = await settled(platform, option('tenants', 100), option('staff', 20));
      await live(people, 8); // plans and caches
      const seconds = option('seconds', 40);
      const { tenant, staff } = await live(people, seconds);
      const all = [...tenant, ...staff];
      say(`${(all.length / seconds).toFixed(1)} operations/s`);
      return {
        p50_ms: rounded(nth(all, 0.5)),
        p95_ms: rounded(nth(all, 0.95)),
        p99_ms: rounded(nth(all, 0.99)),
        most_ms: rounded(Math.max(...all)),
        tenant_p95_ms: rounded(nth(tenant, 0.95)),
        staff_p95_ms: rounded(nth(staff, 0.95)),
        operations: all.length,
      };
    }),
};
