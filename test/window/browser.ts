import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Where a Chromium of the system lies: CHROMIUM names one, else the usual places. */
export function chromiumPath(): string | undefined {
  const places = [
    process.env.CHROMIUM ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((place) => place !== '' && existsSync(place));
}

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const more = ['--disable-component-update', '--disable-sync', '--force-color-profile=srgb'];

export async function startBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('No Chromium was found; install one or name it with CHROMIUM.');
  return await chromium.launch({ executablePath, args: [...quiet, ...more] });
}

/** Where pictures of the pages are left, to be looked at. */
export const pictures = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'pages');

/** Leaves a picture, where HYENA_PICTURES asks for them: they take a sixth of the CPU time of these tests. */
export async function picture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  if (process.env.HYENA_PICTURES === '1')
    await page.screenshot({ path: path.join(pictures, `${name}.png`), ...options });
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of the page's console, and what it asked of anyone but its own server. */
  complaints: string[];
}

/** Opens a page that notes everything which should never happen. */
export async function openPage(browser: Browser, address: string, options: { dark?: boolean } = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.text()} (${url})`);
  });
  page.on('request', (request) => {
    if (!['127.0.0.1', ''].includes(new URL(request.url()).hostname)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return { page, context, complaints };
}

export async function temporaryLibrary(): Promise<{ library: string; remove: () => Promise<void> }> {
  const library = await mkdtemp(path.join(tmpdir(), 'hyena-window-'));
  return { library, remove: () => rm(library, { recursive: true, force: true }) };
}

/** Waits for something outside of a test, where `expect.poll` cannot be used. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come about within a minute.');
}
