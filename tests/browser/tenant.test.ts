import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type SettledTenant, settleTenant } from '@keystead/tests/browser/community';
import { openBrowser } from '@keystead/tests/browser/console';
import { openPhone, type Phone } from '@keystead/tests/browser/phone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let platform: Installation;
let browser: Browser;
let phone: Phone;
let page: Page;
let tenant: SettledTenant;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  tenant = await settleTenant(platform);
  browser = await openBrowser();
  phone = await openPhone(browser, platform);
  page = phone.page;
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** Nothing the scanner finds, and a picture to be looked at. */
const look = async (name: string) => expect(await phone.look(name)).toEqual([]);
const press = (name: string) => phone.press(name);
const home = () => page.goto('/tenant/');
/** The code of the text message that follows the press of the button. */
async function codeAfter(run: () => Promise<void>): Promise<string> {
  const before = await tenant.code();
  await run();
  await expect.poll(() => tenant.code(), { timeout: 10_000 }).not.toBe(before);
  return tenant.code();
}

test('the app is less than 200 KB at its first load, and has what a phone needs to install it', async () => {
  const assets = join(import.meta.dirname, '../../ends/tenant/dist/assets');
  const bytes = readdirSync(assets).map((file) => gzipSync(readFileSync(join(assets, file))).length);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(200_000);
  const answer = await fetch(`${platform.url}/tenant/manifest.webmanifest`);
  const manifest = (await answer.json()) as { icons: { src: string }[] };
  expect(manifest).toMatchObject({ start_url: '/tenant/', display: 'standalone' });
  for (const { src } of manifest.icons)
    expect([src, (await fetch(`${platform.url}${src}`)).status]).toEqual([src, 200]);
});

test(clause('H-10.2-a', 'a tenant signs in with a code and signs the contract'), async () => {
  await home();
  await look('sign-in');
  await page.getByLabel('手机号').fill(tenant.phone);
  await page.getByLabel('验证码').fill(await codeAfter(() => press('获取验证码')));
  await press('登录');
  await page.getByText('有合同待签').waitFor();
  await look('home-to-sign');
  await page.getByText('有合同待签').click();
  await page.getByText('不得转租').waitFor();
  expect(await page.getByRole('button', { name: '签署', exact: true }).isDisabled()).toBe(true);
  await page.getByRole('checkbox').check();
  await page.getByLabel('验证码').fill(await codeAfter(() => press('获取验证码')));
  await press('签署');
  await page.getByText('签署后合同即对您生效').waitFor();
  await look('sign-confirm');
  await press('确认签署');
  await page.getByText('待出租人签署').waitFor();
  await page.getByText('签名有效').waitFor();
  await look('lease-signed');
});

test(clause('H-10.2-a', 'a tenant pays a bill: sees it, chooses a way, confirms, and sees it paid'), async () => {
  await tenant.begin();
  await home();
  await expect
    .poll(
      async () => {
        await page.reload();
        return page
          .getByText('待缴费用')
          .waitFor({ timeout: 2000 })
          .then(
            () => true,
            () => false,
          );
      },
      { timeout: 40_000 },
    )
    .toBe(true);
  await look('home-owed');
  await page.getByText('待缴费用').click();
  await page.getByText('租金').waitFor();
  await press('支付宝');
  await page.getByText('确认缴费').waitFor();
  await look('pay-confirm');
  const { number, amount } = await phone.confirmPayment();
  expect(await tenant.pay(number, amount)).toBe(200);
  await page.getByText('已付清').first().waitFor();
  await look('bill-paid');
});

test(
  clause('H-10.2-a', 'a tenant has something repaired: photo, handler, deadline, confirmation, rating'),
  async () => {
    await home();
    await page.getByRole('link', { name: '报修', exact: true }).click();
    await page.getByLabel('水管漏水').check();
    await page.getByLabel('一句话说明').fill('厨房水龙头漏水');
    await page.getByLabel(/^照片/).setInputFiles({ name: '漏水.png', mimeType: 'image/png', buffer: picture });
    await look('repair-new');
    await press('提交报修');
    await page.getByText('处理人 张师傅').waitFor();
    await page.getByText(/\d{2}:\d{2} 前完成/).waitFor();
    await look('repair-assigned');
    await tenant.mend();
    await page.getByText('修好了吗？').waitFor();
    await look('repair-done');
    await press('修好了，确认');
    await page.getByLabel('5 分').check();
    await press('提交评分');
    await page.getByText('您的评分：5 分').waitFor();
    await look('repair-rated');
  },
);

test(clause('H-10.2-d', 'large text, other pages and English stand the scan; leaving asks once more'), async () => {
  await home();
  await press('大字版');
  await page.getByText('王秀英，您好').waitFor();
  const facts = await page.evaluate<{ text: number; wide: boolean; targets: number[] }>(`({
    text: Number.parseFloat(getComputedStyle(document.body).fontSize),
    wide: document.documentElement.scrollWidth > innerWidth,
    targets: [...document.querySelectorAll('button, .tile')].map((each) => each.getBoundingClientRect().height),
  })`);
  expect(facts.text).toBeGreaterThanOrEqual(18 * 1.4);
  expect(facts.wide).toBe(false);
  expect(Math.min(...facts.targets)).toBeGreaterThanOrEqual(60);
  await look('home-large');
  await page.goto('/tenant/exit');
  await page.getByLabel('退房原因').fill('已购房');
  await press('申请退房');
  await page.getByText('退房需要查验房屋').waitFor();
  await look('exit-confirm');
  await press('取消');
  for (const path of ['bills', 'leases', 'repairs', 'notices', 'me']) {
    await page.goto(`/tenant/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(path);
  }
  await home();
  await press('English');
  await page.getByText('Hello 王秀英').waitFor();
  await look('home-english');
});
