import { describe, expect, it, vi } from 'vitest';
import { msg } from '../../../../main/contract/message.ts';
import { AppState } from '../../../../renderer/state/app-state.svelte.ts';
import { FakeHost, preferences } from '../fake-host.ts';

const sized = (size: number) => ({ ...preferences, reading: { ...preferences.reading, size } });

describe('preferences', () => {
  it('stay as they were changed last, whenever the answers to earlier changes come', async () => {
    const host = new FakeHost();
    const app = new AppState(host.client);
    for (const size of [18, 19]) {
      void app.prefer(sized(size));
      expect(app.preferences.reading.size).toBe(size);
    }
    await vi.waitFor(() => expect(host.of('preferences.set')).toHaveLength(2));
    const last = host.lastId('preferences.set');
    host.receive({ type: 'reply', id: last - 1, result: sized(18) });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(app.preferences.reading.size).toBe(19);
    host.receive({ type: 'reply', id: last, result: sized(20) });
    await vi.waitFor(() => expect(app.preferences.reading.size).toBe(20));
  });

  it('are as before where they cannot be kept', async () => {
    const host = new FakeHost({ 'preferences.set': () => ({ code: 'internal', message: msg`The disk is full.` }) });
    const app = new AppState(host.client);
    const before = app.preferences.reading.size;
    const changed = app.prefer(sized(before + 1));
    expect(app.preferences.reading.size).toBe(before + 1);
    await changed;
    expect(app.preferences.reading.size).toBe(before);
  });
});
