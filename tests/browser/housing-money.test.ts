import { readFileSync } from 'node:fs';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { dayFromNow, type SettledDebtor, settleDebtor } from '@keystead/tests/browser/community';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import { ownerOf } from '@keystead/tests/security';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;
let page: Page;
let debtor: SettledDebtor;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  debtor = await settleDebtor(platform);
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  page = desk.page;
  await signIn(desk, platform);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const dialog = () => page.getByRole('dialog').last();
const ok = async () => {
  await dialog()
    .getByRole('button', { name: /^(确\s?定|OK)$/ })
    .click();
  await dialog().waitFor({ state: 'hidden' });
};
const row = () => page.getByRole('row').filter({ hasText: debtor.code }).first();

/** Has the platform do now what it does by the clock. */
async function runNow(job: string): Promise<void> {
  const owner = await ownerOf(platform);
  await owner.query(`select kernel.enqueue($1, '{}', null, null, 1)`, [job]);
  await owner.end();
}

async function take(yuan: string, reference: string) {
  await page.goto('/payments');
  await button('收款登记').click();
  await dialog().getByRole('combobox', { name: '合同' }).fill(debtor.code);
  await page.locator('.ant-select-dropdown:visible').getByText(debtor.code).click();
  await dialog().getByLabel('渠道流水号').fill(reference);
  await dialog().getByLabel('金额').fill(yuan);
}

test('what is late is reminded of by itself, and the call is proved by who made it', async () => {
  await page.goto('/dunning');
  await button('立即检查').click();
  const seen = async () => {
    await page.reload();
    await button('立即检查').waitFor();
    await page.locator('.ant-table-placeholder').or(row()).first().waitFor();
    return row().count();
  };
  await expect.poll(seen, { timeout: 20_000 }).toBe(1);
  await row().getByText('电话').waitFor();
  await row().getByRole('button', { name: '登记送达' }).click();
  await dialog().getByLabel('送达情况').fill('当日 10:05 电话，本人接听，答应分期，录音 CJ-001');
  await ok();
  await row().getByText('已送达').waitFor();
  await row()
    .getByRole('button', { name: /展开行|Expand row/ })
    .click();
  await page.getByText('录音 CJ-001').waitFor();
  await desk.picture('money-call-delivered');
});

