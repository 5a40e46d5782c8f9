import { execFileSync } from 'node:child_process';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { type Console, openBrowser, openConsole } from '@keystead/tests/browser/console';
import { eventually, oneDevice, type TestDevice } from '@keystead/tests/devices';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Download } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Figure {
  measure: string;
  value: number | null;
}

const password = 'a-word-of-my-own-for-the-board-45';
let platform: Installation;
let browser: Browser;
let desk: Console;
let device: TestDevice;
let client: MqttClient;
let terminal: string;
let units: Map<string, string>;

/** A figure as the page shows it, worked out here from what the API says. */
function text(measure: string, value: number | null): string {
  if (value === null) return '—';
  const unit = units.get(measure);
  const fixed = (number: number, places: number) =>
    number.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
  if (unit === 'ratio') return `${fixed(value * 100, 2)}%`;
  if (unit === 'fen') return fixed(value / 100, 2);
  if (unit === 'watt-hour') return fixed(value / 1000, 1);
  return unit === 'second' ? fixed(value / 3600, 1) : fixed(value, unit === 'day' ? 1 : 0);
}
const board = async (place?: string) =>
  (await platform.call<{ figures: Figure[] }>('GET', `/supervision/board${place ? `?place=${place}` : ''}`)).figures;
const saidOf = (figures: readonly Figure[], measure: string) =>
  figures.find((each) => each.measure === measure)?.value ?? null;

beforeAll(async () => {
  platform = await startInstallation({ demo: true, settings: { DEMO_HOMES: '30', DEMO_FAULTS: 'off' }, patience: 120 });
  const roles = (await platform.call<{ items: { id: string; code: string }[] }>('GET', '/identity/roles')).items;
  const draft = {
    username: 'zhou.jianguan',
    name: '周监管',
    email: 'zhou.jianguan@example.org',
    password,
    mustChange: false,
  };
  const { user } = await platform.call<{ user: { id: string } }>('POST', '/identity/users', draft);
  const role = roles.find(({ code }) => code === 'supervisor')?.id;
  await platform.call('POST', `/identity/users/${user.id}/roles`, { role, reach: 'organisation' });
  const wish = { name: '市监管中心大屏', severity: 1, account: user.id };
  terminal = (await platform.call<{ id: string }>('POST', '/supervision/terminals', wish)).id;
  device = await oneDevice(platform, 'smoke-detector', 'JIANGUAN-1');
  client = await connectAsync(`mqtt://127.0.0.1:${platform.ports.mqtt}`, {
    username: device.token,
    protocolVersion: 4,
  });
  const measures = await platform.call<{ id: string; unit: string }[]>('GET', '/measures');
  units = new Map(measures.map(({ id, unit }) => [id, unit]));
  // Homes of the demo get their histories after the platform is ready.
  await eventually(
    () => board(),
    (figures) => (saidOf(figures, 'homes') ?? 0) >= 30 && (saidOf(figures, 'due') ?? 0) > 0,
    60,
  );
  browser = await openBrowser();
  desk = await openConsole(browser, platform);
  desk.page.setDefaultTimeout(15_000);
}, 200_000);
afterAll(async () => {
  await client?.endAsync(true);
  await browser?.close();
  await platform?.stop();
});

const patient = { timeout: 10_000 };
const figureOn = (measure: string) => desk.page.locator(`[data-measure="${measure}"] [data-value]`).first().innerText();

test(clause('H-8.5-a-2', 'a supervisor signs in and sees figures of five domains as the API has them'), async () => {
  const { page } = desk;
  await page.goto('/supervision');
  await page.getByPlaceholder('用户名').fill('zhou.jianguan');
  await page.getByPlaceholder('密码').fill(password);
  await page.getByRole('button', { name: /登\s?录/ }).click();
  await page.getByRole('heading', { name: '监管看板' }).waitFor();
  await page.locator('[data-measure="vacancy"] [data-value]').waitFor();
  for (const domain of ['房源', '承租人', '费用', '报修', '能耗', '预警'])
    await page.locator('[data-domain]').filter({ hasText: domain }).first().waitFor();
  // The age of open warnings goes on while one looks.
  const still = [...units.keys()].filter((measure) => measure !== 'warnings-open');
  const told = await board();
  for (const measure of still)
    expect({ measure, shown: await figureOn(measure) }).toEqual({
      measure,
      shown: text(measure, saidOf(told, measure)),
    });
  await desk.picture('supervisor-board');
});

