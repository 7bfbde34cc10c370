import type { Browser, Page } from 'playwright-core';

/** Looks of a page. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly colorScheme?: 'dark' | 'light';
}

/** How long a page is given for anything: longer than a look at GitHub that had to wait after a failure. */
const patienceMs = 20_000;

/** The key that seals secrets in the browser's storage; the server itself has none to give. */
const secretsKey = Buffer.alloc(32, 7);

/** A page of its own browser context in which secrets survive a reload. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { width = 1280, height = 800, locale = 'en', colorScheme = 'dark' } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] });
  await context.route('**/mint-key', (route) => route.fulfill({ status: 200, body: secretsKey }));
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}