test(clause('H-9.2.5-c', 'a warning says why it was given, and a case is opened of it'), async () => {
  await runNow('risk.look');
  await page.goto('/risk');
  const seen = async () => {
    await button('刷新').click();
    return row().count();
  };
  await expect.poll(seen, { timeout: 30_000 }).toBe(1);
  await row().click();
  const drawer = page.locator('.ant-drawer-section');
  await drawer.getByRole('cell', { name: '逾期天数' }).waitFor();
  await drawer.getByRole('row', { name: /欠费（元）.*900/ }).waitFor();
  await drawer.getByRole('button', { name: /^立\s?案$/ }).click();
  const opened = drawer.locator('a[href^="/cases/"]');
  await opened.waitFor();
  expect(await drawer.getByRole('button', { name: /^立\s?案$/ }).count()).toBe(0);
  await desk.picture('money-warning');
  await opened.click();
  await page.waitForURL(/\/cases\//);
  await page.getByText(debtor.code).first().waitFor();
  await page.goto('/dunning');
});

test('a plan of three parts is agreed on, kept, and over once the last part is paid', async () => {
  await row()
    .getByRole('button', { name: /^分\s?期$/ })
    .click();
  await dialog().getByText('900.00').waitFor();
  await dialog().getByLabel('首期日期').fill(dayFromNow(1));
  await dialog().getByLabel('依据').fill('承租人申请，协议 FQ-2026-01');
  expect(await dialog().getByText('300.00').count()).toBe(3);
  await desk.picture('money-plan-made');
  await ok();
  await page.getByRole('tab', { name: '分期计划' }).click();
  await row().getByText('执行中').waitFor();

  await take('300', 'SK-1001');
  await desk.picture('money-taken');
  await ok();
  await page.goto('/dunning?tab=plans');
  await row().getByText('33%').waitFor();
  await row()
    .getByRole('button', { name: /展开行|Expand row/ })
    .click();
  await expect.poll(() => page.getByText('已缴清').count()).toBe(1);
  await desk.picture('money-plan-running');

  await take('600', 'SK-1002');
  await ok();
  await page.goto('/dunning?tab=plans');
  await row().getByText('已还清').waitFor();
  await page.goto(`/bills?period=${debtor.period}`);
  await row().getByText('已缴清').waitFor();
  await desk.picture('money-bill-paid');
  const [plan] = await platform.call<{ state: string; paid: number }[]>('GET', '/payment-plans');
  expect(plan).toMatchObject({ state: 'paid-off', paid: debtor.rent });
});

test(
  clause('H-9.3-d', 'vouchers are found by month and household, and a month that is over is closed for good'),
  async () => {
    const month = dayFromNow(0).slice(0, 7);
    await page.goto(`/payments?tab=vouchers&period=${month}&lease=${debtor.lease}`);
    await page.getByRole('row').filter({ hasText: '收款' }).first().waitFor();
    expect(await page.getByRole('row').filter({ hasText: '收款' }).count()).toBe(2);
    expect(await button(/^结\s?账$/).count()).toBe(0);
    await page.getByLabel('账期').fill(debtor.period);
    await button(/^结\s?账$/).click();
    await ok();
    await page.getByText('已结账').waitFor();
    await desk.picture('money-vouchers-closed');
    await expect(platform.call('POST', '/ledger/closings', { period: debtor.period })).rejects.toThrow('period-closed');
  },
);

test('a refund above the limit waits for a second person: who asked for it cannot confirm it', async () => {
  await take('8000', 'SK-2001');
  await ok();
  await page.goto('/payments?tab=refunds');
  await button(/^退\s?款$/).click();
  await dialog().getByRole('combobox', { name: '合同' }).fill(debtor.code);
  await page.locator('.ant-select-dropdown:visible').getByText(debtor.code).click();
  await dialog().getByText('可退余额').waitFor();
  await dialog().getByLabel('金额').fill('8000');
  await dialog().getByLabel('转账或凭条号').fill('TK-2001');
  await dialog().getByLabel('原因').fill('退租，退回预存余额');
  await ok();
  await row().getByText('待复核').waitFor();
  expect(await row().getByRole('button', { name: '复核通过' }).isDisabled()).toBe(true);
  await desk.picture('money-refund-waits');
  const [refund] = await platform.call<{ id: string; own: boolean }[]>('GET', '/payments/refunds?state=waiting');
  expect(refund?.own).toBe(true);
  await expect(platform.call('POST', `/payments/refunds/${refund?.id}/confirmation`)).rejects.toThrow('pay-refund-own');
  await row()
    .getByRole('button', { name: /^驳\s?回$/ })
    .click();
  await dialog().getByLabel('原因').fill('账号与户名不符');
  await ok();
  await row().getByText('已驳回').waitFor();
});

test(
  clause('H-9.1.4-d', 'a report is scheduled in the console, says when it is next made, and is there after a run'),
  async () => {
    const attributes = { floorArea: 60, usableArea: 42, layout: '一室一厅' };
    const house = { parent: debtor.building, code: '302', name: '1栋302室', attributes, dossier: {}, state: 'vacant' };
    await platform.call('POST', '/houses', house);
    await page.goto('/supervision/reports');
    const line = page.getByRole('row').filter({ hasText: '东部样例市' }).last();
    await line.getByRole('button', { name: /^设\s?置$/ }).click();
    await dialog().getByLabel('接收人').fill('admin');
    await page.locator('.ant-select-dropdown:visible').getByText('系统管理员').first().click();
    await dialog().getByLabel('PDF').check();
    const hour = dialog().getByLabel('几点');
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'Enter']) await hour.press(key);
    await dialog().getByTitle('00:00').waitFor();
    await desk.picture('money-report-schedule');
    await dialog()
      .getByRole('button', { name: /^保\s?存$/ })
      .click();
    await dialog().waitFor({ state: 'hidden' });
    await line.getByText('每月 1 日 00:00').waitFor();
    await line.getByText(/-01 00:00:00$/).waitFor();
    await line.getByText('1 人').waitFor();
    // The moment of this month is past: the next run makes its report.
    await runNow('reporting.run');
    const made = page.getByRole('row').filter({ hasText: '定时生成' }).filter({ hasText: '东部样例市' });
    const seen = async () => {
      await page.reload();
      await line.waitFor();
      return made.count();
    };
    await expect.poll(seen, { timeout: 30_000 }).toBe(1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      made.getByRole('button', { name: 'PDF', exact: true }).click(),
    ]);
    expect(readFileSync(await file.path(), 'latin1')).toMatch(/^%PDF/);
    await desk.picture('money-report-made');
  },
);

test(clause('H-9.1.2-c-2', 'visits of somebody in need of care are planned from his page'), async () => {
  const { members } = await platform.call<{ members: { person: string }[] }>('GET', `/households/${debtor.household}`);
  const mark = { person: members[0]?.person, kind: 'very-old', source: '身份证', validFrom: dayFromNow(-1) };
  await platform.call('POST', `/households/${debtor.household}/marks`, mark);
  await page.goto('/care');
  await page.getByRole('row').filter({ hasText: '高龄' }).click();
  await button('新增走访计划').click();
  const form = page.locator('.ant-modal');
  await form.getByLabel('走访人').fill('王社工');
  await form.getByLabel('每', { exact: true }).fill('2');
  await form.getByRole('button', { name: /^确\s?定$/ }).click();
  const plan = page.locator('.ant-drawer-section').getByRole('row').filter({ hasText: '王社工' });
  await plan.getByText('每 2 周').waitFor();
  await desk.picture('money-visit-plan');
  const [kept] = await platform.call<{ worker: string; every: string; interval: number }[]>('GET', '/care/visit-plans');
  expect(kept).toMatchObject({ worker: '王社工', every: 'week', interval: 2 });
});

test(clause('H-9.3-b', 'the file of the household shows its members, lease, bills and reviews in one'), async () => {
  await page.goto(`/households/${debtor.household}`);
  for (const part of ['家庭成员', '租赁合同', '账单', '信息变更申请'])
    await page.getByText(part, { exact: true }).first().waitFor();
  await page.getByText(debtor.code).first().waitFor();
  expect(await page.getByText('赵德柱').count()).toBe(0);
  await page.getByRole('button', { name: '查看全名' }).first().click();
  await dialog().getByLabel('理由').fill('核对合同');
  await ok();
  await page.getByText('赵德柱').first().waitFor();
  await desk.picture('money-household');
  // Before one is signed in the page asks who one is.
  expect(desk.complaints.filter((text) => !text.includes('401'))).toEqual([]);
});
