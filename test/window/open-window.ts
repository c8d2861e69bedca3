import type { Browser } from 'playwright-core';
import type { StartJob } from '../../main/workers/start-job.ts';
import { openPage, startBrowser, temporaryLibrary, type OpenPage } from './browser.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';

/** The built window over a library of its own, in a browser. */
export interface OpenWindow extends OpenPage {
  library: string;
  server: ServedWindow;
  browser: Browser;
  close: () => Promise<void>;
}

/** @param fill what the library has before the window is opened */
export async function openWindow(
  startJob: StartJob,
  fill: (server: ServedWindow, library: string) => Promise<void> = () => Promise.resolve(),
): Promise<OpenWindow> {
  const { library, remove } = await temporaryLibrary();
  let server: ServedWindow | undefined;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server?.close();
    await remove();
  };
  try {
    server = await serveLibrary(library, startJob);
    await fill(server, library);
    browser = await startBrowser();
    return { library, server, browser, ...(await openPage(browser, server.address)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