test(
  clause('H-8.5-b-2', 'from the city down to the rows of one house, level by level, each figure that of the API'),
  async () => {
    const { page } = desk;
    await page.goto('/supervision?measure=collection');
    const kinds: string[] = [];
    for (let depth = 0; depth < 8; depth++) {
      const place = new URL(page.url()).searchParams.get('place') ?? undefined;
      const asked = `/measures/collection/children${place ? `?place=${place}` : ''}`;
      type Level = {
        figure: { num: number; den: number };
        children: { id: string; kind: string; name: string; den: number }[];
      };
      const level = await platform.call<Level>('GET', asked);
      const next = level.children.find(({ den }) => den > 0);
      if (!next) break;
      kinds.push(next.kind);
      await page.getByRole('button', { name: next.name, exact: true }).last().click();
      await page.waitForURL((url) => url.searchParams.get('place') === next.id);
      await page.locator('.ant-breadcrumb').getByText(next.name, { exact: true }).waitFor();
      const figures = await board(next.id);
      await expect.poll(() => figureOn('collection'), patient).toBe(text('collection', saidOf(figures, 'collection')));
    }
    expect(kinds.slice(-2)).toEqual(['building', 'house']);
    expect(kinds.length).toBeGreaterThanOrEqual(4);
    await page.getByText(/共 \d+ 条明细/).waitFor();
    expect(await page.locator('.ant-table-tbody .ant-table-row').count()).toBeGreaterThan(0);
    await desk.picture('supervisor-rows');
    await page.goto(`/supervision?measure=vacancy&view=rows`);
    await page.locator('.ant-table-tbody a[href^="/houses/"]').first().click();
    await page.waitForURL(/\/houses\//);
  },
);

test(
  clause('H-10.1-a', 'H-9.1.1-b-2', 'a house changes its state: its open page and the board say so without a reload'),
  async () => {
    type Houses = { items: { id: string; name: string }[] };
    const [house] = (await platform.call<Houses>('GET', '/houses?state=vacant&limit=1')).items;
    const other = await desk.page.context().newPage();
    await other.goto(`/houses/${house?.id}`);
    await other.getByText('空置', { exact: true }).first().waitFor();
    await desk.page.goto('/supervision');
    const before = text('homes', saidOf(await board(), 'homes'));
    await expect.poll(() => figureOn('homes'), patient).toBe(before);
    const vacancy = await figureOn('vacancy');
    await platform.call('POST', `/houses/${house?.id}/steps`, { step: 'disable', reason: '拆除' });
    await other.getByText('停用', { exact: true }).first().waitFor();
    await other.close();
    await expect.poll(() => figureOn('vacancy'), patient).not.toBe(vacancy);
    const after = await board();
    for (const measure of ['vacancy', 'occupancy', 'collection'])
      await expect.poll(() => figureOn(measure), patient).toBe(text(measure, saidOf(after, measure)));
  },
);

test(
  clause(
    'H-10.1-c',
    'a warning of the gravest grade comes to the bound terminal by itself, is received there, and kept',
  ),
  async () => {
    const { page } = desk;
    await page.goto(`/supervision/terminals/${terminal}`);
    await page.getByRole('heading', { name: '市监管中心大屏' }).waitFor();
    await page.getByText('已连接').waitFor();
    await page.getByText('没有待签收的预警').waitFor();
    await platform.call('POST', `/supervision/terminals/${terminal}/tests`);
    await page.getByText('测试推送').first().waitFor();
    await page.getByRole('button', { name: '签收' }).click();
    await page.getByText('没有待签收的预警').waitFor();
    await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ smoke: 18 }), { qos: 1 });
    const waiting = page.locator('[data-waiting]').filter({ hasText: '设备 JIANGUAN-1' });
    await waiting.waitFor();
    await desk.picture('supervisor-warning');
    await waiting.getByRole('button', { name: '签收' }).click();
    await waiting.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: '周监管' }).nth(1).waitFor();
    await desk.picture('supervisor-receipts');
    type Warnings = { severity: number; receivedBy: string | null; test: boolean }[];
    const kept = await platform.call<Warnings>('GET', `/supervision/terminals/${terminal}/warnings`);
    expect(kept.map(({ severity, receivedBy, test: tried }) => [severity, receivedBy, tried])).toEqual([
      [1, '周监管', false],
      [1, '周监管', true],
    ]);
  },
);

