import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { dayFromNow, type SettledApplicant, settleApplicant } from '@keystead/tests/browser/community';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = `${import.meta.dirname}/../..`;
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const photo = { name: '客厅.png', mimeType: 'image/png', buffer: picture };

interface Bill {
  id: string;
  owed: number;
}

let platform: Installation;
let browser: Browser;
let desk: Console;
let page: Page;
let town: SettledApplicant;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  town = await settleApplicant(platform);
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  page = desk.page;
  await signIn(desk, platform);
});
afterAll(async () => {
  town?.supervision.close();
  await browser?.close();
  await platform?.stop();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const menu = (name: string) => page.getByRole('menu').getByRole('link', { name, exact: true }).click();
const dialog = () => page.getByRole('dialog').last();
const ok = async () => {
  await dialog()
    .getByRole('button', { name: /^(确\s?定|OK)$/ })
    .click();
  await dialog().waitFor({ state: 'hidden' });
};
const choose = async (label: string, typed: string, option: string | RegExp) => {
  const field = dialog().getByLabel(label, { exact: true });
  if (typed) await field.fill(typed);
  else await field.press('ArrowDown');
  await page.locator('.ant-select-dropdown:visible').getByText(option).first().click();
};
/** `YYYY-MM-DD HH:mm:ss` in Shanghai so many seconds from now. */
const clockText = (seconds: number): string =>
  new Date(Date.now() + 28_800_000 + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
const typeTime = async (label: string, text: string) => {
  await dialog().getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
};
const saved = async (name: string): Promise<string> => {
  const [file] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
  return file.path();
};

test('an application is refused, appealed and granted in the console, and stands on the waiting list by itself', async () => {
  const { applicant, household } = town;
  const review = await applicant.send<{ id: string }>('POST', '/own-eligibility', { area: 12 });
  const decide = async (step: string, reason = '') => {
    await button(step).click();
    await dialog().getByLabel('意见').fill(reason);
    await ok();
  };
  await page.goto(`/eligibility/${review.id}`);
  await decide('受理');
  await decide('不予通过', '材料不全');
  await page.getByText('未通过').first().waitFor();
  await applicant.send('POST', `/own-eligibility/${review.id}/steps`, { step: 'appeal', reason: '材料已补齐' });
  await page.reload();
  await decide('复核通过', '材料齐全，符合条件');
  await page.getByText('已通过').first().waitFor();

  await menu('轮候名册');
  await expect
    .poll(
      async () => {
        await button('刷新').click();
        return page.getByText('李梅家').count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await button('登记轮候').click();
  await choose('家庭', '赵强', '赵强家');
  await choose('保障类别', '', '低保、低收入家庭');
  await typeTime('轮候起', '2022-03-01 09:00:00');
  await dialog().getByLabel('依据或原因').fill('平台启用前已轮候');
  await ok();
  await page.getByText('赵强家').waitFor();
  await desk.picture('clerk-waiting-list');
  const [entry] = await platform.call<{ household: string }[]>('GET', '/allocation/waiting?state=waiting&limit=1');
  expect(entry?.household).not.toBe(household);
});

test('a plan is announced, its list closed, lots drawn, proved by anybody from the published file, and a house chosen', async () => {
  const { applicant } = town;
  await menu('配租方案');
  await button('新建配租方案').click();
  await dialog().getByLabel('方案名称').fill('2026 年冬季配租');
  await choose('范围', '云龙', /云龙安居苑/);
  await button('全选（2）').click();
  await dialog().getByLabel('每户选房时长（分钟）').fill('1');
  await desk.picture('clerk-new-plan');
  await typeTime('意向登记截止', clockText(20));
  await ok();
  await button('公布方案').click();
  await button('登记意向').waitFor();
  const plan = page.url().split('/').at(-1) ?? '';
  await applicant.send('PUT', `/own-allocation/plans/${plan}`);
  await button('登记意向').click();
  await choose('轮候家庭', '赵强', /赵强家/);
  await dialog().locator('.ant-modal-title').click();
  await ok();
  await page.getByText('赵强家').waitFor();
  await page.locator('button:enabled', { hasText: '封存名单' }).click();
  await dialog()
    .getByRole('button', { name: /^确\s?定$/ })
    .click();
  await page.getByRole('tab', { name: '排序公示与复核' }).click();
  await page.getByText('种子承诺（SHA-256）').waitFor();
  await desk.picture('clerk-committed');

  await button('摇号').click();
  await dialog().getByLabel('现场见证文字').fill('07 12 33');
  await typeTime('选房开始时间', clockText(-130));
  await ok();
  await page.getByText('已用公布的内容重新计算，结果一致。').waitFor();
  await desk.picture('clerk-drawn');
  const { stdout } = await run(process.execPath, ['server/lottery-verify.ts', await saved('下载公示文件')], {
    cwd: root,
  });
  expect(stdout).toContain('一致');

  await page.getByRole('tab', { name: '家庭与次序' }).click();
  const other = page.getByRole('row', { name: /赵强家/ });
  await other.getByRole('button', { name: /过\s?号/ }).click();
  await page
    .locator('.ant-popover:visible')
    .getByRole('button', { name: /^确\s?定$/ })
    .click();
  await other.locator('.ant-tag', { hasText: '过号' }).waitFor();
  await page
    .getByRole('row', { name: /李梅家/ })
    .getByRole('button', { name: /选\s?房/ })
    .click();
  await choose('房源', '', /3栋101室/);
  await ok();
  await page.getByText('已选房').first().waitFor();
  await desk.picture('clerk-choosing');
});

test('the household moves in: lessor set, lease drafted, signed by both, handover with meters, furniture and a photo', async () => {
  const { applicant } = town;
  await page.getByRole('link', { name: '办理入住' }).click();
  await button('起草合同').waitFor();
  await menu('入住办理');
  await button('设置出租人').click();
  await choose('出租人', '云龙', '云龙安居公司');
  await ok();
  await page.getByText('李梅家').click();
  await button('起草合同').click();
  await ok();
  await button('去签署合同').waitFor();
  const { digest } = await applicant.get<{ digest: string }>('/own-move-in');
  await applicant.send('POST', '/own-move-in/signature', { digest, consent: '本人已阅读并同意' });
  await button('去签署合同').click();
  await button(/签署 · 出租人/).click();
  await ok();
  await page.getByText('生效中').first().waitFor();
  await page.goBack();
  await button('登记交接').click();
  const readings = dialog().getByLabel('读数');
  await readings.nth(0).fill('12.5');
  await readings.nth(1).fill('301');
  await button('添加物品').click();
  await dialog().getByLabel('物品').fill('双人床');
  await dialog().locator('input[type=file]').setInputFiles(photo);
  await dialog().getByText('客厅.png').waitFor();
  await desk.picture('clerk-handover-form');
  await ok();
  await page.getByText('已入住').first().waitFor();
  await page.getByText('双人床').waitFor();
  await desk.picture('clerk-moved-in');
  await menu('入住办理');
  await page.getByText('已入住 1').click();
  await page.getByText('李梅家').waitFor();
  await desk.picture('clerk-move-ins');
});

test('the floor grid and the house lead to its lease, its household and what comes next', async () => {
  await page.goto(`/places/${town.building}?tab=grid`);
  await page.getByText('101', { exact: true }).first().click();
  await page.getByRole('link', { name: '李梅家 (1)' }).waitFor();
  await desk.picture('clerk-house-grid');
  await button('一房一档').click();
  await page.getByRole('tab', { name: '关联' }).click();
  await page.getByRole('link', { name: '李梅家 (1)' }).waitFor();
  await desk.picture('clerk-house');
  await button('发起退出').waitFor();
});

test(
  clause('H-3-2', 'one tenant goes from application over allocation, lease, bill and repair to exit and archive') +
    ' with nothing done in the database by hand',
  async () => {
    const { applicant, pay, channel, mend, supervision, homes, household } = town;
    await platform.call('POST', '/bills/runs', { period: dayFromNow(0).slice(0, 7) });
    const bills = () => applicant.get<Bill[]>('/own-bills');
    await expect.poll(async () => (await bills()).length, { timeout: 20_000 }).toBe(1);
    const [bill] = await bills();
    const order = await applicant.send<{ number: string; amount: number }>('POST', `/own-bills/${bill?.id}/orders`, {
      channel,
    });
    expect(await pay(order.number, order.amount)).toBe(200);
    await expect.poll(async () => (await bills())[0]?.owed, { timeout: 20_000 }).toBe(0);
    const taken = await applicant.ask('POST', '/own-repairs/photos', {
      ...{ query: { name: '漏水.png', mediaType: 'image/png' }, bytes: picture },
    });
    const told = {
      ...{ category: 'water', title: '厨房水龙头漏水', description: '一直滴水', channel: 'app' },
      photos: [(taken.body as { id: string }).id],
    };
    const repair = await applicant.send<{ id: string }>('POST', '/own-repairs', told);
    await mend();
    await applicant.send('POST', `/own-repairs/${repair.id}/confirmation`);
    await applicant.send('POST', `/own-repairs/${repair.id}/rating`, { score: 5 });

    await applicant.send('POST', '/own-exit', { reason: '购房' });
    await menu('退出管理');
    await page.getByRole('heading', { name: '退出管理' }).waitFor();
    const leaving = page.getByRole('row', { name: /李梅家/ });
    await leaving.waitFor();
    await desk.picture('clerk-exits');
    await leaving.click();
    await button('受理').click();
    await ok();
    await button('登记查验').click();
    await typeTime('最后居住日', dayFromNow(0));
    await dialog().getByLabel('冷水表（m³） 起码（上次）').fill('12.5');
    await dialog().getByLabel('冷水表（m³） 止码（最后一天）').fill('20');
    await button('添加赔偿项').click();
    await dialog().getByLabel('损坏内容').fill('门锁损坏');
    await dialog().getByLabel('金额（元）').fill('80');
    await desk.picture('clerk-inspection');
    await ok();
    await button(/^结\s?算$/).click();
    await ok();
    await page.getByText('未收合计').waitFor();
    await desk.picture('clerk-settled');
    await button('确认交房').click();
    await ok();
    await expect.poll(() => supervision.filed.length, { timeout: 40_000 }).toBe(1);
    expect(supervision.filed[0]).not.toContain('李梅');
    await page.getByText('JG-1').first().waitFor();
    await button('合同归档').click();
    await ok();
    await page.getByText('已归档').first().waitFor();
    await desk.picture('clerk-archived');
    await button('切换语言').click();
    await button('Settlement sheet').waitFor();
    await desk.picture('clerk-archived-en');

    const exits = await platform.call<{ lease: string; household: string; settlement: object }[]>('GET', '/exits');
    expect(exits).toMatchObject([{ household, settlement: { damages: 8_000, owed: 0 } }]);
    expect(await platform.call('GET', `/leases/${exits[0]?.lease}`)).toMatchObject({ state: 'archived' });
    expect(await platform.call('GET', `/houses/${homes[0]}`)).toMatchObject({ state: 'vacant' });
    expect(await platform.call('GET', '/ledger/trial-balance')).toMatchObject({ imbalance: 0 });
    expect(desk.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  },
);
