import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAdministrator, waiveSecondFactor } from './administrator.ts';
import { openPage } from './live-page.ts';
import { addAccount, addPerson, type Person, signIn } from './person.ts';
import { rawAnswer } from './raw-answer.ts';
import { upgradeAnswer } from './upgrade.ts';
import { browser, cookieName, type Reply, script } from './visitor.ts';

let platform: Installation;
let admin: Person;

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  await waiveSecondFactor(admin);
});
afterAll(() => platform?.stop());

/** What a stranger can tell one refusal from another by. */
const seenOf = ({ status, headers, body }: Reply) => ({
  status,
  body,
  headers: [...headers.keys()].filter((name) => !name.startsWith('x-ratelimit')).sort(),
});
const attempt = (username: string, password: string) =>
  browser(platform.url).ask('POST', '/sessions', { body: { username, password } });

test(
  clause('I-8.3-a', 'an unknown name, a wrong password and a disabled account get one and the same answer'),
  async () => {
    const known = await addAccount(admin);
    const disabled = await addAccount(admin);
    await admin.send('PATCH', `/identity/users/${disabled.id}`, { state: 'disabled' });
    const answers = [
      await attempt('nobody.of.this.name', 'some-password-or-other'),
      await attempt(known.username, 'some-password-or-other'),
      await attempt(disabled.username, disabled.password),
    ].map(seenOf);
    expect(answers[0]?.status).toBe(401);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  },
);

test(
  clause('I-8.3-a', 'after wrong passwords in a row even the right one is refused for a while, name known or not'),
  async () => {
    const { username, password } = await addAccount(admin);
    for (const name of [username, 'nobody.at.all']) {
      const statuses: number[] = [];
      for (let n = 0; n < 6; n++) statuses.push((await attempt(name, `wrong-password-${n}`)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      const blocked = await attempt(name, password);
      expect(blocked).toMatchObject({ status: 429, body: { type: 'sign-in-blocked' } });
      expect((blocked.body as { retryAfter: number }).retryAfter).toBeGreaterThan(0);
    }
  },
);

test('the session cookie is out of reach of scripts and other sites, and of clear text where there is TLS', async () => {
  const { username, password } = await addAccount(admin);
  const signInOver = (port: number, ca?: Buffer) =>
    rawAnswer({
      ...{ port, path: '/api/v1/sessions', method: 'POST', body: JSON.stringify({ username, password }) },
      headers: { 'content-type': 'application/json' },
      ...(ca ? { ca } : {}),
    });
  const ca = readFileSync(join(platform.dataDir, 'tls', 'ca.crt'));
  const [plain = ''] = (await signInOver(platform.ports.http)).headers['set-cookie'] ?? [];
  const [secure = ''] = (await signInOver(platform.ports.https, ca)).headers['set-cookie'] ?? [];
  for (const cookie of [plain, secure]) {
    expect(cookie).toMatch(new RegExp(`^${cookieName}=[\\w-]{40,}; `));
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie.split('; ')).toContain(flag);
    expect(cookie).not.toMatch(/Domain=|Expires=|Max-Age=/i);
  }
  expect(secure.split('; ')).toContain('Secure');
});

test('a token is worth nothing after the next step up, and never the one the visitor brought along', async () => {
  const account = await addAccount(admin);
  const { username, password } = account;
  const planted = 'a'.repeat(43);
  const answer = await script(platform.url).ask('POST', '/sessions', {
    body: { username, password },
    headers: { cookie: `${cookieName}=${planted}` },
  });
  expect(answer.headers.getSetCookie().join()).not.toContain(planted);
  const person = await signIn(platform.url, account);
  const before = person.token();
  const body = { current: password, next: 'walnut-over-9-hills' };
  await person.send('POST', '/sessions/current/password', body);
  expect(person.token()).not.toBe(before);
  const old = await script(platform.url).ask('GET', '/sessions/current', {
    headers: { cookie: `${cookieName}=${before}` },
  });
  expect(old.status).toBe(401);
});

test('another site’s page cannot act with the visitor’s cookie: no header, no act; a foreign origin gets no socket', async () => {
  const person = await addPerson(platform.url, admin, { role: 'operator' });
  const headers = { cookie: `${cookieName}=${person.token()}` };
  const forged = script(platform.url);
  for (const [method, path, body] of [
    ['POST', '/cases', { kind: 'request', title: 'forged' }],
    ['PATCH', '/sessions/current', { language: 'en' }],
    ['DELETE', '/sessions/current', undefined],
  ] as const)
    expect(await forged.ask(method, path, { body, headers })).toMatchObject({
      status: 403,
      body: { type: 'not-allowed', reason: 'csrf' },
    });
  expect((await forged.ask('GET', '/sessions/current', { headers })).status).toBe(200);
  const { host } = new URL(platform.url);
  for (const origin of ['https://evil.example', 'null', 'file://', `http://${host}.evil.example`, 'nonsense'])
    expect([origin, await upgradeAnswer(platform.ports.http, { ...headers, origin })]).toEqual([origin, 403]);
  expect(await upgradeAnswer(platform.ports.http, { ...headers, origin: platform.url })).toBe(101);
  expect(await (await openPage(platform.url, script(platform.url))).closed).toBe(4001);
});

test(clause('H-11.1-b', 'signing out ends the session and its open pages, and no other'), async () => {
  const account = await addAccount(admin, { role: 'operator' });
  const [one, other] = [await signIn(platform.url, account), await signIn(platform.url, account)];
  const [page, kept] = [await openPage(platform.url, one), await openPage(platform.url, other)];
  for (const each of [page, kept]) await each.subscribe('case.changed');
  const stale = `${cookieName}=${one.token()}`;
  await one.send('DELETE', '/sessions/current');
  expect(await page.closed).toBe(4001);
  const again = await script(platform.url).ask('GET', '/sessions/current', { headers: { cookie: stale } });
  expect(again.status).toBe(401);
  expect((await other.ask('GET', '/sessions/current')).status).toBe(200);
  expect(await kept.subscribe('place.changed')).toEqual([]);
  kept.close();
});

test(clause('H-11.1-b', 'an administrator ends sessions of others: requests and pages alike'), async () => {
  const person = await addPerson(platform.url, admin, { role: 'operator' });
  const page = await openPage(platform.url, person);
  await page.subscribe('case.changed');
  await admin.send('DELETE', `/identity/users/${person.id}/sessions`);
  expect(await page.closed).toBe(4001);
  expect((await person.ask('GET', '/sessions/current')).status).toBe(401);
});

test('topics nobody declared, or one may not hear, are refused; a page that talks nonsense is closed', async () => {
  const person = await addPerson(platform.url, admin, { role: 'auditor' });
  const page = await openPage(platform.url, person);
  const asked = ['journal.everything', '*', 'alarm.changed', 'case.changed', 'thing-values:x', 'notify.message'];
  expect(await page.subscribe(...asked)).toEqual(asked.slice(0, -1));
  page.say('{{{');
  expect(await page.closed).toBe(4000);
  expect((await person.ask('GET', '/sessions/current')).status).toBe(200);
});
