import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;

const script = `function decodeUplink({ bytes }) { return { data: { level: bytes[0] } }; }`;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  await signIn(desk, platform);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

test(
  clause('I-7.1-b', 'a codec is written in the console, tried on a sample, published, and tried at the desk'),
  async () => {
    const { page } = desk;
    await page.goto('/codecs/new');
    await page.getByLabel('名称').first().fill('tank');
    await page.getByLabel('脚本（JavaScript，TS013 形式）').fill(script);
    await page.getByRole('button', { name: '添加样例' }).click();
    await page.getByLabel('报文（十六进制）').fill('2a');
    await page.getByLabel('期望结果（JSON）').fill('{"readings":[{"values":{"level":1}}]}');
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('未通过').waitFor();
    await desk.picture('codec-editor');
    await page.getByRole('button', { name: '以此结果为期望' }).click();
    await page.getByRole('button', { name: /保\s?存/ }).click();
    await page.getByRole('button', { name: /发\s?布/ }).click();
    await page.getByRole('button', { name: /确\s?定/ }).click();
    await page.getByText('生效中：v1').waitFor();

    await page.goto('/frame-desk');
    await page.getByLabel('报文或抓包内容').fill('00 01 03 02 00 2A 39 9B');
    await page.getByRole('button', { name: /解\s?析/ }).click();
    await page.getByText('modbus-rtu').first().waitFor();
    await page.getByText('校验正确').first().waitFor();
    await page
      .getByText(/^功能码/)
      .first()
      .hover();
    expect(await page.locator('.codecs-lit').first().innerText()).toContain('03');
    await desk.picture('frame-desk');
    expect(desk.complaints.filter((text) => !text.includes('401'))).toEqual([]);
  },
);
