import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import { oneDevice, type TestDevice } from '@keystead/tests/devices';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;
let device: TestDevice;
let client: MqttClient;

beforeAll(async () => {
  platform = await startInstallation({ demo: true, settings: { DEMO_HOMES: '20', DEMO_FAULTS: 'off' }, patience: 120 });
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  device = await oneDevice(platform, 'smoke-detector', 'JOURNEY-1');
  client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: device.token,
    protocolVersion: 4,
  });
});
afterAll(async () => {
  await client?.endAsync(true);
  await browser?.close();
  await platform?.stop();
});

const say = (values: Record<string, unknown>) =>
  client.publishAsync('v1/devices/me/telemetry', JSON.stringify(values), { qos: 1 });

test('a wrong password is told at the form; the right one leads to the overview with live figures', async () => {
  const { page } = desk;
  await page.goto('/');
  await page.getByPlaceholder('用户名').fill('admin');
  await page.getByPlaceholder('密码').fill('wrong-password-1');
  await page.getByRole('button', { name: /登\s?录/ }).click();
  await page.getByRole('alert').first().waitFor();
  await signIn(desk, platform);
  await page.getByText('设备在线率').waitFor();
  await page.getByText('未关闭告警').first().waitFor();
  await desk.picture('overview');
});

test('the place tree leads to a building and its grid of homes', async () => {
  const { page } = desk;
  await page.getByRole('link', { name: '空间', exact: true }).click();
  await page.getByText('苏州市').waitFor();
  const { items } = await platform.call<{ items: { id: string; kind: string }[] }>(
    'GET',
    '/places?kind=building&limit=1',
  );
  await page.goto(`/places/${items[0]?.id}?tab=grid`);
  await page.getByText('101', { exact: true }).first().waitFor();
  await desk.picture('grid');
});

test(clause('I-5.2.2.1-d', 'a device shows its values as they come, without a reload, and their history'), async () => {
  const { page } = desk;
  await say({ smoke: 0.4, temperature: 21.5 });
  await page.goto(`/things/${device.id}`);
  await page.getByText('21.5').first().waitFor();
  await say({ smoke: 0.6, temperature: 22.75 });
  await page.getByText('22.75').or(page.getByText('22.8')).first().waitFor();
  await desk.picture('thing-live');
  await page.getByRole('tab', { name: '历史' }).click();
  await page.locator('canvas').first().waitFor();
  await desk.picture('thing-history');
});

test(
  clause(
    'I-6.2-d',
    'H-9.5.1-c-2',
    'smoke raises an alarm on the open desk; it is acknowledged there, and clears by itself',
  ),
  async () => {
    const { page } = desk;
    await page.goto('/alarms');
    await page.getByRole('heading', { name: /告警中心/ }).waitFor();
    await say({ smoke: 18 });
    const row = page.getByRole('row').filter({ hasText: 'JOURNEY-1' });
    await row.waitFor();
    await desk.picture('alarm-raised');
    await row.getByRole('button', { name: /确\s?认/ }).click();
    await row.getByText('已确认').waitFor();
    await say({ smoke: 0.2 });
    await row.getByText('已恢复').waitFor({ timeout: 30_000 });
    await row.click();
    await page.getByRole('heading', { name: '处置过程' }).waitFor();
    await desk.picture('alarm-drawer');
  },
);

test('the work order the alarm opened is dispatched, done and confirmed', async () => {
  const { page } = desk;
  const { items } = await platform.call<{ items: { id: string; code: string; subjectId: string }[] }>(
    'GET',
    '/cases?limit=200',
  );
  const order = items.find((item) => item.subjectId === device.id);
  expect(order).toBeDefined();
  await page.goto(`/cases/${order?.id}`);
  await page
    .getByText(order?.code as string)
    .first()
    .waitFor();
  const take = async (step: string, fill: () => Promise<void> = async () => {}) => {
    await page.getByRole('button', { name: step, exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor({ timeout: 2000 }).then(fill, () => {}); // steps that ask for nothing have no dialog
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: step, exact: true }).click();
  };
  const now = (state: string) => page.getByText(state, { exact: true }).first().waitFor();
  await take('派单', async () => {
    await page.getByRole('combobox', { name: '处理人' }).click();
    await page
      .getByTitle(/系统管理员/)
      .last()
      .click();
  });
  await now('已派单');
  await take('接单');
  await now('已接单');
  await take('开始处理');
  await now('处理中');
  await take('完工', async () => {
    await page.getByRole('dialog').locator('textarea').first().fill('更换探测器，测试正常');
  });
  await now('已完工');
  await take('确认完成');
  await now('已确认');
  await desk.picture('case');
});

test(clause('H-11.1-e-3', 'the journal is verified by a button and says that the chain holds'), async () => {
  const { page } = desk;
  await page.goto('/journal');
  await page.getByRole('button', { name: /校验/ }).first().click();
  await page.getByText(/未发现改动/).waitFor();
  await desk.picture('journal');
});

test('English is one click away and leaves no Chinese in the frame', async () => {
  const { page } = desk;
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).or(page.getByText('English')).first().click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await desk.picture('overview-en');
  const menu = await page.locator('aside').innerText();
  expect(menu).not.toMatch(/[\u4e00-\u9fff]/);
});

test('the browser had nothing to complain of on the way', () => {
  const serious = desk.complaints.filter((text) => !text.includes('401'));
  expect(serious).toEqual([]);
});
