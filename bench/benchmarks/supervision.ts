import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '@keystead/kernel/testing/installation';
import type { Page } from 'playwright-core';
import { noteAppearances, openBrowser, signedIn } from '../browser.ts';
import { buildCity } from '../city.ts';
import { Client } from '../client.ts';
import { newHistogram } from '../histogram.ts';
import { MqttDevice, ringOf } from '../load/mqtt-client.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, type Figures, rounded } from '../result.ts';
import { type Device, stock } from '../stock.ts';
import { ownerOf } from '../tenancies.ts';
import { sendAll } from './mqtt-ingest.ts';

const wall = (): number => performance.timeOrigin + performance.now();
const nth = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

/** Runs inside a page: notes each value something shows and when, ms since 1970, in the turn it was drawn. */
const watch = (selector: string, read: string): string => `(() => {
  const seen = [];
  let last;
  const look = () => {
    const at = document.querySelector(${JSON.stringify(selector)});
    const now = at && (${read})(at);
    if (now === null || now === undefined || now === last) return;
    last = now;
    seen.push([now, performance.timeOrigin + performance.now()]);
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  globalThis.shownSince = (from, not) => seen.find(([value, at]) => at >= from && value !== not)?.[1] ?? null;
  globalThis.shownNow = () => last;
})()`;

/** When a page first showed something else than before, after a moment; undefined when it did not in ten seconds. */
async function changedIn(page: Page, from: number, before: unknown): Promise<number | undefined> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) {
    const at = (await page.evaluate(`shownSince(${from}, ${JSON.stringify(before)})`)) as number | null;
    if (at !== null) return at;
  }
  return undefined;
}

interface Screens {
  readonly vacancy: Page;
  readonly collection: Page;
  readonly house: Page;
}

interface Kinds {
  readonly vacancy: number[];
  readonly collection: number[];
  readonly house: number[];
}

/** One event after the other, each with the time from asking for the change to the new figure in the open page. */
async function events(client: Client, screens: Screens, house: string, agreements: readonly string[], count: number) {
  const times: Kinds = { vacancy: [], collection: [], house: [] };
  let missing = 0;
  const note = async (kind: keyof Kinds, from: number, before: unknown): Promise<void> => {
    const at = await changedIn(screens[kind], from, before);
    if (at === undefined) missing += 1;
    else times[kind].push(at - from);
  };
  for (let n = 0; n < count; n++) {
    const [vacancy, collection, state] = await Promise.all(
      [screens.vacancy, screens.collection, screens.house].map((page) => page.evaluate('shownNow()')),
    );
    const from = wall();
    await client.post(`/houses/${house}/steps`, { step: n % 2 === 0 ? 'disable' : 'enable', reason: 'bench' });
    await Promise.all([note('vacancy', from, vacancy), note('house', from, state)]);
    const paid = wall();
    const payment = { agreement: agreements[n], channel: 'cash', reference: `bench-${agreements[n]}`, amount: 1000 };
    await client.post('/payments', { ...payment, paidAt: new Date().toISOString() });
    await note('collection', paid, collection);
  }
  return { times, missing };
}

/** Fires of devices, one after the other, to the terminal of the supervisor; answers ms from publication to the page. */
async function warnings(devices: readonly Device[], port: number, page: Page, pauseMs: number) {
  const seen = await noteAppearances(page, 'BENCH-\\d{6}');
  const published = new Map<string, number>();
  for (const { token, code } of devices) {
    const at = wall();
    const payload = `{"ts":${Math.round(at)},"values":{"temperature":75.5,"humidity":40.0,"co2":500}}`;
    const device = await MqttDevice.connect({ port }, token, ringOf([payload]), newHistogram());
    published.set(code, wall());
    device.send(1);
    await sleep(pauseMs);
    device.end();
  }
  await sleep(2000);
  const shown = await seen();
  const times = [...published].flatMap(([code, at]) => {
    const found = shown.get(code);
    return found === undefined ? [] : [found - at];
  });
  return { times, missing: published.size - times.length };
}

const figuresOf = (name: string, times: readonly number[]): Figures => ({
  [`${name}_p50_ms`]: rounded(nth(times, 0.5)),
  [`${name}_p99_ms`]: rounded(nth(times, 0.99)),
  [`${name}_most_ms`]: rounded(Math.max(...times)),
});

/** Leases that owe for the month that runs and for nothing before it: what is paid moves the collection of this month. */
async function agreementsOf(platform: Installation, count: number): Promise<string[]> {
  const owner = await ownerOf(platform);
  try {
    const { rows } = await owner.query(
      `select c.agreement from ledger.charge c where c.place like 'zzbc/%' and c.settled < c.amount
         and c.period = to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM')
         and not exists (select from ledger.charge e where e.agreement = c.agreement and e.period < c.period and e.settled < e.amount)
       order by c.agreement limit $1`,
      [count],
    );
    return rows.map(({ agreement }) => String(agreement));
  } finally {
    await owner.end();
  }
}

