import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;

beforeAll(async () => {
  platform = await startInstallation({ demo: true, settings: { DEMO_HOMES: '10', DEMO_FAULTS: 'off' }, patience: 120 });
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  await signIn(desk, platform);
  await add('LAMP-1', '楼道灯', 'smart-light');
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const add = async (code: string, name: string, family: string): Promise<string> =>
  (await platform.call<{ id: string }>('POST', '/things', { code, name, family, state: 'in-use' })).id;

/** Chooses from a list that is searched while one types. */
async function choose(label: string, text: string, title: RegExp): Promise<void> {
  const { page } = desk;
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByTitle(title).last().click();
}

test(clause('H-7.2-c', 'a node is invited, its token is listed, and taken back before anybody used it'), async () => {
  const { page } = desk;
  await page.goto('/fleet');
  await page.getByRole('button', { name: '接入新节点' }).click();
  await page.locator('.ant-modal').getByLabel('名称').fill('南区节点');
  await page.getByRole('button', { name: '生成令牌' }).click();
  const command = await page.getByText(/--join join_/).innerText();
  await page.getByRole('button', { name: '已保存，关闭' }).click();
  await page.getByRole('button', { name: '接入令牌' }).click();
  const row = page.getByRole('row', { name: /南区节点/ });
  await row.getByText('未使用').waitFor();
  await desk.picture('join-tokens');
  await row.getByRole('button', { name: /撤\s?销/ }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await row.getByText('已撤销').waitFor();
  const token = command.split('--join ')[1]?.trim();
  const join = await fetch(`${platform.url}/api/v1/fleet/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, host: 'box' }),
  });
  expect(join.status).toBe(401);
});

test(clause('H-6.6-d-2', 'a scene is put together from what devices can do, and run by one press'), async () => {
  const { page } = desk;
  await page.goto('/scenes');
  await page.getByRole('button', { name: '新建场景' }).click();
  await page.getByLabel('名称').fill('离家');
  await choose('设备', 'LAMP-1', /LAMP-1/);
  await page.getByLabel('操作', { exact: true }).click();
  await page.getByTitle('关', { exact: true }).click();
  await page.getByRole('button', { name: /^添\s?加$/ }).click();
  await page.getByRole('button', { name: /保\s?存/ }).click();
  await page.getByText('楼道灯: off').waitFor();
  await page.getByRole('button', { name: /执\s?行/ }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await page.locator('.ant-drawer').getByText('离家').first().waitFor();
  await desk.picture('scene-run');
  expect(desk.complaints.filter((text) => !text.includes('401'))).toEqual([]);
});
