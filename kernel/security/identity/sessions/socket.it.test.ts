import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mountLive } from '@keystead/kernel/http';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { identity } from '../module.ts';
import type { Browser } from '../testing/front.ts';
import { adminPassword, type House, openHouse, userPassword } from '../testing/house.ts';
import { expireJob } from './jobs.ts';

let platform: TestPlatform;
let house: House;
let admin: Browser;
let address: string;

beforeAll(async () => {
  platform = await startPlatform(identity);
  house = await openHouse(platform, { demo: true });
  house.identity.onSessionEnded((session) => platform.live.drop(session));
  await mountLive(house.front.http.app, platform.live, house.identity.authenticator);
  await house.front.http.app.listen({ port: 0, host: '127.0.0.1' });
  address = `127.0.0.1:${(house.front.http.app.server.address() as AddressInfo).port}`;
  admin = await house.front.signIn('admin', adminPassword);
  await house.addUser(admin, 'chen.mei');
});
afterAll(async () => {
  platform.live.close();
  await house.close();
  await platform.stop();
});

/** A page's socket; `answered` once it is served, `closed` is the code it is closed with. */
async function listen(page: Browser): Promise<{ answered: boolean; closed: Promise<number> }> {
  const socket = new WebSocket(`ws://${address}/api/v1/live`, {
    headers: { cookie: `keystead_session=${page.token()}`, origin: `http://${address}` },
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  // Asked until answered: what is sent while the server still looks up who is there need not be heard.
  const asking = setInterval(() => socket.send('{"ping":1}'), 20);
  void closed.then(() => clearInterval(asking));
  const answer = once(socket, 'message').then(([text]) => {
    clearInterval(asking);
    return String(text);
  });
  return { answered: (await Promise.race([answer, closed.then(() => '')])).includes('pong'), closed };
}

const signIn = () => house.front.signIn('chen.mei', userPassword);

test(clause('H-11.1-b', 'a session that rested too long loses its open socket'), async () => {
  const socket = await listen(await signIn());
  platform.clock.pass(31 * 60);
  await platform.kernel.jobs.runNow(expireJob(house.identity.context), {});
  expect([socket.answered, await socket.closed]).toEqual([true, 4001]);
});

test(clause('H-11.1-b', 'a page that opens its socket again and again does not keep its session alive'), async () => {
  const page = await signIn();
  for (let n = 0; n < 2; n++) {
    platform.clock.pass(16 * 60 - 30);
    const { answered } = await listen(page);
    expect(answered).toBe(n === 0);
  }
});

test(clause('H-11.1-b', 'signing out drops the socket, and nobody opens another with the old cookie'), async () => {
  const page = await signIn();
  const old = house.front.browser();
  old.use(page.token());
  const socket = await listen(page);
  await page.call('DELETE', '/sessions/current');
  expect([socket.answered, await socket.closed]).toEqual([true, 4001]);
  expect((await listen(old)).answered).toBe(false);
});

test('a role taken away drops the socket that still had it', async () => {
  admin = await house.front.signIn('admin', adminPassword);
  const { items } = (await admin.call('GET', '/identity/users?text=chen.mei')).body as { items: { id: string }[] };
  const user = items[0]?.id ?? '';
  const { body: assignment } = await house.assign(admin, user, 'operator');
  const socket = await listen(await signIn());
  await admin.call('DELETE', `/identity/users/${user}/roles/${assignment.id}`);
  expect([socket.answered, await socket.closed]).toEqual([true, 4001]);
});
