import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunMetrics } from '../../../../../main/contract/streams.ts';
import type { RunPhase } from '../../../../../main/contract/views.ts';
import { msg } from '../../../../../main/contract/message.ts';
import Notices from '../../../../../renderer/frame/Notices.svelte';
import StatusBar from '../../../../../renderer/frame/StatusBar.svelte';
import Queue from '../../../../../renderer/pages/training/Queue.svelte';
import RunHeader from '../../../../../renderer/pages/training/RunHeader.svelte';
import RunTexts from '../../../../../renderer/pages/training/RunTexts.svelte';
import SamplesOverTime from '../../../../../renderer/pages/training/SamplesOverTime.svelte';
import { spreadSamples } from '../../../../../renderer/pages/training/spread-samples.ts';
import { RunMetricsStore } from '../../../../../renderer/state/run-metrics.svelte.ts';
import { activeRun, FakeHost, idle, runView, show } from '../../fake-host.ts';

afterEach(() => vi.useRealTimers());
beforeAll(() => {
  // jsdom has dialogs, but opens none.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

const joined = (host: FakeHost) => waitFor(() => expect(host.joined.length).toBeGreaterThanOrEqual(2));
/** Those with words: help beside terms has none. */
const buttons = () =>
  screen
    .queryAllByRole('button')
    .map((one) => one.textContent.trim())
    .filter((text) => text !== '');

describe('the head of a run', () => {
  it.each<[RunPhase, string[]]>([
    ['training', ['Pause', 'Stop at next checkpoint', 'Stop']],
    ['starting', ['Pause', 'Stop at next checkpoint', 'Stop']],
    ['stopping', []],
    ['paused', ['Resume']],
    ['stopped', ['Resume']],
    ['interrupted', ['Resume']],
    ['failed', ['Resume']],
    ['queued', ['Remove from queue']],
    ['done', ['Export …']],
    ['elsewhere', []],
  ])('the head of a run that is %s offers what can be done with it', (phase, offered) => {
    show(new FakeHost(), RunHeader, { run: runView('heron', { phase }), store: null });
    expect(buttons()).toEqual(offered);
  });

  it('tells step, time left, loss and speed of the moment', async () => {
    const host = new FakeHost();
    show(host, RunHeader, { run: runView('heron', { phase: 'training', loss: null, best: null }), store: null });
    await joined(host);
    host.emit('activity', { ...idle, active: activeRun('heron') });
    await tick();
    const messages = screen
      .getAllByRole('definition')
      .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
    expect(messages[0]).toBe('500 / 500');
    expect(messages[1]).toBe('1 min 35 sec');
    expect(messages[5]).toBe('41K tokens/s');
    expect(screen.getByRole('progressbar', { name: 'Run progress' }).getAttribute('aria-valuenow')).toBe('20');
  });

  it('is what came of the run once it is done, with numbers that agree', async () => {
    const host = new FakeHost();
    const run = runView('heron', {
      seconds: 125,
      tokens: 5000,
      best: { step: 400, loss: 1.6 },
      fullValidationLoss: 1.65,
    });
    const store = new RunMetricsStore(host.client, 'heron');
    show(host, RunHeader, { run, store });
    await waitFor(() => expect(host.joined.map(({ stream }) => stream)).toContain('runs.metrics'));
    const found = {
      type: 'evaluation',
      step: 480,
      loss: 1.5,
      perplexity: 4.4817,
      bitsPerByte: 2.164,
      tokens: 9,
      best: true,
    };
    host.emit('runs.metrics', {
      ...{ reset: true, secondsLeft: null, cursor: '1:1', caughtUp: true },
      columns: {
        ...{ step: [480], loss: [1.4], learningRate: [0], gradientNorm: [1], tokensPerSecond: [40], tokens: [5000] },
        ...{ milliseconds: [10], memoryMiB: [640] },
      },
      events: [{ after: 1, event: found as Extract<RunMetrics['events'][number]['event'], { type: 'evaluation' }> }],
    });
    const result = await screen.findByRole('region', { name: 'Result' });
    const facts = () =>
      Object.fromEntries(
        [...result.querySelectorAll('dl > div')].map((one) => [
          one.querySelector('dt')!.textContent.trim(),
          one.querySelector('dd')!.textContent.replaceAll(/\s+/g, ' ').trim(),
        ]),
      );
    await waitFor(() => expect(facts()['Best validation loss']).toBe('1.500 Step 480'));
    expect(facts()).toMatchObject({
      ...{ Duration: '2 min 5 sec 5K tokens', Perplexity: '4.48', 'Bits per byte': '2.164' },
      ...{ 'Full validation loss': '1.650', 'Mean speed': '40 tokens/s', 'Peak memory': '640 MiB' },
    });
    expect(result.textContent).toContain('Finished: the budget is used up');
    expect(screen.getByRole('link', { name: 'Open in Chat' }).getAttribute('href')).toContain('model=heron');
    await fireEvent.click(screen.getByRole('button', { name: 'Export …' }));
    await screen.findByRole('dialog');
    store.close();
  });

  it('asks for what its buttons say', async () => {
    const host = new FakeHost();
    show(host, RunHeader, { run: runView('heron', { phase: 'training' }), store: null });
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Stop at next checkpoint' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() =>
      expect(host.requests).toEqual([
        { name: 'runs.pause', params: { run: 'heron' } },
        { name: 'runs.stop', params: { run: 'heron', when: 'checkpoint' } },
        { name: 'runs.stop', params: { run: 'heron', when: 'now' } },
      ]),
    );
  });
});

describe('the queue', () => {
  it('is ordered and shortened', async () => {
    const host = new FakeHost();
    show(host, Queue, {});
    await joined(host);
    host.emit('activity', { ...idle, queue: ['a', 'b', 'c'] });
    await tick();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move a up' }).disabled).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Move b up' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Move b down' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Remove c from the queue' }));
    await waitFor(() =>
      expect(host.of('queue.order')).toEqual([
        { runs: ['b', 'a', 'c'] },
        { runs: ['a', 'c', 'b'] },
        { runs: ['a', 'b'] },
      ]),
    );
  });
});

