import { createContext } from 'svelte';
import { suggestReduction } from '../../main/contract/runtime-overrides.ts';
import type { ChatSummary } from '../../main/contract/chats.ts';
import type { RunConfiguration } from '../../main/contract/configuration.ts';
import type { DatasetRecord } from '../../main/contract/datasets.ts';
import type { DocumentRecord } from '../../main/contract/documents.ts';
import type { Preferences } from '../../main/contract/preferences.ts';
import type { RequestInput, RequestName, RequestResult } from '../../main/contract/requests.ts';
import { changeKinds, type Change } from '../../main/contract/changes.ts';
import type { Grant } from '../../main/contract/grants.ts';
import type { Activity, DevicesView, EstimateView, Information, Removal, RunView } from '../../main/contract/views.ts';
import { reportOf, type Client } from '../connection/client.ts';
import { Router } from '../frame/router.svelte.ts';
import { I18n } from '../i18n/i18n.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { defaultPreferences } from './default-preferences.ts';
import { keepLook, recalledLook } from './look.ts';
import { isBusy } from './phases.ts';
import { RunColours } from './run-colours.svelte.ts';

/** What the first page needs. */
const firstLists: readonly Change[] = ['preferences', 'datasets', 'runs'];
const idle: Activity = { active: null, queue: [], tasks: [], memory: { usedMiB: 0, totalMiB: 0 } };

/** Takes files that are dropped on the window. */
export interface FileReceiver {
  /** Says what will become of them. */
  readonly label: string;
  readonly take: (grants: readonly Grant[]) => unknown;
}

/** A run that will not fit into memory, while the person is asked whether to start it all the same. */
export interface Unfit {
  readonly estimate: EstimateView;
  readonly start: () => unknown;
  /** ChangeFeed a setting of a run that is not made yet. */
  readonly change?: (path: string, value: number | boolean) => void;
  /** Has a run that is made take less memory, and starts it. */
  readonly reduceMemory?: () => unknown;
}

/** What all pages share: the library as the host last told it, and what happens now. */
export class AppState {
  readonly client: Client;
  readonly router = new Router();
  readonly notices = new Notices();
  readonly i18n = new I18n();
  readonly colours: RunColours;
  /** Files that were chosen for a data set which is not made yet. */
  chosen = $state.raw<readonly Grant[]>([]);
  /** Files that were chosen to be read as documents, and are not imported yet. */
  toRead = $state.raw<readonly Grant[]>([]);
  /** What the page that is shown does with files that are dropped on the window; null: they become data. */
  receiver = $state.raw<FileReceiver | null>(null);
  /** What the person is asked before a run starts. */
  unfit = $state.raw<Unfit | null>(null);
  /** Whether the tour of the window is shown. */
  touring = $state(false);
  #connected = $state(false);
  #refused = $state(false);
  #information = $state.raw<Information | null>(null);
  #preferences = $state.raw<Preferences>(defaultPreferences);
  /** Changes of preferences that are not kept yet: what is read meanwhile may be older than what is shown. */
  #preferring = 0;
  #datasets = $state.raw<readonly DatasetRecord[] | null>(null);
  #runs = $state.raw<readonly RunView[] | null>(null);
  #chats = $state.raw<readonly ChatSummary[] | null>(null);
  #documents = $state.raw<readonly DocumentRecord[] | null>(null);
  #devices = $state.raw<DevicesView | null>(null);
  #activity = $state.raw<Activity>(idle);
  #ready = $state(false);
  /** Lists that are being read since the start of the window. */
  readonly #atStart = new Set<Change>();
  /** What was put away in this window, by the notice that told so; the newest last. */
  readonly #removals = new Map<number, Removal>();

