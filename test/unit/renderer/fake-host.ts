import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { runConfigurationSchema } from '../../../main/contract/configuration.ts';
import { readingStyleSchema, type Preferences } from '../../../main/contract/preferences.ts';
import type { RequestInput, RequestName, RequestResult } from '../../../main/contract/requests.ts';
import type { StreamEvent, StreamName } from '../../../main/contract/streams.ts';
import type { ActiveRun, Information, RunView } from '../../../main/contract/views.ts';
import type { FromHost, ToHost } from '../../../main/contract/wire.ts';
import { Client } from '../../../renderer/connection/client.ts';
import type { TransportEvents } from '../../../renderer/connection/transport.ts';
import { AppState } from '../../../renderer/state/app-state.svelte.ts';
import { checkMessage } from '../../window/checked-host.ts';
import Within from './Within.svelte';

type Answers = { [Name in RequestName]?: (params: RequestInput<Name>) => RequestResult<Name> | ErrorReport };

const isFailure = (answer: unknown): answer is ErrorReport =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer;

/** A host that answers as a test says, and notes what it was asked. */
export class FakeHost {
  readonly requests: { name: string; params: unknown }[] = [];
  /** Numbers of the last requests, by name. */
  readonly #numbers = new Map<string, number>();
  /** What every number of the window asked for or joined. */
  readonly #names = new Map<number, string>();
  readonly joined: { id: number; stream: string; params: unknown }[] = [];
  readonly client: Client;
  answers: Answers;
  #events: TransportEvents | null = null;

  constructor(answers: Answers = {}) {
    this.answers = answers;
    this.client = new Client((events) => {
      this.#events = events;
      queueMicrotask(() => events.opened());
      return { send: (message) => this.#take(message), close: () => undefined };
    });
  }

  /** What was asked under a name. */
  of = (name: RequestName): unknown[] => this.requests.filter((one) => one.name === name).map(({ params }) => params);

  /** Number of the last request of a name, for an answer that comes later. */
  lastId = (name: RequestName): number => this.#numbers.get(name) ?? -1;

  emit<Name extends StreamName>(stream: Name, event: StreamEvent<Name>): void {
    for (const { id, stream: joined } of this.joined) if (joined === stream) this.receive({ type: 'event', id, event });
  }

  receive(message: FromHost): void {
    const name = this.#names.get(message.type === 'rejected' ? -1 : message.id);
    // As it travels: every message is objects of its own.
    this.#events?.received(structuredClone(checkMessage(message, name)));
  }

  lose(): void {
    this.joined.length = 0;
    this.#events?.closed();
  }

  #take(message: ToHost): void {
    if (message.type === 'join') {
      this.joined.push(message);
      this.#names.set(message.id, message.stream);
    }
    if (message.type !== 'request') return;
    const { id, name, params } = message;
    this.requests.push({ name, params });
    this.#numbers.set(name, id);
    this.#names.set(id, name);
    const answer = (this.answers[name as RequestName] as ((given: unknown) => unknown) | undefined)?.(params);
    if (answer === undefined) return;
    queueMicrotask(() =>
      this.receive(isFailure(answer) ? { type: 'failure', id, error: answer } : { type: 'reply', id, result: answer }),
    );
  }
}

/** Draws a part of the window over a host. */
export function show<Props extends Record<string, unknown>>(host: FakeHost, part: Component<Props>, props: Props) {
  const app = new AppState(host.client);
  const drawn = render(Within, { app, part: part as never, given: props });
  return { ...drawn, app };
}

export const information: Information = {
  ...{ version: '1', platform: 'x', shell: 'server', cores: 2, memoryMiB: 1, sampleBook: null },
  ...{ library: '/books', nextLibrary: '/books', systemLibrary: '/system' },
};

export const preferences: Preferences = {
  theme: 'light',
  language: 'en',
  threads: null,
  memory_limit_mib: null,
  ...{ hub: null, python: null, reading: readingStyleSchema.parse({}) },
  ...{ prompts: [], sampling_presets: [] },
  welcomed: true,
};

export const runView = (name: string, changes: Partial<RunView> = {}): RunView => ({
  format: 1,
  weights: 'fp32',
  origin: null,
  name,
  created: '2026-01-01T00:00:00.000Z',
  updated: '2026-01-01T00:00:00.000Z',
  configuration: runConfigurationSchema.parse({ dataset: 'book', training: { max_steps: 500 } }),
  status: 'done',
  owner: null,
  dataset: null,
  kind: 'text',
  summaries: false,
  writesSummaries: null,
  device: 'native',
  deviceReason: null,
  parameters: 330_000,
  step: 500,
  totalSteps: 500,
  tokens: 2_000_000,
  seconds: 100,
  loss: 1.5,
  validationLoss: 1.6,
  fullValidationLoss: null,
  best: { step: 480, loss: 1.6 },
  ...{ answers: null, lab: null },
  reason: 'budget',
  error: null,
  path: `/library/runs/${name}`,
  checkpoints: [500],
  annotations: { tags: [], notes: '' },
  phase: 'done',
  queuePosition: null,
  ...changes,
});

export const activeRun = (run: string, changes: Partial<ActiveRun> = {}): ActiveRun => ({
  run,
  phase: 'training',
  device: 'native',
  step: 100,
  totalSteps: 500,
  fraction: 0.2,
  secondsLeft: 95,
  loss: 2.5,
  validationLoss: null,
  tokensPerSecond: 41_000,
  memoryMiB: 300,
  stopAfterCheckpoint: false,
  ...changes,
});

export const idle = { active: null, queue: [], tasks: [], memory: { usedMiB: 1000, totalMiB: 8000 } };
