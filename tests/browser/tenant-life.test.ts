import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { dayFromNow, type Newcomer, settleNewcomer } from '@keystead/tests/browser/community';
import { openBrowser, openConsole, signIn } from '@keystead/tests/browser/console';
import { openPhone, type Phone } from '@keystead/tests/browser/phone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const photo = { name: '证明.png', mimeType: 'image/png', buffer: picture };

let platform: Installation;
let browser: Browser;
/** Where the office sits. */
let other: Browser | undefined;
let phone: Phone;
let page: Page;
let town: Newcomer;
let lease: string;

beforeAll(async () => {
  platform = await startInstallation({ patience: 120 });
  town = await settleNewcomer(platform);
  browser = await openBrowser();
  phone = await openPhone(browser, platform);
  page = phone.page;
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await other?.close();
  await platform?.stop();
});

/** Nothing the scanner finds, and a picture to be looked at. */
const look = async (name: string) => expect(await phone.look(`life-${name}`)).toEqual([]);
const press = (name: string) => phone.press(name);
const open = async (path: string): Promise<void> => {
  await page.goto(`/tenant/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
async function signLease(): Promise<void> {
  await page.getByRole('checkbox').check();
  const before = await town.code();
  await press('获取验证码');
  await expect.poll(() => town.code(), { timeout: 10_000 }).not.toBe(before);
  await page.getByLabel('验证码').fill(await town.code());
  await press('签署');
  await press('确认签署');
  await see('待出租人签署');
}

test(
  clause('H-9.1.2-d', 'an applicant applies, tells of a change with a photo, and sees where both stand'),
  async () => {
    await open('');
    await press('用密码登录');
    await page.getByLabel('用户名').fill(town.username);
    await page.getByLabel('密码').fill(town.password);
    await press('登录');
    await page.getByLabel('当前密码').fill(town.password);
    await page.getByLabel('新密码').fill('plum-rain-over-the-roof-31');
    await press('保存新密码');
    await see('李梅，您好');
    await look('home-applicant');
    await page.getByRole('link', { name: '办事' }).click();
    await see('轮候与选房');
    await look('services');
    await page.getByRole('link', { name: /申请住房/ }).click();
    await page.getByLabel(/现有住房面积/).fill('0');
    await look('apply');
    await press('提交申请');
    await see('已提交');
    const [review] = await platform
      .call<{ items: { id: string }[] }>('GET', '/eligibility/reviews')
      .then(({ items }) => items);
    await platform.call('POST', `/eligibility/reviews/${review?.id}/steps`, {
      step: 'ask-supplement',
      reason: '请补充收入证明',
    });
    await see('请补充收入证明');
    await look('apply-supplement');

    await open('changes');
    await page.getByRole('link', { name: '申报变更' }).click();
    await page.getByRole('radio', { name: '收入' }).check();
    await page.getByLabel(/年收入/).fill('3200.50');
    await page.getByLabel(/证明材料照片/).setInputFiles(photo);
    await look('change-new');
    await press('提交变更');
    await see('审核中');
    const changes = await platform.call<{ items: { id: string; state: string }[] }>('GET', '/households/changes');
    expect(changes.items).toMatchObject([{ state: 'submitted' }]);
    await platform.call('POST', `/households/changes/${changes.items[0]?.id}/decision`, {
      approved: true,
      reason: '材料属实',
    });
    await page.reload();
    await see('已通过');
    await look('changes');
  },
);

test(
  clause('H-9.1.2-a-1', 'waits, takes part in a plan, chooses a house in her turn, signs and moves in'),
  async () => {
    await platform.call('POST', '/allocation/waiting', { household: town.household, reason: '资格审核通过' });
    const until = 4_000;
    const plan = await town.announce(until);
    const closes = Date.now() + until;
    await open('');
    await see('新的配租方案，可以报名');
    await page.getByText('新的配租方案，可以报名').click();
    await see('第 1 位');
    await press('我要报名');
    await see('已报名，等待排序结果。');
    await look('queue-intended');
    await expect.poll(() => Date.now() > closes, { timeout: 10_000 }).toBe(true);
    await town.draw(plan);
    await see('轮到您选房了');
    await page.getByRole('radio', { name: /3栋201室/ }).check();
    await look('queue-choose');
    await press('选这套');
    await see('确认后这套房为您保留');
    await look('queue-sure');
    await press('确认选这套');
    await see('去办理入住');
    lease = await town.contract();
    await page.getByRole('link', { name: '去办理入住' }).click();
    await see('有合同待签');
    await look('move-in-contract');
    await page.getByText('有合同待签').click();
    await signLease();
    await town.sign(lease);
    await open('move-in');
    await see('预约领钥匙');
    await page.getByLabel('什么时候来').fill(`${dayFromNow(1)}T10:00`);
    await press('预约');
    await see('已预约');
    await page.getByLabel(/水表读数/).fill('12.5');
    await page.getByLabel(/电表读数/).fill('340');
    await page.getByLabel('灶具').uncheck();
    await page.getByLabel('照片（可不传）').setInputFiles(photo);
    await look('move-in-handover');
    await press('确认交接，办理入住');
    await see('有损坏或缺失');
    await look('moved-in');
  },
);

test(
  clause('H-9.2.1-b', 'her key came by itself; its code is shown once she confirms, and a guest gets one for once'),
  async () => {
    await open('keys');
    await see('密码 · 长期');
    await press('查看密码');
    await see('密码会显示 30 秒');
    await look('key-confirm');
    await press('显示密码');
    await page.getByRole('status', { name: '开门密码' }).waitFor();
    expect(await page.getByRole('status', { name: '开门密码' }).textContent()).toMatch(/^\d{6,12}$/);
    await press('隐藏');
    await page.getByLabel('访客称呼').fill('表哥');
    await press('生成密码');
    await see('请转告访客');
    await see('密码 · 一次性');
    await look('keys');
    await press('作废这把钥匙');
    await expect.poll(() => page.getByText('密码 · 一次性').count()).toBe(0);
    await press('同意使用');
    await see('24 小时内从所有门锁删除');
    await press('我同意');
    await press('撤回同意');
    await press('确认撤回');
    await see('您没有同意使用人脸或指纹。');
    await open('keys/uses');
    await see('暂无记录');
    await look('key-uses');
  },
);

test(
  clause('H-10.2-a', 'she pays, has a tap mended and judges the work; without a network a repair waits and goes later'),
  async () => {
    await platform.call('POST', '/bills/runs', { period: dayFromNow(0).slice(0, 7) });
    await open('');
    await page.getByText('待缴费用').waitFor({ timeout: 40_000 });
    await look('home-tenant');
    await page.getByText('待缴费用').click();
    await press('支付宝');
    const { number, amount } = await phone.confirmPayment();
    expect(await town.pay(number, amount)).toBe(200);
    await see('已付清');

    await open('repairs/new');
    await page.getByLabel('水管漏水').check();
    await page.getByLabel('一句话说明').fill('厨房水龙头漏水');
    await page.getByLabel(/^照片/).setInputFiles({ ...photo, name: '漏水.png' });
    await page.context().setOffline(true);
    await see('现在没有网络');
    await look('repair-offline');
    await press('先存下，稍后自动发送');
    await see('已存在手机里');
    await look('repairs-waiting');
    await page.context().setOffline(false);
    await expect.poll(() => page.getByText('已存在手机里').count(), { timeout: 15_000 }).toBe(0);
    await page.getByText('厨房水龙头漏水').click();
    await see('处理人 张师傅');
    await town.mend();
    await press('修好了，确认');
    await page.getByLabel('5 分').check();
    await press('提交评分');
    await see('您的评分：5 分');
  },
);

test(
  clause(
    'H-9.2.2-b',
    'another house: refused with a reason, asked again, approved in the console, signed on the phone, and told by text',
  ),
  async () => {
    const ask = async (): Promise<string> => {
      await open('swap');
      await page.getByRole('link', { name: '申请换房' }).click();
      await page.getByRole('radio', { name: /3栋101室/ }).check();
      await page.getByLabel('换房原因').fill('老人上楼不便');
      await look('swap-new');
      await press('提交申请');
      await see('等待审核');
      const [swap] = await platform.call<{ id: string }[]>('GET', '/swaps?state=requested');
      return swap?.id ?? '';
    };
    await platform.call('POST', `/swaps/${await ask()}/refusal`, { reason: '该房源已预留' });
    await page.reload();
    await see('该房源已预留');
    await look('swap');
    const swap = await ask();

    other = await openBrowser();
    const desk = await openConsole(other, platform);
    await signIn(desk, platform);
    const office = desk.page;
    const dialog = () => office.getByRole('dialog').last();
    const ok = async () => {
      await dialog()
        .getByRole('button', { name: /^确\s?定$/ })
        .click();
      await dialog().waitFor({ state: 'hidden' });
    };
    await office.goto('/swaps');
    await office.getByRole('row', { name: /待审核/ }).click();
    await office.getByRole('button', { name: '审核通过' }).click();
    await dialog().getByLabel('换租日', { exact: true }).fill(dayFromNow(3));
    await office.keyboard.press('Enter');
    await desk.picture('swap-approval');
    await ok();
    await office.getByText('待签约').first().waitFor();
    await desk.picture('swap-approved');

    await page.reload();
    await page.getByRole('link', { name: '去签新合同' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const next = page.url().split('/').at(-1) ?? '';
    await signLease();
    await town.sign(next);
    await open('swap');
    await see(dayFromNow(3));
    await look('swap-scheduled');
    await open('notices');
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('heading', { level: 1 }).waitFor();
          return page.getByText(/新合同已全部签署/).count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    await see(`${dayFromNow(3)} 为换租日`);
    await look('swap-told');

    await office.getByRole('button', { name: '录入读数' }).click();
    await dialog().getByText('止码未知，请抄表').first().waitFor();
    await desk.picture('swap-readings');
    await dialog()
      .getByRole('button', { name: /^取\s?消$/ })
      .click();
    await office.getByRole('button', { name: '取消换租' }).click();
    await dialog().getByLabel('原因', { exact: true }).fill('原房继续居住');
    await ok();
    await office.getByText('已取消').first().waitFor();
    await office.getByRole('button', { name: '切换语言' }).click();
    await office.getByText('Called off').first().waitFor();
    await desk.picture('swap-called-off-en');
    expect(await platform.call('GET', `/leases/${next}`)).toMatchObject({ state: 'void' });
    expect(await platform.call('GET', `/swaps/${swap}`)).toMatchObject({ swap: { state: 'cancelled' } });
  },
);

test(clause('H-9.2.2-b', 'renewal is asked for on the phone and signed, and the request is done'), async () => {
  await platform.call('PATCH', `/leases/${lease}`, { endsOn: dayFromNow(100), reason: '示例：调整租期' });
  await open('renewal');
  await press('申请续租');
  await see('已申请，房管人员正在办理');
  await look('renewal');
  const next = await town.renew(lease);
  await see('打开查看并签署');
  await page.getByText('打开查看并签署').click();
  await signLease();
  await town.sign(next);
  await expect
    .poll(
      async () => (await platform.call<{ items: unknown[] }>('GET', '/cases?kind=request&open=true')).items.length,
      { timeout: 20_000 },
    )
    .toBe(0);
});

test(
  clause('H-9.2.6-a', 'she leaves: asked in one step, followed by its days, the last account confirmed'),
  async () => {
    await open('exit');
    await page.getByLabel('退房原因').fill('已购房');
    await press('申请退房');
    await see('退房需要查验房屋');
    await press('确认申请');
    await see('主动退房 · 已申请');
    await look('exit');
    await town.settleExit();
    await open('');
    await see('退房结算待您确认');
    await page.getByText('退房结算待您确认').click();
    await see('结算清单');
    await look('exit-account');
    await press('结算无误，确认');
    await press('确认无误');
    await see(/您已于 .* 确认/);
  },
);

test(clause('H-10.2-d', 'every page stands the scan also in large text, in English and in the dark'), async () => {
  await open('');
  await press('大字版');
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const path of ['', 'keys', 'exit', 'swap/new']) {
    await open(path);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await look(`large-${path.replace('/', '-') || 'home'}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await open('');
  await press('English');
  for (const path of ['', 'services', 'exit']) {
    await open(path);
    await page.waitForLoadState('networkidle');
    await look(`english-${path || 'home'}`);
    expect(await page.locator('body').textContent()).not.toMatch(/tenant\.[a-z]/);
  }
});