describe('the status bar', () => {
  it('speaks at a sane rate: at once when a run begins or ends, else twice a minute', async () => {
    const host = new FakeHost();
    const { container } = show(host, StatusBar, { onhelp: vi.fn() });
    await joined(host);
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
    const spoken = () => container.querySelector('[aria-live]')?.textContent;
    const at = async (seconds: number, fraction: number | null) => {
      vi.setSystemTime(1_000_000 + seconds * 1000);
      host.emit('activity', { ...idle, active: fraction === null ? null : activeRun('heron', { fraction }) });
      await tick();
      return spoken();
    };
    expect(await at(60, 0.1)).toBe('heron: 10% done. 1 min 35 sec left');
    expect(await at(61, 0.11)).toContain('10%');
    expect(await at(89, 0.3)).toContain('10%');
    expect(await at(91, 0.31)).toContain('31%');
    expect(await at(92, null)).toBe('Idle');
  });

  it('says that the connection is lost', async () => {
    const host = new FakeHost();
    show(host, StatusBar, { onhelp: vi.fn() });
    await joined(host);
    host.lose();
    await tick();
    expect(screen.getByText('Connection lost. Reconnecting …')).toBeTruthy();
  });
});

const metrics = (changes: Partial<RunMetrics>): RunMetrics => ({
  ...{ reset: false, events: [], secondsLeft: null, cursor: '0:0', caughtUp: true },
  columns: {
    ...{ step: [], loss: [], learningRate: [], gradientNorm: [], tokensPerSecond: [], tokens: [] },
    ...{ milliseconds: [], memoryMiB: [] },
  },
  ...changes,
});
const sample = (step: number) => ({
  after: 0,
  event: { type: 'sample' as const, step, prompt: 'The whale', text: ` at ${step}` },
});

