import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measures } from '@keystead/apps/insight/measures';
import { seedCity } from '@keystead/apps/insight/testing';
import type { Actor } from '@keystead/contracts/access';
import { readXlsx } from '@keystead/kernel/sheet';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { supervision } from './module.ts';
import { exportOf } from './rendering.ts';
import { templates } from './templates.ts';

let platform: TestPlatform;
let clerk: Actor;
let folder: string;
beforeAll(async () => {
  platform = await startPlatform(measures, supervision);
  await seedCity(platform);
  clerk = platform.actor('supervision:read', 'supervision:write');
  folder = mkdtempSync(join(tmpdir(), 'keystead-report-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platform.stop();
});

const ask = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, as = clerk) =>
  platform.http.app.inject({
    ...{ method, url: `/api/v1/supervision${path}`, headers: { authorization: `Test ${as.id}` } },
    ...(payload && { payload }),
  });
const file = async (id: string, format: string) =>
  (await ask('GET', `/reports/${id}/file?format=${format}`)).rawPayload;
const list = async () =>
  (await ask('GET', '/reports')).json() as { id: string; template: string; month: string; number: number }[];

/** What runs each hour by itself. */
async function monthly(): Promise<void> {
  const job = platform.kernel.jobs.known.find(({ name }) => name === 'reporting.run');
  if (!job) throw new Error('no job');
  await platform.kernel.jobs.runNow(job, {});
}

/** Every figure that stands in a text, in order. */
const figures = (text: string): number[] => (text.match(/(?<![\d.-])\d+(?:\.\d+)?(?![\d.-])/g) ?? []).map(Number);

test(
  clause(
    'H-8.5-d',
    'the month that is over is reported by itself; page, narrow page, PDF and table show the same figures',
  ),
  async () => {
    await monthly();
    await monthly();
    const made = await list();
    expect(made.map(({ template, month, number }) => [template, month, number])).toEqual([
      ['eastern-monthly', '2026-05', 1],
      ['western-supervision', '2026-05', 1],
    ]);
    for (const { id, template } of made) {
      const html = String(await file(id, 'html'));
      const cells = [...html.matchAll(/<td>([^<]*)<\/td>/g)].map(([, text]) => text ?? '');
      const told = cells.filter((text) => /^\d+(\.\d+)?$/.test(text)).map(Number);
      expect(told.length).toBeGreaterThan(15);
      const narrow = [...String(await file(id, 'mobile')).matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, text]) =>
        Number(text),
      );
      expect(narrow).toEqual(told);
      const sheet = readXlsx(await file(id, 'xlsx'), 100);
      const inSheet = sheet.rows.slice(1).flatMap(({ cells: [, ...rest] }) => rest.map(Number));
      expect({ template, figures: inSheet }).toEqual({ template, figures: told });
      const path = join(folder, `${template}.pdf`);
      writeFileSync(path, await file(id, 'pdf'));
      const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
      const lines = text.split('\n').filter((line) => /^\s*(东区|西区|合计)/.test(line));
      expect(lines.flatMap(figures)).toEqual(told);
    }
  },
);

test(
  clause(
    'H-10.1-d',
    'what two regions take in fits their schemas and says what the report says; what does not fit is refused',
  ),
  async () => {
    const [eastern, western] = await list();
    const data = async (id = '') => JSON.parse(String(await file(id, 'data')));
    const east = await data(eastern?.id);
    const west = await data(western?.id);
    const offered = (await ask('GET', '/templates')).json() as { id: string; schema: object }[];
    for (const [form, made] of [
      [0, east],
      [1, west],
    ] as const) {
      expect(Value.Check(templates[form]?.schema ?? {}, made)).toBe(true);
      expect(offered[form]?.schema).toMatchObject({ type: 'object', additionalProperties: false });
    }
    expect(east).toMatchObject({
      form: 'eastern-monthly/1',
      month: '2026-05',
      total: { homes: 108, vacancyRate: 33.33, occupancyRate: 66.67 },
    });
    expect(east.districts.map(({ name, homes }: { name: string; homes: number }) => [name, homes])).toEqual([
      ['东区', 54],
      ['西区', 54],
    ]);
    expect(west.数据.at(-1)).toMatchObject({ 区划名称: '合计', 房源总数: '108', 空置率: '25.00' });
    const [template] = templates;
    if (!template) throw new Error('no template');
    const cells = ['1', '101.00', '2.00', '3.00', '4.00', '5.00', '6.0'];
    expect(() => exportOf(template, { month: '2026-05', rows: [], total: cells })).toThrow(
      expect.objectContaining({ type: 'supervision-export-invalid' }),
    );
  },
);

test('a report stays as it was; made again it gets another number; a month to come and a part of the city make none', async () => {
  const [first] = await list();
  const before = String(await file(first?.id ?? '', 'data'));
  await platform.owner.query(`update cases.case set accepted_at = accepted_at + interval '1 day'`);
  const again = await ask('POST', '/reports', { template: 'eastern-monthly', month: '2026-05' });
  expect(again.json()).toMatchObject({ number: 2 });
  expect(String(await file(first?.id ?? '', 'data'))).toBe(before);
  await expect(platform.owner.query(`update supervision.report set month = '2026-04'`)).rejects.toThrow(
    'never changes',
  );
  expect((await ask('POST', '/reports', { template: 'eastern-monthly', month: '2026-07' })).statusCode).toBe(400);
  expect((await ask('POST', '/reports', { template: 'nowhere', month: '2026-05' })).json().type).toBe(
    'supervision-template-missing',
  );
  const part = platform.actorAt(['1/'], 'supervision:read', 'supervision:write');
  expect((await ask('GET', '/reports', undefined, part)).statusCode).toBe(403);
});

test('a report is made by itself from the hour of its day on, and not at all when that is switched off', async () => {
  const set = (report: string, wish: object, as = clerk) =>
    ask('PUT', `/schedules/${report}`, { enabled: true, day: 5, hour: 9, formats: [], receivers: [], ...wish }, as);
  const shown = async () => (await ask('GET', '/schedules')).json() as { report: string; next: string | null }[];
  const before = (await list()).length;
  expect((await set('eastern-monthly', {})).statusCode).toBe(204);
  expect((await set('western-supervision', { enabled: false })).statusCode).toBe(204);
  expect((await set('nowhere', {})).json().type).toBe('report-kind-missing');
  expect((await set('eastern-monthly', { day: 29 })).statusCode).toBe(400);
  platform.clock.set('2026-07-05T00:59:00Z');
  expect((await shown()).map(({ report, next }) => [report, next])).toEqual([
    ['eastern-monthly', '2026-07-05T01:00:00.000Z'],
    ['western-supervision', null],
  ]);
  await monthly();
  expect((await list()).length).toBe(before);
  platform.clock.set('2026-07-05T01:00:00Z');
  await monthly();
  const made = (await list()).filter(({ month }) => month === '2026-06');
  expect(made.map(({ template, number }) => [template, number])).toEqual([['eastern-monthly', 1]]);
  expect((await set('eastern-monthly', {}, platform.actorAt(['1/'], 'supervision:write'))).statusCode).toBe(403);
});
