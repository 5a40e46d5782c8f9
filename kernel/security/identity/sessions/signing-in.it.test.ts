import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../module.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';

let platform: TestPlatform;
let house: House;

const lines = async (action: string) =>
  (await platform.owner.query('select * from audit.line where action = $1 order by at, id', [action])).rows;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  await house.addUser(await house.front.signIn('admin', adminPassword), 'chen.mei');
});
afterAll(async () => {
  await house.close();
  await platform.stop();
});

describe('the right name and password', () => {
  test('open a session whose token is in an http-only cookie and nowhere else', async () => {
    const page = house.front.browser();
    const opened = await page.call('POST', '/sessions', { username: 'chen.mei', password: userPassword });
    expect(opened).toMatchObject({ status: 201, body: { status: 'active' } });
    expect(opened.cookie).toMatch(/^keystead_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const { rows } = await platform.owner.query(
      'select * from identity.session order by made_at desc, id desc limit 1',
    );
    expect(JSON.stringify(rows)).not.toContain(page.token());
    expect((await page.call('GET', '/sessions/current')).body).toMatchObject({
      status: 'active',
      user: { username: 'chen.mei', language: 'zh-CN' },
      organisation: { id: house.first.organisation },
      permissions: [],
      scope: { subtrees: [] },
      secondFactor: { enrolled: false, waived: true },
    });
  });

  test('do not mind capitals in the name', async () => {
    const page = await house.front.signIn('CHEN.MEI', userPassword);
    expect(page.token()).toBeDefined();
  });

  test(clause('H-11.1-e-1', 'leave a line with time, person, address and result; so does a refusal'), async () => {
    const page = house.front.browser('10.7.7.7');
    await page.call('POST', '/sessions', { username: 'chen.mei', password: userPassword });
    await page.call('POST', '/sessions', { username: 'chen.mei', password: 'something else' });
    const [done, refused] = (await lines('session.open')).filter((line) => line.from_address === '10.7.7.7');
    expect(done).toMatchObject({ actor_name: 'chen.mei', outcome: 'done', at: platform.clock.now() });
    expect(refused).toMatchObject({ actor_name: 'chen.mei', outcome: 'refused', subject: done.subject });
  });

  test('end the session the browser still had: a token planted before is worth nothing after', async () => {
    const page = await house.front.signIn('chen.mei', userPassword);
    const planted = page.token();
    await page.call('POST', '/sessions', { username: 'chen.mei', password: userPassword });
    expect(page.token()).not.toBe(planted);
    const thief = house.front.browser();
    thief.use(planted);
    expect((await thief.call('GET', '/sessions/current')).status).toBe(401);
    expect((await page.call('GET', '/sessions/current')).status).toBe(200);
  });

  test('a change without the header no foreign page can set is refused', async () => {
    const page = await house.front.signIn('chen.mei', userPassword);
    const answer = await house.front.http.app.inject({
      method: 'DELETE',
      url: '/api/v1/sessions/current',
      cookies: { keystead_session: page.token() ?? '' },
    });
    expect(answer.json()).toMatchObject({ status: 403, reason: 'csrf' });
  });
});

describe('anything wrong', () => {
  test('gets the same answer whether the name exists or not', async () => {
    const answer = async (username: string) => {
      const { status, body, cookie } = await house.front
        .browser()
        .call('POST', '/sessions', { username, password: 'not the password' });
      return { status, body, cookie };
    };
    const known = await answer('chen.mei');
    expect(known).toMatchObject({ status: 401, body: { type: 'sign-in-refused', title: '用户名或密码不正确' } });
    expect(await answer('nobody.here')).toEqual(known);
  });

  test('typed as a name that nobody has is not kept in full, for it may be a password', async () => {
    await house.front.browser().call('POST', '/sessions', { username: 'MySecretPassword', password: 'x' });
    const { rows } = await platform.owner.query(`select * from audit.line where subject = 'user:unknown'`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('MySecret');
  });

  test('again and again makes the name wait, longer each time, even for the right password', async () => {
    const page = house.front.browser();
    const attempt = (password: string) => page.call('POST', '/sessions', { username: 'locked.one', password });
    const admin = await house.front.signIn('admin', adminPassword);
    await house.addUser(admin, 'locked.one');
    for (let n = 0; n < 5; n++) expect((await attempt('wrong one')).status).toBe(401);
    expect(await attempt(userPassword)).toMatchObject({
      status: 429,
      body: { type: 'sign-in-blocked', retryAfter: 15 },
    });
    platform.clock.pass(16);
    expect((await attempt('wrong one')).status).toBe(401);
    expect((await attempt(userPassword)).body).toMatchObject({ retryAfter: 30 });
    platform.clock.pass(31);
    expect((await attempt(userPassword)).status).toBe(201);
    expect((await attempt('wrong one')).status).toBe(401);
    expect((await lines('session.open')).filter((line) => line.detail.includes('too-many-attempts'))).toHaveLength(2);
  });

  test('a name nobody has waits just the same', async () => {
    const page = house.front.browser();
    const attempt = () => page.call('POST', '/sessions', { username: 'ghost', password: 'wrong one' });
    for (let n = 0; n < 5; n++) expect((await attempt()).status).toBe(401);
    expect(await attempt()).toMatchObject({ status: 429, body: { retryAfter: 15 } });
  });

  test('at once is counted one by one', async () => {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () =>
        house.front.browser().call('POST', '/sessions', { username: 'parallel', password: 'wrong one' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 401).length).toBeLessThan(12);
    const { rows } = await platform.owner.query(
      `select failures from identity.attempt where subject = 'name:parallel'`,
    );
    expect(rows[0].failures).toBeGreaterThanOrEqual(5);
  });

  test('from one address with ever other names makes the address wait', async () => {
    const page = house.front.browser('10.66.66.66');
    for (let n = 0; n < 30; n++)
      expect((await page.call('POST', '/sessions', { username: `name-${n}`, password: 'x' })).status).toBe(401);
    expect((await page.call('POST', '/sessions', { username: 'chen.mei', password: userPassword })).status).toBe(429);
    expect((await house.front.signIn('chen.mei', userPassword)).token()).toBeDefined();
  });
});

test('the sign-in page is told that the second factor is waived, and only on loopback', async () => {
  const page = house.front.browser();
  expect((await page.call('GET', '/sessions/policy')).body).toMatchObject({ waived: true, passwordLength: 12 });
  platform.kernel.settings.BIND = '0.0.0.0';
  expect((await page.call('GET', '/sessions/policy')).body).toMatchObject({ waived: false });
  const reached = await page.call('POST', '/sessions', { username: 'chen.mei', password: userPassword });
  expect(reached.body).toEqual({ status: 'enrol' });
  platform.kernel.settings.BIND = '127.0.0.1';
});

describe('a one-time code by phone', () => {
  test('lets a tenant in who still has the password he was given: he need not change what he did not use', async () => {
    const admin = await house.front.signIn('admin', adminPassword);
    const phone = '13811112222';
    const tenant = await house.addUser(admin, 'tenant.wang', { kind: 'tenant', phone, mustChange: true });
    const carried: { account: string; code: string }[] = [];
    house.identity.codes.useCarrier(async ({ account }, { code }) => carried.push({ account, code }) > 0);

    const page = house.front.browser();
    expect(await page.call('POST', '/sessions/codes', { phone })).toMatchObject({ status: 200 });
    await expect.poll(() => carried.map(({ account }) => account)).toEqual([tenant]);
    const code = carried[0]?.code ?? '';
    expect(await page.call('POST', '/sessions/by-code', { phone, code })).toMatchObject({
      status: 201,
      body: { status: 'active' },
    });
    expect((await page.call('GET', '/sessions/current')).body).toMatchObject({ status: 'active' });
    // Once used it is nothing, and who comes with the password still has to choose his own.
    expect((await page.call('POST', '/sessions/by-code', { phone, code })).status).toBe(401);
    const byPassword = house.front.browser();
    expect(
      await byPassword.call('POST', '/sessions', { username: 'tenant.wang', password: userPassword }),
    ).toMatchObject({ body: { status: 'change-password' } });
  });
});