describe('texts of a run', () => {
  const follow = () => {
    const host = new FakeHost();
    const store = new RunMetricsStore(host.client, 'heron');
    return { host, store };
  };

  it('show the newest sample, and the log of what happened', async () => {
    const { host, store } = follow();
    show(host, RunTexts, { store });
    expect(screen.getByText('Text that the model generates during training appears here.')).toBeTruthy();
    const checkpoint = { after: 0, event: { type: 'checkpoint' as const, step: 50, path: '/c', best: true } };
    store.take(metrics({ events: [sample(40), sample(80), checkpoint] }));
    await screen.findByText('at 80', { exact: false });
    expect(screen.queryByText('at 40', { exact: false })).toBe(null);
    await fireEvent.click(screen.getByRole('button', { name: 'Log' }));
    expect(screen.getByRole('listitem').textContent).toContain('Checkpoint saved (best so far)');
  });

  it('stand side by side over time, the first and the last among them', async () => {
    const { host, store } = follow();
    show(host, SamplesOverTime, { store });
    store.take(metrics({ events: Array.from({ length: 20 }, (_, index) => sample(index * 10)) }));
    const shown = await screen.findAllByRole('article');
    expect(shown).toHaveLength(6);
    expect(shown[0].textContent).toContain('at 0');
    expect(shown[5].textContent).toContain('at 190');
  });

  it('count a step that was trained anew once, as it is now', () => {
    const twice = [
      { type: 'sample' as const, step: 40, prompt: '', text: 'old' },
      { type: 'sample' as const, step: 40, prompt: '', text: 'new' },
    ];
    expect(spreadSamples(twice, 6).map(({ text }) => text)).toEqual(['new']);
  });
});

describe('the store of a run', () => {
  it('joins again where it stood when the connection was lost, and begins anew where the host says so', async () => {
    const host = new FakeHost();
    const store = new RunMetricsStore(host.client, 'heron');
    await waitFor(() => expect(host.joined).toHaveLength(1));
    expect(host.joined[0].params).toEqual({ run: 'heron', cursor: null });
    const columns = { ...metrics({}).columns, step: [1, 2], loss: [3, 2], milliseconds: [500, 1500] };
    host.emit('runs.metrics', metrics({ columns: fill(columns), cursor: '5:99' }));
    await waitFor(() => expect(store.version).toBe(1));
    expect([...store.seconds.values]).toEqual([0.5, 2]);
    expect(store.perplexity.last).toBeCloseTo(Math.exp(2));
    host.lose();
    await waitFor(() => expect(host.joined).toHaveLength(1), { timeout: 3000 });
    expect(host.joined[0].params).toEqual({ run: 'heron', cursor: '5:99' });
    host.emit('runs.metrics', metrics({ reset: true, columns: fill({ ...columns, loss: [9, 8] }) }));
    await waitFor(() => expect(store.version).toBe(2));
    expect(store.columns.step.length).toBe(2);
    expect(store.columns.loss.last).toBe(8);
    expect(store.generation).toBe(1);
  });
});

function fill(columns: RunMetrics['columns']): RunMetrics['columns'] {
  const { length } = columns.step;
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values.length === length ? values : Array.from({ length }, () => 1),
    ]),
  ) as RunMetrics['columns'];
}

describe('notices', () => {
  it('tell errors with what was kept and what to do, until they are put away', async () => {
    const { app } = show(new FakeHost(), Notices, {});
    app.notices.fail({ code: 'locked', message: msg`It is in use.`, kept: msg`Nothing changed.`, hint: msg`Stop it.` });
    app.notices.fail({ code: 'locked', message: msg`It is in use.`, kept: msg`Nothing changed.`, hint: msg`Stop it.` });
    await tick();
    expect(screen.getByRole('status').textContent).toMatch(/It is in use\..*Nothing changed\..*Stop it\./s);
    expect(app.notices.all).toHaveLength(1);
    await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(app.notices.all).toHaveLength(0);
  });

  it('tell in every language of what kind an error is, and mark what stays English', async () => {
    const { app } = show(new FakeHost(), Notices, {});
    await app.i18n.choose('it', []);
    app.notices.fail({ code: 'disk-full', message: msg`No space is left.` });
    await tick();
    expect(screen.getByText('Il disco è pieno.').closest('[lang]')?.getAttribute('lang')).not.toBe('en');
    expect(screen.getByText('No space is left.').closest('[lang]')?.getAttribute('lang')).toBe('en');
  });
});
