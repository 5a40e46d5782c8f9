import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;
let secret: string;
let recoveryCodes: string[];

/** Codes are good once: moves on to the next. */
const nextCode = (of = secret): string => {
  platform.clock.pass(30);
  return house.codeOf(of);
};

const signedIn = () => house.front.signIn('admin', adminPassword);

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: false });
  admin = await signedIn();
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

describe('before enrolment', () => {
  test(clause('H-11.1-a-2', 'I-8.3-a', 'a session of staff can only enrol: everything else is refused'), async () => {
    expect((await admin.call('GET', '/sessions/current')).body).toMatchObject({
      status: 'enrol',
      permissions: [],
      scope: { subtrees: [] },
    });
    const others = house.front.http.mounted.filter(({ permission }) => permission !== undefined);
    expect(others.length).toBeGreaterThan(20);
    for (const { method, url } of others) {
      const path = url.replace('/api/v1', '').replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-000000000000');
      const answer = await admin.call(method as 'GET', path, method === 'GET' || method === 'DELETE' ? undefined : {});
      expect([`${method} ${path}`, [400, 403].includes(answer.status)]).toEqual([`${method} ${path}`, true]);
    }
  });

  test('nor can it list sessions, change the password or confirm itself', async () => {
    expect((await admin.call('GET', '/sessions')).body).toMatchObject({ type: 'session-not-ready', next: 'enrol' });
    const next = { current: adminPassword, next: userPassword };
    expect((await admin.call('POST', '/sessions/current/password', next)).body.type).toBe('session-not-ready');
    const confirmed = await admin.call('POST', '/sessions/current/confirmation', { password: adminPassword });
    expect(confirmed.body.type).toBe('session-not-ready');
  });

  test('a wrong first code leaves it so; the right one makes the session active under another token', async () => {
    const begun = (await admin.call('POST', '/sessions/current/enrolment')).body as { secret: string; uri: string };
    secret = begun.secret;
    expect(begun.uri).toContain(`secret=${secret}`);
    const wrong = await admin.call('POST', '/sessions/current/enrolment/confirmation', { code: '000000' });
    expect(wrong).toMatchObject({ status: 403, body: { type: 'answer-refused' } });
    const before = admin.token();
    const enrolled = await admin.call('POST', '/sessions/current/enrolment/confirmation', { code: nextCode() });
    expect(enrolled).toMatchObject({ status: 200, body: { status: 'active' } });
    recoveryCodes = enrolled.body.recoveryCodes as string[];
    expect(recoveryCodes).toHaveLength(10);
    expect(admin.token()).not.toBe(before);
    const old = house.front.browser();
    old.use(before);
    expect((await old.call('GET', '/sessions/current')).status).toBe(401);
    expect((await admin.call('GET', '/identity/users')).status).toBe(200);
  });

  test('the secret is not stored as it is', async () => {
    const { rows } = await platform.owner.query('select wrapped from identity.factor');
    expect(rows).toHaveLength(1);
    expect(rows[0].wrapped.length).toBe(1 + 12 + 16 + 20);
  });
});

describe('after enrolment', () => {
  test(clause('H-11.1-a-2', 'the password alone opens nothing'), async () => {
    const page = await signedIn();
    expect((await page.call('GET', '/sessions/current')).body).toMatchObject({
      status: 'second-factor',
      permissions: [],
    });
    expect((await page.call('GET', '/identity/users')).status).toBe(403);
    expect((await page.call('POST', '/sessions/current/enrolment')).body.type).toBe('session-not-ready');
    const next = { current: adminPassword, next: userPassword };
    expect((await page.call('POST', '/sessions/current/password', next)).body.type).toBe('session-not-ready');
  });

  test('a code opens, and the same code does not open again', async () => {
    const code = nextCode();
    const page = await signedIn();
    const before = page.token();
    expect((await page.call('POST', '/sessions/current/second-factor', { code })).body).toEqual({ status: 'active' });
    expect(page.token()).not.toBe(before);
    expect((await page.call('GET', '/identity/users')).status).toBe(200);
    const again = await signedIn();
    expect((await again.call('POST', '/sessions/current/second-factor', { code })).body.type).toBe('answer-refused');
  });

  test('of two uses of one code at the same time one opens', async () => {
    const code = nextCode();
    const [one, two] = [await signedIn(), await signedIn()];
    const answers = await Promise.all(
      [one, two].map((page) => page.call('POST', '/sessions/current/second-factor', { code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  test('a code from paper opens once', async () => {
    const code = recoveryCodes[0]?.toUpperCase() ?? '';
    const page = await signedIn();
    expect((await page.call('POST', '/sessions/current/second-factor', { code })).status).toBe(200);
    const again = await signedIn();
    expect((await again.call('POST', '/sessions/current/second-factor', { code })).status).toBe(403);
    expect((await page.call('GET', '/sessions/current')).body.secondFactor).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('guessing is stopped after five', async () => {
    const page = await signedIn();
    const answers: number[] = [];
    for (let n = 0; n < 8; n++)
      answers.push((await page.call('POST', '/sessions/current/second-factor', { code: `00000${n}` })).status);
    expect(answers.slice(-3)).toEqual([429, 429, 429]);
    platform.clock.pass(3600);
  });

  test('it cannot be given up by staff, nor set up twice', async () => {
    const page = await signedIn();
    await page.call('POST', '/sessions/current/second-factor', { code: nextCode() });
    expect((await page.call('DELETE', '/sessions/current/enrolment')).body.type).toBe('second-factor-required');
    expect((await page.call('POST', '/sessions/current/enrolment')).body.type).toBe('second-factor-present');
  });

  test('a tenant may do without one', async () => {
    const page = await signedIn();
    await page.call('POST', '/sessions/current/second-factor', { code: nextCode() });
    await house.addUser(page, 'tenant.li', { kind: 'tenant' });
    const tenant = await house.front.signIn('tenant.li', userPassword);
    const first = (await tenant.call('GET', '/sessions/current')).body;
    expect(first).toMatchObject({ status: 'change-password', mustChangePassword: true });
    const own = { current: userPassword, next: '另外一个很长很长的新密码口令' };
    expect((await tenant.call('POST', '/sessions/current/password', own)).body).toEqual({ status: 'active' });
  });

  test(clause('H-11.1-a-2', 'one who is given a privileged role must have one at once'), async () => {
    const page = await signedIn();
    await page.call('POST', '/sessions/current/second-factor', { code: nextCode() });
    const user = await house.addUser(page, 'auditor.zhao', { kind: 'tenant' });
    await house.assign(page, user, 'auditor');
    const auditor = await house.front.signIn('auditor.zhao', userPassword);
    const own = { current: userPassword, next: '另外一个很长很长的新密码口令' };
    expect((await auditor.call('POST', '/sessions/current/password', own)).body).toEqual({ status: 'enrol' });
  });
});
