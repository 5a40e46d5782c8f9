import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Installation;
let browser: Browser;
let desk: Console;
let valve: string;

beforeAll(async () => {
  platform = await startInstallation({ demo: true, settings: { DEMO_HOMES: '10', DEMO_FAULTS: 'off' }, patience: 120 });
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  await signIn(desk, platform);
  valve = await add('VALVE-1', '总阀', 'valve');
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
});

test(clause('H-6.6-b-3', 'a linkage rule is written, tried without effect, and stands in the list'), async () => {
  const { page } = desk;
  await page.goto('/linkages');
  await page.getByRole('button', { name: '新建规则' }).click();
  await page.getByLabel('规则名称').fill('有告警就开灯');
  await page.getByText('下发指令', { exact: true }).click();
  await choose('目标设备', 'LAMP-1', /LAMP-1/);
  await page.getByLabel('操作', { exact: true }).click();
  await page.getByTitle('开', { exact: true }).click();
  await page.getByRole('button', { name: '试运行' }).click();
  await choose('发生在哪台设备', 'VALVE-1', /VALVE-1/);
  const trial = page.locator('.ant-modal');
  await trial.getByRole('button', { name: '试运行' }).click();
  await trial.getByText('规则会执行以下动作').waitFor();
  await trial.getByText('LAMP-1').last().waitFor();
  await desk.picture('linkage-trial');
  await trial
    .getByRole('button', { name: /关\s?闭/ })
    .last()
    .click();
  await page.getByRole('button', { name: /保\s?存/ }).click();
  await page.getByRole('row', { name: /有告警就开灯/ }).waitFor();
});

test(
  clause('H-6.4-b-1', 'a dial is photographed on the page of its meter, held against its register, and judged'),
  async () => {
    const { page } = desk;
    const meter = await add('WM-9', '901 室水表', 'water-meter');
    await platform.call('POST', '/telemetry/readings', { rows: [{ thing: 'WM-9', values: { volume: 12.341 } }] });
    await page.goto(`/things/${meter}?tab=dials`);
    await page.getByText(/还没有表盘照片/).waitFor();
    await page.getByRole('button', { name: '添加表盘照片' }).click();
    const photo = { name: 'dial.png', mimeType: 'image/png', buffer: await page.screenshot() };
    await page.locator('.ant-modal input[type=file]').setInputFiles(photo);
    await page.getByLabel('表盘读数').fill('00012.345');
    await page
      .locator('.ant-modal')
      .getByRole('button', { name: /确\s?定/ })
      .click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByText('末位差 4 格').waitFor();
    await drawer.getByRole('img', { name: '表盘照片' }).waitFor();
    // Who took the photo does not put the register right by it.
    expect(await drawer.getByLabel('以表盘为准，更正寄存器读数').isDisabled()).toBe(true);
    await drawer.getByLabel('寄存器读数正确').check();
    await drawer.getByLabel('说明').fill('末位滚轮未停稳');
    await drawer.getByRole('button', { name: '提交结论' }).click();
    await drawer.getByRole('button', { name: '提交结论' }).waitFor({ state: 'detached' });
    await drawer.getByText('末位滚轮未停稳').waitFor();
    await desk.picture('dial-check');
    await page.goto('/dials?state=confirmed');
    await page.getByRole('row', { name: /WM-9/ }).getByText('寄存器正确').waitFor();
  },
);

test(
  clause('I-5.2.2.3-d', 'a dangerous command waits for a second person, who finds it in the inbox and agrees'),
  async () => {
    const { page } = desk;
    await page.goto(`/things/${valve}?tab=control`);
    await page
      .locator('.ant-card-small')
      .filter({ hasText: '关阀' })
      .first()
      .getByRole('button', { name: /操\s?作/ })
      .click();
    await page.getByLabel('理由').fill('检修');
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.locator('.ant-drawer').getByText('待审批').first().waitFor();
    expect(
      await page
        .locator('.ant-drawer')
        .getByRole('button', { name: /批\s?准/ })
        .count(),
    ).toBe(0);

    // A browser of his own: two people share no machine.
    const elsewhere = await openBrowser();
    const second = await colleague(elsewhere);
    await second.page.goto('/commands?state=awaiting-approval');
    await second.page.getByText('总阀').first().click();
    await second.page.getByLabel('说明').fill('同意');
    await second.page.getByRole('button', { name: /批\s?准/ }).click();
    await second.page
      .locator('.ant-drawer')
      .getByText(/排队中|已下发|已批准/)
      .first()
      .waitFor();
    await second.picture('command-approved');
    await page
      .locator('.ant-drawer')
      .getByText(/排队中|已下发|已批准/)
      .first()
      .waitFor();
    await elsewhere.close();
    expect([...desk.complaints, ...second.complaints].filter((text) => !text.includes('401'))).toEqual([]);
  },
);

/** Another one who may do everything, at a browser of his own. */
async function colleague(elsewhere: Browser): Promise<Console> {
  const account = { username: 'second.person', password: 'cedar-2-under-the-moon' };
  const draft = { ...account, name: '第二人', email: 'second@example.org', kind: 'staff', mustChange: false };
  const { user } = await platform.call<{ user: { id: string } }>('POST', '/identity/users', draft);
  const { items } = await platform.call<{ items: { id: string; code: string }[] }>('GET', '/identity/roles');
  const role = items.find(({ code }) => code === 'system-administrator');
  await platform.call('POST', `/identity/users/${user.id}/roles`, { role: role?.id, reach: 'organisation' });
  const console = await openConsole(elsewhere, platform);
  await signIn(console, { ...platform, admin: account });
  return console;
}
