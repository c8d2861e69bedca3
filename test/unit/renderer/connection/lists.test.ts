import { describe, expect, it, vi } from 'vitest';
import { changeKinds } from '../../../../main/contract/changes.ts';
import { preferencesSchema } from '../../../../main/contract/preferences.ts';
import { AppState } from '../../../../renderer/state/app-state.svelte.ts';
import { defaultPreferences } from '../../../../renderer/state/default-preferences.ts';
import { FakeHost, information, preferences, runView } from '../fake-host.ts';

const names = Array.from({ length: 60 }, (_, index) => `run-${index}`);

describe('a long list that is asked for again', () => {
  it('has the same objects for what has not changed, in whatever order, and others for what has', async () => {
    let runs = names.map((name) => runView(name));
    const host = new FakeHost({ 'runs.list': () => structuredClone(runs) });
    const first = await host.client.request('runs.list', {});
    expect(first.map(({ name }) => name)).toEqual(names);
    runs = [runView('new'), ...runs.slice(1), runView('run-0', { step: 501 })];
    const second = await host.client.request('runs.list', {});
    expect(second).toHaveLength(61);
    expect(second.slice(1, 60)).toEqual(first.slice(1));
    expect(second.slice(1, 60).every((run, index) => run === first[index + 1])).toBe(true);
    expect(second[60]).toMatchObject({ name: 'run-0', step: 501 });
  });
});

describe('a window that is opened', () => {
  it('asks for each list once, and again for what changes and after the connection was lost', async () => {
    const host = new FakeHost({
      'app.information': () => information,
      'preferences.get': () => preferences,
      'datasets.list': () => [],
      'runs.list': () => [runView('one')],
      'chats.list': () => [],
      'documents.list': () => ({ documents: [], damaged: [] }),
    });
    const app = new AppState(host.client);
    const started = app.start();
    await vi.waitFor(() => expect(host.joined.some(({ stream }) => stream === 'changes')).toBe(true));
    host.emit('changes', [...changeKinds]);
    await started;
    await vi.waitFor(() => expect(app.chats).toEqual([]));
    const lists = ['preferences.get', 'datasets.list', 'runs.list', 'chats.list', 'documents.list'] as const;
    const asked = () => lists.map((name) => host.of(name).length);
    expect(asked()).toEqual([1, 1, 1, 1, 1]);
    host.emit('changes', ['runs']);
    expect(asked()).toEqual([1, 1, 2, 1, 1]);
    host.emit('changes', [...changeKinds]);
    expect(asked()).toEqual([2, 2, 3, 2, 2]);
  });
});

it('begins with the preferences that are the defaults', () => {
  expect(defaultPreferences).toEqual(preferencesSchema.parse({}));
});
