import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type SettledInspector, settleInspector } from '@keystead/tests/browser/community';
import { openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import { openPhone, type Phone } from '@keystead/tests/browser/phone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
/** The clerk's: this Chromium keeps the cookies of all its windows together. */
let other: Browser | undefined;
let phone: Phone;
let page: Page;
let inspector: SettledInspector;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  inspector = await settleInspector(platform);
  browser = await openBrowser();
  phone = await openPhone(browser, platform);
  page = phone.page;
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ longitude: 117.2, latitude: 34.26 });
});
afterAll(async () => {
  await browser?.close();
  await other?.close();
  await platform?.stop();
});

const look = async (name: string) => expect(await phone.look(`field-${name}`)).toEqual([]);
const press = (name: string) => phone.press(name);
const waiting = (count: number) =>
  page
    .getByRole('status')
    .getByText(new RegExp(`· ${count} 条待发送$`))
    .waitFor();
/** A photo as the camera of the phone would give it: drawn here, so that each is another one. */
async function photograph(label: RegExp, colour: string): Promise<void> {
  const bytes = await page.evaluate<number[]>(`(async () => {
    const canvas = new OffscreenCanvas(1200, 900);
    const pen = canvas.getContext('2d');
    pen.fillStyle = ${JSON.stringify(colour)};
    pen.fillRect(0, 0, 1200, 900);
    pen.fillStyle = '#fff';
    pen.fillRect(300, 200, 500, 400);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  })()`);
  await page.getByLabel(label).setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(bytes) });
  await page.getByAltText('刚拍的照片').last().waitFor();
}

test('the app is less than 200 KB at its first load, and can be installed', async () => {
  const assets = join(import.meta.dirname, '../../ends/field/dist/assets');
  const bytes = readdirSync(assets).map((file) => gzipSync(readFileSync(join(assets, file))).length);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(200_000);
  const manifest = await fetch(`${platform.url}/field/manifest.webmanifest`);
  expect(await manifest.json()).toMatchObject({ start_url: '/field/', display: 'standalone' });
});

test(clause('H-9.2.3-b', 'an inspector goes a round in a cellar without a network, with photos and time'), async () => {
  await page.goto('/field/');
  await look('sign-in');
  await page.getByLabel('用户名').fill(inspector.username);
  await page.getByLabel('密码').fill(inspector.password);
  await press('登录');
  await page.getByText(inspector.round.title).waitFor();
  // The service worker has the whole app before the network goes.
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await expect
    .poll(() =>
      page.evaluate(`caches.open('keystead-field-1').then((cache) => cache.keys()).then((all) => all.length)`),
    )
    .toBeGreaterThan(2);
  await look('day');
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(inspector.round.title).click();
  await page.getByText('离线').waitFor();
  await press('到达，开始');
  await waiting(1);
  await press('扫码');
  await page.getByLabel('或输入编码').fill(inspector.round.code);
  await press('确定');
  await page.getByText('已扫码到场').waitFor();
  await page.getByText('现场到达并拍照').click();
  await page.getByText(/^按操作规程/).click();
  await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(2);
  await page.getByText('正常', { exact: true }).click();
  await press('保存');
  await page.getByLabel('读数（1 – 1.5 MPa）').fill('0.8');
  await page.getByText('超出范围').waitFor();
  await photograph(/必拍/, '#7c2d12');
  await page.getByLabel('问题说明').fill('压力不足');
  await look('point');
  await press('保存');
  await page.getByText('检查点 2/2').waitFor();
  await photograph(/^.?\s?拍照$/, '#0f766e');
  await press('保存照片');
  await page.getByText('照片（2）').waitFor();
  await page.getByLabel('处理结果').fill('一具灭火器压力不足，其余正常');
  const pad = await page.locator('canvas').boundingBox();
  await page.mouse.move((pad?.x ?? 0) + 40, (pad?.y ?? 0) + 60);
  await page.mouse.down();
  await page.mouse.move((pad?.x ?? 0) + 160, (pad?.y ?? 0) + 30, { steps: 6 });
  await page.mouse.move((pad?.x ?? 0) + 240, (pad?.y ?? 0) + 80, { steps: 6 });
  await page.mouse.up();
  await look('finish');
  await press('完工提交');
  await waiting(8);
  await look('offline');
  // Off and on again, as a phone in a pocket: nothing of it is lost.
  await page.reload();
  await waiting(8);
}, 60_000);

test(clause('H-9.2.3-b', 'back in the network everything arrives once, although the upload broke off'), async () => {
  let cut = 0;
  await page.route('**/field/devices/*/entries', async (route) => {
    // The platform takes it, and the answer is lost.
    if (cut++ === 0) {
      await route.fetch();
      return route.abort('connectionreset');
    }
    return route.continue();
  });
  await page.context().setOffline(false);
  await page.goto('/field/outbox');
  await press('立即发送');
  await page.getByText('全部已发送').first().waitFor({ timeout: 30_000 });
  expect(cut).toBeGreaterThan(1);
  await look('outbox');
  const { case: of, id } = inspector.round;
  type Said = { items: { outcome: string; marks: string[] }[]; chains: { broken: number[]; entries: number }[] };
  const said = await platform.call<Said>('GET', `/field/cases/${of}/entries`);
  expect(said.items.map(({ outcome, marks }) => [outcome, marks])).toEqual(Array(8).fill(['done', []]));
  expect(said.chains).toMatchObject([{ broken: [], entries: 8 }]);
  const round = await platform.call<{ readings: object[]; state: string; broken: number[] }>(
    'GET',
    `/plans/occurrences/${id}`,
  );
  expect(round).toMatchObject({
    state: 'done',
    broken: [],
    readings: [{ passed: true }, { passed: false, value: 0.8 }],
  });
  const file = await platform.call<{ evidence: { kind: string }[] }>('GET', `/cases/${of}`);
  expect(file.evidence.map(({ kind }) => kind).sort()).toEqual(['photo', 'photo', 'signature']);
}, 60_000);

test('a task given to another meanwhile is told plainly', async () => {
  await page.goto('/field/');
  await page.getByText(inspector.repair.title).click();
  await page.context().setOffline(true);
  await press('到达，开始');
  await waiting(1);
  await inspector.giveRepairAway();
  await page.context().setOffline(false);
  await page.goto('/field/');
  await page.getByText('1 条没有记入').waitFor({ timeout: 30_000 });
  await page.getByText(/已改派给 赵工/).waitFor();
  await look('refused');
  await press('知道了');
  await page.getByText(inspector.repair.title).waitFor({ state: 'detached' });
}, 60_000);

test('the clerk sees what was said in the cellar, and that the chain holds', async () => {
  other = await openBrowser();
  const desk = await openConsole(other, platform);
  await signIn(desk, platform);
  // The question who is signed in, before anybody was.
  desk.complaints.length = 0;
  await desk.page.goto(`/cases/${inspector.round.case}?tab=field`);
  await desk.page.getByText(/的手机记录链完整，签名有效（8 条）/).waitFor();
  await desk.page.getByText('117.20000, 34.26000').first().waitFor();
  await desk.picture('field-entries');
  expect(desk.complaints).toEqual([]);
}, 60_000);
