import type { Component } from 'svelte';
import { pages as pageNames, type PageName } from './routes.ts';

const loaders: Readonly<Record<PageName, () => Promise<{ default: Component }>>> = {
  welcome: () => import('../pages/welcome/WelcomePage.svelte'),
  data: () => import('../pages/data/DataPage.svelte'),
  model: () => import('../pages/model/ModelPage.svelte'),
  training: () => import('../pages/training/TrainingPage.svelte'),
  runs: () => import('../pages/runs/RunsPage.svelte'),
  models: () => import('../pages/models/ModelsPage.svelte'),
  chat: () => import('../pages/chat/ChatPage.svelte'),
  sequence: () => import('../pages/sequence/SequencePage.svelte'),
  lab: () => import('../pages/lab/LabPage.svelte'),
  devices: () => import('../pages/devices/DevicesPage.svelte'),
  settings: () => import('../pages/settings/SettingsPage.svelte'),
};

/** The components of the pages: each is a file of its own, read when it is first needed or when there is time. */
class PageComponents {
  #loaded = $state.raw<Readonly<Partial<Record<PageName, Component>>>>({});

  /** Undefined until it is loaded. */
  get(page: PageName): Component | undefined {
    return this.#loaded[page];
  }

  /** @throws where the program's file cannot be read */
  async load(page: PageName): Promise<void> {
    if (this.#loaded[page]) return;
    const { default: component } = await loaders[page]();
    this.#loaded = { ...this.#loaded, [page]: component };
  }

  /** Loads all pages one after another while nothing else is to be done, so that going to one does not wait for it. */
  async loadWhenIdle(): Promise<void> {
    for (const page of pageNames) {
      if (this.#loaded[page]) continue;
      await idle();
      await this.load(page);
    }
  }
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });

export const pageComponents = new PageComponents();
