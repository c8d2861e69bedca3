// BrowserWindow and WebContents of the stand-in: one page of the system's Chromium a window.
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { pageShim } from './page-shim.mjs';

/** All windows that are open. */
export const windows = [];

/** Chromium knows no schemes of ours: `NAME://HOST/` is `https://HOST.NAME.test/` to it. */
const outward = (address) => address.replace(/^([a-z-]+):\/\/([^/]+)/, 'https://$2.$1.test');
const inward = (address) => address.replace(/^https:\/\/([^/]+)\.([a-z-]+)\.test(?=\/|$)/, '$2://$1');

class StandInContents extends EventEmitter {
  #handlers = new Map();
  #listeners = new EventEmitter();
  #sending = Promise.resolve();
  page = null;
  openHandler = null;
  ipc = {
    on: (channel, listener) => this.#listeners.on(channel, listener),
    handle: (channel, handler) => this.#handlers.set(channel, handler),
  };
  setWindowOpenHandler(handler) {
    this.openHandler = handler;
  }
  isDestroyed() {
    return this.page === null;
  }
  send(channel, value) {
    const { page } = this;
    const text = JSON.stringify(value);
    this.#sending = this.#sending
      .then(() => page?.evaluate(([name, json]) => globalThis.fromMain(name, JSON.parse(json)), [channel, text]))
      // A page that has gone takes nothing.
      .catch(() => undefined);
  }
  /** A message of the page; its frame is who it claims to be. */
  async receive({ frame }, kind, channel, parameters) {
    const senderFrame = { url: inward(frame.url()), parent: frame.parentFrame() };
    if (kind === 'open') return this.openHandler?.({ url: channel });
    if (kind === 'send') return void this.#listeners.emit(channel, { senderFrame }, ...parameters);
    return await this.#handlers.get(channel)({ senderFrame }, ...parameters);
  }
}

export class FakeWindow extends EventEmitter {
  static app = null;
  static schemes = new Map();
  static filter = null;
  static endpoint = null;
  static #context = null;
  webContents = new StandInContents();
  focused = true;
  #options;
  #progress = null;
  #shown = false;
  #destroyed = false;

  constructor(options) {
    super();
    this.#options = options;
    windows.push(this);
    FakeWindow.app.emit('web-contents-created', {}, this.webContents);
  }

  static async endBrowser() {
    await FakeWindow.#context?.close().catch(() => undefined);
  }

  static async #browser() {
    if (FakeWindow.#context) return FakeWindow.#context;
    const profile = path.join(FakeWindow.app.getPath('userData'), 'profile');
    const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--remote-debugging-port=0'];
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM,
      args: [...quiet, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      locale: 'en-US',
      reducedMotion: 'reduce',
      viewport: null,
    });
    const portFile = path.join(profile, 'DevToolsActivePort');
    while (!existsSync(portFile)) await new Promise((resolve) => setTimeout(resolve, 50));
    FakeWindow.endpoint = `http://127.0.0.1:${readFileSync(portFile, 'utf8').split('\n')[0]}`;
    FakeWindow.#context = context;
    return context;
  }

  async loadURL(address) {
    const context = await FakeWindow.#browser();
    const { webContents } = this;
    const page = await context.newPage();
    const { width, height, webPreferences } = this.#options;
    await page.setViewportSize({ width, height });
    let first = true;
    await page.route('**/*', async (route) => {
      const request = route.request();
      const url = inward(request.url());
      if (request.isNavigationRequest() && !first) {
        let prevented = false;
        const event = { url, preventDefault: () => (prevented = true) };
        webContents.emit(request.frame().parentFrame() ? 'will-frame-navigate' : 'will-navigate', event);
        // An answer without content leaves the page where it is.
        if (prevented) return await route.fulfill({ status: 204 });
      }
      first = false;
      const { cancel } = await new Promise((resolve) => FakeWindow.filter({ url }, resolve));
      const answer = cancel ? null : FakeWindow.schemes.get(new URL(url).protocol.slice(0, -1));
      if (!answer) return await route.abort();
      const response = await answer(new Request(url, { method: request.method() }));
      const headers = Object.fromEntries(response.headers);
      await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
    });
    await page.exposeBinding('toMain', (source, ...message) => webContents.receive(source, ...message));
    await page.addInitScript({ content: pageShim(readFileSync(webPreferences.preload, 'utf8')) });
    webContents.page = page;
    await page.goto(outward(address));
    this.emit('ready-to-show');
  }

  async crash() {
    await this.webContents.page.close();
    this.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  }

  /** @returns whether it is closed now */
  close() {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (prevented) return false;
    this.#destroyed = true;
    windows.splice(windows.indexOf(this), 1);
    this.webContents.page?.close().catch(() => undefined);
    this.webContents.page = null;
    this.emit('closed');
    if (windows.length === 0) setImmediate(() => FakeWindow.app.emit('window-all-closed'));
    return true;
  }

  state() {
    const { width, height, x, y, webPreferences } = this.#options;
    return { bounds: { x, y, width, height }, webPreferences, progress: this.#progress, shown: this.#shown };
  }
  setProgressBar(value, options = {}) {
    this.#progress = { value, ...options };
  }
  getNormalBounds() {
    const { width, height, x = 100, y = 80 } = this.#options;
    return { x, y, width, height };
  }
  isDestroyed = () => this.#destroyed;
  isFocused = () => this.focused;
  isMaximized = () => false;
  isFullScreen = () => false;
  isMinimized = () => false;
  maximize() {}
  setFullScreen() {}
  restore() {}
  focus() {}
  show() {
    this.#shown = true;
  }
}
