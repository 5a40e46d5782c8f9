import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '@keystead/kernel/testing';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { authenticator } from '../../security/index.ts';

const shots = join(import.meta.dirname, '..', 'shots');

/** A real Chromium, as it comes from npm. */
export const openBrowser = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });

export interface Console {
  page: Page;
  /** What the browser complained of: script errors and refused resources. */
  complaints: string[];
  /** Keeps a picture of the page, to be looked at. */
  picture(name: string): Promise<void>;
}

/** A page of the console in a browser of its own, not signed in. */
export async function openConsole(
  browser: Browser,
  platform: Installation,
  language: 'zh-CN' | 'en' = 'zh-CN',
): Promise<Console> {
  const context = await browser.newContext({
    baseURL: platform.url,
    viewport: { width: 1440, height: 900 },
    locale: language,
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  mkdirSync(shots, { recursive: true });
  return {
    page,
    complaints,
    picture: async (name) => {
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
  };
}

/** Signs in by the form, as a person does; where a second factor is asked for, it is set up on the way. */
export async function signIn({ page }: Console, platform: Installation): Promise<void> {
  await page.goto('/');
  await page.getByPlaceholder('用户名').fill(platform.admin.username);
  await page.getByPlaceholder('密码').fill(platform.admin.password);
  await page.getByRole('button', { name: /登\s?录/ }).click();
  const overview = page.getByRole('heading', { name: '总览' });
  const enrolment = page.getByText('绑定第二因素');
  await overview.or(enrolment).first().waitFor();
  if (await enrolment.isVisible()) {
    const secret = await page.locator('code').first().innerText();
    await page.getByPlaceholder('动态验证码').fill(authenticator(secret.trim())());
    await page.getByRole('button', { name: /验\s?证/ }).click();
    await page.getByRole('button', { name: '我已保存，继续' }).click();
  }
  await overview.waitFor();
}
