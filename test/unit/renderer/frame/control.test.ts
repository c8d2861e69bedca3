import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import StatusBar from '../../../../renderer/frame/StatusBar.svelte';
import { heldCommand, KeySequence, type PressedKey } from '../../../../renderer/frame/shortcuts.ts';
import { parseRoute } from '../../../../renderer/frame/routes.ts';
import RunHeader from '../../../../renderer/pages/training/RunHeader.svelte';
import { activeRun, FakeHost, idle, runView, show } from '../fake-host.ts';

afterEach(() => vi.useRealTimers());

describe('keys that stop and pause', () => {
  const held = (changes: Partial<PressedKey>) =>
    heldCommand({
      ...{ key: '.', code: 'Period', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
      ...changes,
    });

  it('are held down together with Ctrl or Command', () => {
    expect([held({ ctrlKey: true }), held({ metaKey: true })]).toEqual(['pause', 'pause']);
    expect(held({ ctrlKey: true, shiftKey: true, key: ':' })).toBe('stop');
    expect(held({ ctrlKey: true, altKey: true })).toBeNull();
    expect(held({})).toBeNull();
  });

  it('are no letters', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      const command = new KeySequence().press(letter, 0);
      expect([letter, command === 'stop' || command === 'pause']).toEqual([letter, false]);
    }
  });
});

describe('a run that does not stop', () => {
  it('can be ended after five seconds, and not before', async () => {
    vi.useFakeTimers();
    const host = new FakeHost();
    const run = runView('slow', { phase: 'stopping', status: 'running', best: null, checkpoints: [] });
    show(host, RunHeader, { run, store: null });
    await vi.advanceTimersByTimeAsync(4900);
    expect(screen.queryByRole('button', { name: 'End now' })).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    await fireEvent.click(screen.getByRole('button', { name: 'End now' }));
    await vi.advanceTimersByTimeAsync(10);
    expect(host.of('runs.stop')).toEqual([{ run: 'slow', when: 'end-now' }]);
  });

  it('says what it prepares, and how far that is', async () => {
    const host = new FakeHost();
    const run = runView('slow', { phase: 'starting', status: 'running', best: null, checkpoints: [] });
    show(host, RunHeader, { run, store: null });
    await tick();
    const active = activeRun('slow', { phase: 'starting', starting: { stage: 'weights', done: 0.12 } });
    host.emit('activity', { ...idle, active });
    await screen.findByText(/Creating the weights\s+12%/);
  });
});

describe('the status bar', () => {
  it('speaks the language of the window, also where nothing trains', async () => {
    const { app, container } = show(new FakeHost(), StatusBar, { onhelp: () => undefined });
    await tick();
    const spoken = () => container.querySelector('[aria-live]')?.textContent;
    expect(spoken()).toBe('Idle');
    await app.i18n.choose('de', []);
    await tick();
    expect(spoken()).not.toBe('Idle');
    expect(spoken()).toBe(app.i18n.t('status.idle'));
  });
});

describe('addresses', () => {
  it('addresses that no page has are kept, to be told', () => {
    expect(parseRoute('#/nowhere/x', 'data')).toMatchObject({ page: 'data', unknown: '#/nowhere/x' });
    expect(parseRoute('', 'data')).toEqual({ page: 'data', subject: null, query: {}, landing: true });
    expect(parseRoute('#/data', 'data')).toEqual({ page: 'data', subject: null, query: {} });
  });
});