/** Events in a row to open pages, first with nothing else to do, then while devices send. */
export async function measurePushes(platform: Installation, { say, option }: BenchContext): Promise<Figures> {
  const client = new Client(platform);
  const count = option('events', 100);
  const rate = option('rate', 500);
  const senders = 20;
  const devices = await stock(client, senders + 2 * count);
  await client.call('PUT', '/alarms/grouping', { enabled: false, window: 300, settle: 60 });
  const gravest = {
    ...{ name: { zh: '起火', en: 'Fire' }, enabled: true, appliesTo: { family: 'bench-sensor' } },
    trigger: { kind: 'condition', levels: [{ severity: 1, when: 'temperature > 70' }], clear: 'temperature < 50' },
  };
  await client.post('/alarm-rules', gravest);
  const terminal = await client.post<{ id: string }>('/supervision/terminals', { name: 'bench', severity: 1 });
  type Houses = { items: { id: string }[] };
  const house = (await client.get<Houses>('/houses?state=vacant&limit=1')).items[0]?.id ?? '';
  const agreements = await agreementsOf(platform, 2 * count);
  const browser = await openBrowser();
  try {
    const board = async (measure: string): Promise<Page> => {
      const page = await signedIn(browser, platform, '/supervision');
      const selector = `[data-measure="${measure}"] [data-sums]`;
      await page.waitForSelector(selector);
      await page.evaluate(watch(selector, '(at) => at.dataset.sums'));
      return page;
    };
    const housePage = await signedIn(browser, platform, `/houses/${house}`);
    await housePage.waitForSelector('.ant-card .ant-tag');
    await housePage.evaluate(watch('.ant-card .ant-tag', '(at) => at.textContent'));
    const screens = { vacancy: await board('vacancy'), collection: await board('collection'), house: housePage };
    const terminalPage = await signedIn(browser, platform, `/supervision/terminals/${terminal.id}`);
    await terminalPage.waitForLoadState('networkidle');
    const fires = devices.slice(senders);

    const idle = await events(client, screens, house, agreements.slice(0, count), count);
    const quiet = await warnings(fires.slice(0, count), platform.ports.mqtt, terminalPage, 100);
    say(`idle: ${idle.missing + quiet.missing} missing`);
    const seconds = Math.ceil(count * 1.4);
    const task = { target: { port: platform.ports.mqtt }, window: 100, seconds, rate };
    const load = sendAll(task, devices.slice(0, senders));
    await sleep(2000);
    const busy = await events(client, screens, house, agreements.slice(count), count);
    await load;
    const more = sendAll({ ...task, seconds: Math.ceil(count * 0.2) + 4 }, devices.slice(0, senders));
    const loud = await warnings(fires.slice(count), platform.ports.mqtt, terminalPage, 100);
    const { messagesPerSecond } = await more;
    say(`under ${messagesPerSecond.toFixed(0)} messages/s: ${busy.missing + loud.missing} missing`);
    return {
      ...figuresOf('vacancy', idle.times.vacancy),
      ...figuresOf('collection', idle.times.collection),
      ...figuresOf('house', idle.times.house),
      ...figuresOf('warning', quiet.times),
      ...figuresOf('loaded_vacancy', busy.times.vacancy),
      ...figuresOf('loaded_collection', busy.times.collection),
      ...figuresOf('loaded_house', busy.times.house),
      ...figuresOf('loaded_warning', loud.times),
      missing: idle.missing + quiet.missing + busy.missing + loud.missing,
      events: idle.times.vacancy.length + busy.times.vacancy.length + quiet.times.length + loud.times.length,
      messages_per_s: rounded(messagesPerSecond),
    };
  } finally {
    await browser.close();
  }
}

const goal = { at: '≤', value: 500 } as const;

export const supervision: Benchmark = {
  name: 'supervision',
  summary:
    'a change to the figure, the house’s page and the bound terminal in open browser pages, over 20,000 homes, idle and under load',
  goals: {
    ...{ vacancy_p99_ms: goal, collection_p99_ms: goal, house_p99_ms: goal, warning_p99_ms: goal },
    ...{
      loaded_vacancy_p99_ms: goal,
      loaded_collection_p99_ms: goal,
      loaded_house_p99_ms: goal,
      loaded_warning_p99_ms: goal,
    },
  },
  run: (context) =>
    withPlatform({ demo: 10 }, async (platform) => {
      const city = await buildCity(platform, context.option('homes', 20_000));
      context.say(`${city.rows.toLocaleString('en-US')} rows in ${city.seconds.toFixed(0)} s`);
      return measurePushes(platform, context);
    }),
};
