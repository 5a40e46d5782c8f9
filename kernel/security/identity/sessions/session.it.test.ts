import { setTimeout as sleep } from 'node:timers/promises';
import { backgroundHeader } from '@keystead/kernel/http';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createIdentity } from '../identity.ts';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { openFront } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';
import { expireJob } from './jobs.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;
const ended: string[] = [];

const signIn = () => house.front.signIn('chen.mei', userPassword);
const status = async (page: Browser) => (await page.call('GET', '/sessions/current')).status;
const asksByItself = async (page: Browser) =>
  (await page.call('GET', '/sessions/current', undefined, { [backgroundHeader]: '1' })).status;
const idOf = async (page: Browser) => ((await page.call('GET', '/sessions/current')).body.session as { id: string }).id;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  house.identity.onSessionEnded((session) => ended.push(session));
  admin = await house.front.signIn('admin', adminPassword);
  await house.addUser(admin, 'chen.mei');
});
afterEach(async () => {
  admin = await house.front.signIn('admin', adminPassword);
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

describe('time', () => {
  test(clause('H-11.1-b', 'thirty minutes without a request end a session, and its socket'), async () => {
    const page = await signIn();
    const session = await idOf(page);
    for (let n = 0; n < 3; n++) {
      platform.clock.pass(29 * 60);
      expect(await status(page)).toBe(200);
    }
    platform.clock.pass(30 * 60 + 1);
    expect(await status(page)).toBe(401);
    await platform.kernel.jobs.runNow(expireJob(house.identity.context), {});
    expect(ended).toContain(session);
    expect(await status(page)).toBe(401);
    const { rows } = await platform.owner.query(`select * from audit.line where action = 'session.expire'`);
    expect(rows.some((line) => line.detail.includes(session) && line.detail.includes('idle'))).toBe(true);
  });

  test(clause('H-11.1-b', 'what an open page asks by itself does not keep its session alive'), async () => {
    const page = await signIn();
    for (let n = 0; n < 6; n++) {
      platform.clock.pass(5 * 60);
      expect(await asksByItself(page)).toBe(200);
    }
    platform.clock.pass(1);
    expect(await asksByItself(page)).toBe(401);
    expect(await status(page)).toBe(401);
  });

  test(clause('H-11.1-b', 'a person at the page keeps it, whatever the page asks besides'), async () => {
    const page = await signIn();
    for (let n = 0; n < 4; n++) {
      platform.clock.pass(15 * 60);
      expect([await asksByItself(page), await status(page)]).toEqual([200, 200]);
    }
  });

  test(clause('H-11.1-b', 'twelve hours end it whatever happens'), async () => {
    const page = await signIn();
    for (let n = 0; n < 12 * 4 - 1; n++) {
      platform.clock.pass(15 * 60);
      expect(await status(page)).toBe(200);
    }
    platform.clock.pass(15 * 60);
    expect(await status(page)).toBe(401);
  });

  test('the limits are the organisation’s', async () => {
    const changed = await admin.call('PATCH', '/identity/organisation', { idleMinutes: 5 });
    expect(changed.body).toMatchObject({ idleMinutes: 5 });
    const page = await signIn();
    platform.clock.pass(6 * 60);
    expect(await status(page)).toBe(401);
    await (await house.front.signIn('admin', adminPassword)).call('PATCH', '/identity/organisation', {
      idleMinutes: 30,
    });
  });
});

describe('ending', () => {
  test('signing out ends the session and clears the cookie', async () => {
    const page = await signIn();
    const token = page.token();
    const out = await page.call('DELETE', '/sessions/current');
    expect(out.status).toBe(204);
    expect(page.token()).toBeUndefined();
    page.use(token);
    expect(await status(page)).toBe(401);
  });

  test('one sees one’s own sessions and can end another, not somebody else’s', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const { items } = (await here.call('GET', '/sessions')).body as { items: { id: string; current: boolean }[] };
    expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual([await idOf(here)]);
    const foreign = await idOf(admin);
    expect(items.map(({ id }) => id)).not.toContain(foreign);
    expect((await here.call('DELETE', `/sessions/${foreign}`)).status).toBe(404);
    const other = await idOf(there);
    expect((await here.call('DELETE', `/sessions/${other}`)).status).toBe(204);
    expect(ended).toContain(other);
    expect(await status(there)).toBe(401);
    expect(await status(admin)).toBe(200);
  });

  test(clause('H-11.1-b', 'in one process is felt in another within a second'), async () => {
    const page = await signIn();
    const elsewhere = await openFront(platform.kernel, createIdentity(platform.kernel));
    const same = elsewhere.browser();
    same.use(page.token());
    expect(await status(same)).toBe(200);
    await page.call('DELETE', '/sessions/current');
    await sleep(1000);
    expect(await status(same)).toBe(401);
    await elsewhere.close();
  });

  test('what another process tells drops sockets here', async () => {
    const page = await signIn();
    const session = await idOf(page);
    const account = ((await page.call('GET', '/sessions/current')).body.user as { id: string }).id;
    const about = { id: session, organisation: house.first.organisation, place: '', at: '' };
    house.identity.hear({ ...about, type: 'session.ended.v1', payload: { session, account, reason: 'x' } });
    expect(ended.filter((each) => each === session)).toHaveLength(1);
    house.identity.hear({ ...about, type: 'account.rights-changed.v1', payload: { accounts: [account] } });
    await expect.poll(() => ended.filter((each) => each === session).length).toBe(2);
  });

  test('a changed password ends the other sessions and gives this one another token', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const before = here.token();
    const wrong = await here.call('POST', '/sessions/current/password', {
      current: 'wrong',
      next: '一二三四五六七八九十百千万',
    });
    expect(wrong.body.type).toBe('answer-refused');
    const weak = await here.call('POST', '/sessions/current/password', {
      current: userPassword,
      next: 'chen.mei.2026',
    });
    expect(weak.body).toMatchObject({ type: 'password-too-weak', errors: [{ pointer: '/next', code: 'like-owner' }] });
    const next = '今天的天气真是好得不得了啊';
    expect((await here.call('POST', '/sessions/current/password', { current: userPassword, next })).status).toBe(200);
    expect(here.token()).not.toBe(before);
    expect([await status(here), await status(there)]).toEqual([200, 401]);
    expect((await house.front.signIn('chen.mei', userPassword)).token()).toBeUndefined();
    await here.call('POST', '/sessions/current/password', { current: next, next: userPassword });
  });
});

