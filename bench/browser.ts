import { readFileSync } from 'node:fs';
import type { Installation } from '@keystead/kernel/testing/installation';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
}

/** A page of the console, signed in as the administrator. */
export async function signedIn(browser: Browser, platform: Installation, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: platform.url, viewport: { width: 1440, height: 900 } });
  const answer = await context.request.post('/api/v1/sessions', {
    data: platform.admin,
  });
  const body = (await answer.json()) as { status?: string };
  if (body.status !== 'active') throw new Error(`signing in: ${answer.status()} ${JSON.stringify(body)}`);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

interface Seen {
  code: string;
  at: number;
}

const observer = readFileSync(new URL('./appearances.js', import.meta.url), 'utf8');

/** Lets `appearances.js` watch the page; answers when each text of this pattern was first there, ms since 1970. */
export async function noteAppearances(page: Page, pattern: string): Promise<() => Promise<Map<string, number>>> {
  await page.evaluate(`${observer}; globalThis.watchFor(${JSON.stringify(pattern)})`);
  return async () => {
    const seen = (await page.evaluate('appearances()')) as Seen[];
    return new Map(seen.map(({ code, at }) => [code, at]));
  };
}