  constructor(client: Client) {
    this.client = client;
    this.colours = new RunColours(client);
    client.onState = (connected) => (this.#connected = connected);
    client.onRefused = () => (this.#refused = true);
    client.join(
      'activity',
      () => ({}),
      (activity) => (this.#activity = activity),
    );
    client.join(
      'changes',
      () => ({}),
      (changes) => {
        // The stream begins with all kinds of lists, of which those that are being read already have not changed since.
        const isBeginning = changes.length === changeKinds.length;
        const others = isBeginning ? changes.filter((change) => !this.#atStart.has(change)) : changes;
        this.#atStart.clear();
        void Promise.all(others.map((change) => this.#read(change)));
      },
    );
  }

  get connected(): boolean {
    return this.#connected;
  }
  /** Whether the server was restarted, or the page opened without its token: it cannot connect. */
  get refused(): boolean {
    return this.#refused;
  }
  /** Whether enough is known to show a page. */
  get ready(): boolean {
    return this.#ready;
  }
  get information(): Information | null {
    return this.#information;
  }
  get preferences(): Preferences {
    return this.#preferences;
  }
  get datasets(): readonly DatasetRecord[] | null {
    return this.#datasets;
  }
  get runs(): readonly RunView[] | null {
    return this.#runs;
  }
  /** The one that changed last first. */
  get chats(): readonly ChatSummary[] | null {
    return this.#chats;
  }
  get documents(): readonly DocumentRecord[] | null {
    return this.#documents;
  }
  get devices(): DevicesView | null {
    return this.#devices;
  }
  get activity(): Activity {
    return this.#activity;
  }

  /** Takes dropped files as long as a page is shown; to be called where it begins, and what it returns where it ends. */
  receive(receiver: FileReceiver): () => void {
    this.receiver = receiver;
    return () => {
      if (this.receiver === receiver) this.receiver = null;
    };
  }

  /** The run that trains here: whichever of the list and of the activity knows it first. */
  get busyRun(): string | null {
    return this.#activity.active?.run ?? this.#runs?.find(isBusy)?.name ?? null;
  }

  run(name: string | null): RunView | null {
    return this.#runs?.find((run) => run.name === name) ?? null;
  }

  /** Takes the language and the theme that this browser showed last, until the host tells the preferences. */
  async recallLook(): Promise<void> {
    if (!this.#ready) await this.#apply({ ...this.#preferences, ...recalledLook() });
  }

  /** Reads what the first page needs. */
  async start(): Promise<void> {
    for (const change of firstLists) this.#atStart.add(change);
    const lists = firstLists.map((change) => this.#read(change));
    [this.#information] = await Promise.all([this.client.request('app.information', {}), ...lists]);
    this.#ready = true;
    // The status bar tells the device; looking for it must not delay what a person does first.
    setTimeout(() => void (this.#devices ?? this.findDevices(false)), 3000);
  }

  /** A request whose failure is told to the person; undefined then. */
  async ask<Name extends RequestName>(
    name: Name,
    params: RequestInput<Name>,
  ): Promise<RequestResult<Name> | undefined> {
    try {
      return await this.client.request(name, params);
    } catch (error) {
      this.notices.fail(reportOf(error));
      return undefined;
    }
  }

  /** Starts or resumes a run; where it will not fit into memory, only if the person wants it all the same. */
  async startRun({ name: run, configuration }: Pick<RunView, 'name' | 'configuration'>): Promise<void> {
    const reduceMemory = () => this.ask('runs.reduceMemory', { run });
    await this.startIfFits(
      configuration,
      () => this.ask('runs.start', { run }),
      suggestReduction(configuration.training) === null ? {} : { reduceMemory },
    );
  }

  /** Starts what fits into memory; asks the person first about what does not. */
  async startIfFits(
    configuration: RunConfiguration,
    start: () => unknown,
    ways: Pick<Unfit, 'change' | 'reduceMemory'> = {},
  ): Promise<void> {
    // An estimate that cannot be had keeps nobody from training.
    const estimate = await this.client.request('model.estimate', { configuration }).catch(() => null);
    if (estimate?.fit === 'too-big') this.unfit = { estimate, start, ...ways };
    else await start();
  }

  /** Changes preferences: they hold at once, and are as before where they cannot be kept. */
  async prefer(changes: RequestInput<'preferences.set'>): Promise<void> {
    const before = this.#preferences;
    this.#preferring++;
    try {
      await this.#apply({ ...before, ...changes } as Preferences);
      const kept = (await this.ask('preferences.set', changes)) ?? before;
      if (this.#preferring === 1) await this.#apply(kept);
    } finally {
      this.#preferring--;
    }
  }

  /** Chooses the folder of the library from the next start on, null for the system's; whether that was done. */
  async moveLibrary(folder: string | null): Promise<boolean> {
    const information = await this.ask('app.library', { folder });
    if (information) this.#information = information;
    return information !== undefined;
  }

  async findDevices(again: boolean): Promise<void> {
    this.#devices = (await this.ask('devices.list', { again })) ?? this.#devices;
  }

  /** Tells that something was put away, with the way back, and what follows from it. */
  removed(removal: Removal, consequence = ''): void {
    const { t } = this.i18n;
    const text = [t('removed', { name: removal.title }), consequence].filter((part) => part !== '').join(' ');
    const notice = this.notices.notify(text, 'plain', {
      label: t('undo'),
      run: () => void this.undo(notice),
    });
    this.#removals.set(notice, removal);
  }

  /** Brings back what was put away: the newest in this window, also when its notice has gone. */
  async undo(notice = [...this.#removals.keys()].at(-1)): Promise<void> {
    const removal = notice === undefined ? undefined : this.#removals.get(notice);
    if (notice === undefined || !removal) return;
    this.#removals.delete(notice);
    this.notices.dismiss(notice);
    const restored = await this.ask('trash.restore', { token: removal.token });
    if (restored) this.notices.notify(this.i18n.t('restored', { name: restored.name }));
  }

  async #apply(preferences: Preferences): Promise<void> {
    this.#preferences = preferences;
    keepLook(preferences);
    await this.i18n.choose(preferences.language, navigator.languages);
  }

  async #read(change: Change): Promise<void> {
    try {
      switch (change) {
        case 'datasets':
          this.#datasets = await this.client.request('datasets.list', {});
          return;
        case 'runs':
          this.#runs = await this.client.request('runs.list', {});
          return;
        case 'documents':
          this.#documents = (await this.client.request('documents.list', {})).documents;
          return;
        case 'chats':
          this.#chats = await this.client.request('chats.list', {});
          return;
        case 'preferences': {
          const preferences = await this.client.request('preferences.get', {});
          if (this.#preferring === 0) await this.#apply(preferences);
          return;
        }
        case 'devices':
          if (this.#devices) await this.findDevices(false);
          return;
      }
    } catch (error) {
      this.notices.fail(reportOf(error));
    }
  }
}

export const [useAppState, provideAppState] = createContext<AppState>();