describe('sensitive acts', () => {
  test('want the password once more a quarter of an hour after sign-in', async () => {
    const draft = (code: string) => ({ code, names: { 'zh-CN': code, en: code }, permissions: ['place:read'] });
    expect((await admin.call('POST', '/identity/roles', draft('guard-one'))).status).toBe(201);
    platform.clock.pass(16 * 60);
    const asked = await admin.call('POST', '/identity/roles', draft('guard-two'));
    expect(asked).toMatchObject({ status: 403, body: { type: 'confirmation-needed' } });
    const wrong = await admin.call('POST', '/sessions/current/confirmation', { password: 'wrong' });
    expect(wrong.body.type).toBe('answer-refused');
    expect((await admin.call('POST', '/sessions/current/confirmation', {})).body.type).toBe('input-invalid');
    expect((await admin.call('POST', '/sessions/current/confirmation', { password: adminPassword })).status).toBe(200);
    expect((await admin.call('POST', '/identity/roles', draft('guard-two'))).status).toBe(201);
  });
});

test('a hundred requests at once ask the database once', async () => {
  const page = await signIn();
  let asked = 0;
  const counting = createIdentity({
    ...platform.kernel,
    db: {
      ...platform.kernel.db,
      systemRead: (query) => {
        asked += 1;
        return platform.kernel.db.systemRead(query);
      },
    },
  });
  const facts = { from: '10.1.1.1', language: 'en' as const, userAgent: '', cookies: {} };
  const cookies = { keystead_session: page.token() };
  const found = await Promise.all(
    Array.from({ length: 100 }, () => counting.authenticator.authenticate({ cookies, facts })),
  );
  expect(found.every((each) => each?.actor.name === 'chen.mei' && each.byCookie)).toBe(true);
  expect(asked).toBe(1);
});
