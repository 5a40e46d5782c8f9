import { readFileSync } from 'node:fs';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import { connectAsync } from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;
let tokens: string[];

const model = {
  family: 'journey-sensor',
  name: { zh: '温度传感器', en: 'Temperature sensor' },
  category: { function: 'environment', domain: 'industry', specification: 'journey' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    {
      id: 'temperature',
      name: { zh: '温度', en: 'Temperature' },
      type: 'number',
      unit: 'Cel',
      min: -40,
      max: 200,
      access: 'r',
      transferLevel: 1,
      storeLevel: 1,
    },
  ],
  events: [],
  services: [],
};
const rule = {
  name: { zh: '温度过高', en: 'Too hot' },
  enabled: true,
  appliesTo: { family: model.family },
  trigger: { kind: 'condition', levels: [{ severity: 3, when: 'temperature > 60' }], clear: 'temperature < 50' },
};

beforeAll(async () => {
  platform = await startInstallation({ demo: true, settings: { DEMO_HOMES: '10', DEMO_FAULTS: 'off' }, patience: 120 });
  await platform.call('POST', '/models', model);
  await platform.call('POST', '/alarm-rules', rule);
  const draft = { parent: null, kind: 'project', code: 'JOURNEY', name: '旅程小区' };
  const { id: placeId } = await platform.call<{ id: string }>('POST', '/places', draft);
  const rows = Array.from({ length: 8 }, (_, n) => {
    const code = `HOT-${n}`;
    return { code, name: `温度传感器 ${n}`, family: model.family, placeId, state: 'in-use' };
  });
  const made = await platform.call<{ things: { token: string }[] }>('POST', '/things/import', { rows, tokens: true });
  tokens = made.things.map(({ token }) => token);
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  await signIn(desk, platform);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** One reading of a device, under its own connection. */
async function say(token: string, temperature: number): Promise<void> {
  const url = `mqtt://127.0.0.1:${platform.ports.mqtt}`;
  const client = await connectAsync(url, { username: token, protocolVersion: 4 });
  await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ temperature }), { qos: 1 });
  await client.endAsync();
}

test(
  clause('I-6.2-d', 'alarms of one cause are one row that says how many and why, and opens to each of them'),
  async () => {
    const { page } = desk;
    await page.goto('/alarms');
    for (const token of tokens) await say(token, 75);
    const unfold = page.getByRole('button', { name: '展开 7 条从属告警' });
    await unfold.waitFor();
    await page.getByText('同类多发').waitFor();
    expect(await page.getByRole('row').filter({ hasText: '温度过高' }).count()).toBe(1);
    await unfold.click();
    await page.getByRole('row').filter({ hasText: 'HOT-7' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: '温度过高' }).count()).toBe(8);
    await desk.picture('alarm-group');
    await page.getByRole('row').filter({ hasText: 'HOT-7' }).getByRole('button', { name: '见主告警' }).click();
    await page.getByRole('dialog').getByText('从属告警（7）').waitFor();
    await page.keyboard.press('Escape');
  },
);

test('the desk is driven by keys: down, open, close, unfold', async () => {
  const { page } = desk;
  await page.goto('/alarms');
  await page.getByRole('row').filter({ hasText: 'HOT-0' }).waitFor();
  await page.keyboard.press('j');
  await page.locator('tr[aria-current="true"]').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('row').filter({ hasText: 'HOT-7' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('处置过程').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('a promise about cases is changed in its cell and stays changed', async () => {
  const { page } = desk;
  await page.goto('/case-levels');
  await page.getByRole('button', { name: '报修，优先级 2' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton', { name: '响应时限' }).fill('90');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await dialog.getByText('解决时限不能短于响应时限').waitFor(); // 90 hours to answer, 48 to solve
  await dialog.getByRole('spinbutton', { name: '解决时限' }).fill('120');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByText('90 小时 响应 · 120 小时 解决').waitFor();
  await page.getByText('已自定').waitFor();
  await desk.picture('case-levels');
});

test('a list goes out as a file for Excel', async () => {
  const { page } = desk;
  await page.goto('/things?text=HOT');
  await page.getByText('HOT-7').first().waitFor();
  await page.getByRole('button', { name: /导\s?出/ }).click();
  const coming = page.waitForEvent('download');
  await page.getByText('Excel（.xlsx）').click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('设备.xlsx');
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

test('on a phone the menu is called, and nothing runs out of the window', async () => {
  const { page } = desk;
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/', '/alarms', '/case-rules', '/notify-texts', '/organisation', '/naming', '/account']) {
    await page.goto(path);
    await page.getByRole('button', { name: '打开菜单' }).waitFor();
    await page.waitForLoadState('networkidle');
    const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(beyond, path).toBe(0);
  }
  await page.getByRole('button', { name: '打开菜单' }).click();
  await page.getByRole('link', { name: '告警中心' }).click();
  await page.getByRole('heading', { name: '告警中心' }).waitFor();
  await desk.picture('phone-desk');
});

test('the browser had nothing to complain of on the way', () => {
  expect(desk.complaints.filter((text) => !text.includes('401'))).toEqual([]);
});
