import { mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Installation } from '@keystead/kernel/testing';
import type { Browser, Page } from 'playwright-core';

const { resolve } = createRequire(import.meta.url);
const axe = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');
const font = dirname(resolve('@fontsource-variable/noto-sans-sc/package.json'));
const shots = join(import.meta.dirname, '..', 'shots');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const glyphs = 'http://glyphs.invalid/';

interface Finding {
  id: string;
  nodes: { html: string }[];
}

export interface Phone {
  page: Page;
  /** Presses the button of that name. */
  press(name: string): Promise<void>;
  /** Confirms a payment and gives the order that was made of it, as the channel is told of it. */
  confirmPayment(): Promise<{ number: string; amount: number }>;
  /** Keeps a picture to be looked at, and gives what the scanner finds against WCAG 2.2 AA. */
  look(name: string): Promise<string[]>;
}

/**
 * A page on a phone of 390 × 844 in a browser of its own, not signed in. A phone has Chinese letters of its own and this
 * browser has none, so the page is lent some.
 */
export async function openPhone(browser: Browser, { url }: Pick<Installation, 'url'>): Promise<Phone> {
  mkdirSync(shots, { recursive: true });
  const context = await browser.newContext({
    ...{ baseURL: url, viewport: { width: 390, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
    ...{ hasTouch: true, isMobile: true, bypassCSP: true },
  });
  await context.route(`${glyphs}**`, async (route) =>
    route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      contentType: 'font/woff2',
      body: await readFile(join(font, 'files', basename(route.request().url()))),
    }),
  );
  const faces = readFileSync(join(font, 'index.css'), 'utf8').replaceAll('./files/', glyphs);
  const page = await context.newPage();
  page.on('load', (loaded) => {
    loaded
      .addStyleTag({ content: `${faces} :root { font-family: "Noto Sans SC Variable", sans-serif }` })
      .catch(() => {});
  });
  return {
    page,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    confirmPayment: async () => {
      const [answer] = await Promise.all([
        page.waitForResponse((each) => /\/own-bills\/[^/]+\/orders$/.test(each.url())),
        page.getByRole('button', { name: /^确认缴/ }).click(),
      ]);
      await page.getByText('订单已生成').waitFor();
      return answer.json();
    },
    look: async (name) => {
      await page.evaluate('document.fonts.ready');
      await page.screenshot({ path: join(shots, `tenant-${name}.png`), fullPage: true });
      await page.evaluate(axe);
      const found = await page.evaluate<Finding[]>(
        `axe.run(document, { runOnly: ${JSON.stringify(wcag)} }).then(({ violations }) => violations)`,
      );
      return found.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`);
    },
  };
}