const bytesOf = async (download: Download): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};
const numbers = (cells: Iterable<RegExpMatchArray>): number[] => [...cells].map(([, cell]) => Number(cell));

test(clause('H-8.5-d', 'H-10.1-d', 'the report comes down in every form with the figures the page shows'), async () => {
  const { page } = desk;
  const month = new Date(Date.now() + 28_800_000).toISOString().slice(0, 7);
  await platform.call('POST', '/supervision/reports', { template: 'eastern-monthly', month });
  await page.goto('/supervision/reports');
  const row = page.getByRole('row').filter({ hasText: month });
  await row.waitFor();
  await page.getByText('定时生成（上月报表）').waitFor();
  await desk.picture('supervisor-reports');
  const files = new Map<string, Buffer>();
  for (const name of ['网页', '手机版', 'PDF', 'XLSX', '报送数据']) {
    const coming = page.waitForEvent('download');
    await row.getByRole('button', { name, exact: true }).click();
    files.set(name, await bytesOf(await coming));
  }
  const figures = numbers(String(files.get('网页')).matchAll(/<td>(\d[\d.]*)<\/td>/g));
  expect(figures.length).toBeGreaterThanOrEqual(12);
  expect(numbers(String(files.get('手机版')).matchAll(/<dd>(\d[\d.]*)<\/dd>/g))).toEqual(figures);
  const paper = execFileSync('pdftotext', ['-layout', '-', '-'], { input: files.get('PDF') ?? '' }).toString();
  for (const figure of figures) expect(paper).toContain(String(figure));
  expect(files.get('XLSX')?.subarray(0, 2).toString()).toBe('PK');
  const { total } = JSON.parse(String(files.get('报送数据')));
  const told = await board();
  expect(total.vacancyRate).toBe(Number(((saidOf(told, 'vacancy') ?? 0) * 100).toFixed(2)));
  expect(total.rentCollected).toBe(Number(((saidOf(told, 'collected') ?? 0) / 100).toFixed(2)));
  await page.goto('/supervision');
  await expect.poll(() => figureOn('occupancy'), patient).toBe(`${total.occupancyRate.toFixed(2)}%`);
});

/** Words that are cut off or too small to be read from five metres; one such metre asks for 4.4 px of 1080 lines. */
const hardToRead = `(() => {
  const least = innerHeight * 22 / 1080 - 1;
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('.ks-screen'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim()) continue;
    const rect = box.getBoundingClientRect();
    if (parseFloat(getComputedStyle(box).fontSize) < least) found.push('small: ' + node.data);
    if (rect.right > innerWidth + 1 || rect.bottom > innerHeight + 1) found.push('outside: ' + node.data);
    if (getComputedStyle(box).textOverflow !== 'ellipsis' && box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0) found.push('cut: ' + node.data);
  }
  return found;
})()`;

test(
  clause(
    'I-5.5.2-a-4',
    'the big screen is one layout in both sizes: large, whole, turning, each figure leading to its rows',
  ),
  async () => {
    const { page } = desk;
    for (const [width, height] of [
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const name of ['house', 'fee', 'service', 'energy']) {
        await page.goto(`/board/screen?page=${name}`);
        await page.locator('[data-project]').first().waitFor();
        await expect.poll(() => page.locator('.ks-screen-value').count(), patient).toBe(6);
        expect({ name, width, hard: await page.evaluate(hardToRead) }).toEqual({ name, width, hard: [] });
        if (name === 'house' || width === 1920) await desk.picture(`supervisor-screen-${name}-${width}`);
      }
    }
    await page.setViewportSize({ width: 1920, height: 1080 });
    const told = await board();
    const value = page.locator('[data-measure="vacancy"] .ks-screen-value').first();
    expect(await value.innerText()).toBe(text('vacancy', saidOf(told, 'vacancy')));
    await page.goto('/board/screen?every=5&pages=house,fee');
    const pressed = page.locator('.ks-screen-pages button[aria-pressed="true"]');
    const before = await pressed.innerText();
    await expect.poll(() => pressed.innerText(), { timeout: 8000 }).not.toBe(before);
    await page.locator('[data-measure="occupancy"]').click();
    await page.waitForURL(/\/supervision\?measure=occupancy&view=rows/);
    await page.getByText(/共 \d+ 条明细/).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  },
);

test('the browser had nothing to complain of on the way', () => {
  expect(desk.complaints.filter((line) => !line.includes('401'))).toEqual([]);
});
