import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionOf } from '../../../../../main/contract/logic/progress.ts';
import { assignColours, paletteSize } from '../../../../../main/contract/logic/run-colours.ts';
import type { RunMetrics } from '../../../../../main/contract/streams.ts';
import { msg } from '../../../../../main/contract/message.ts';
import { seriesStyle } from '../../../../../renderer/charts/palette.ts';
import { bestOfData, sortRuns } from '../../../../../renderer/pages/runs/run-table.ts';
import { endOf } from '../../../../../renderer/pages/training/spread-samples.ts';
import { rowsInView, scrolledTo } from '../../../../../renderer/parts/virtual-rows.ts';
import { bestOf } from '../../../../../renderer/state/best.ts';
import { ComparedRuns, mostCurves } from '../../../../../renderer/state/compared-runs.svelte.ts';
import { RunColours } from '../../../../../renderer/state/run-colours.svelte.ts';
import { FakeHost, runView } from '../../fake-host.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the colour of a run', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `run-${index}`);

  it('is another one for each of those shown together, as far as there are colours, and then another dash', () => {
    expect(seriesStyle(paletteSize, false).colour).toBe(seriesStyle(0, false).colour);
    const few = [...assignColours(names(paletteSize), new Map()).values()].map((one) => seriesStyle(one, false).colour);
    expect(new Set(few).size).toBe(paletteSize);
    const many = [...assignColours(names(40), new Map()).values()].map((one) =>
      JSON.stringify(seriesStyle(one, false)),
    );
    expect(new Set(many).size).toBe(40);
  });

  it('stays with it whatever else is shown, and none is given twice', () => {
    const run = fc.constantFrom(...names(30));
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(run, { maxLength: 9 }), { maxLength: 12 }), (views) => {
        const kept = new Map<string, number>();
        for (const shown of views) {
          const assigned = assignColours(shown, kept);
          expect([...assigned.keys()]).toEqual(shown);
          for (const [name, number] of assigned) {
            expect(kept.get(name) ?? number).toBe(number);
            kept.set(name, number);
          }
        }
        expect(new Set(kept.values()).size).toBe(kept.size);
      }),
    );
  });

  it('is told by the host, and given by the window where the host cannot', async () => {
    const host = new FakeHost({ 'runs.colours': () => ({ a: 3, b: 5 }) });
    const colours = new RunColours(host.client);
    await colours.give([runView('a'), runView('b')]);
    expect([colours.of(runView('a')), colours.of(runView('b'))]).toEqual([3, 5]);
    const refusing = new FakeHost({ 'runs.colours': () => ({ code: 'disk-full', message: msg`Full.` }) });
    const own = new RunColours(refusing.client);
    await own.give([runView('a'), runView('b', { annotations: { tags: [], notes: '', colour: 0 } })]);
    expect(own.of(runView('a'))).toBe(1);
  });
});

describe('the best of a run', () => {
  it('is the lowest of its record and of what was evaluated since', () => {
    const evaluation = (step: number, loss: number) => ({ step, loss });
    expect(bestOf({ step: 40, loss: 3.962 }, [evaluation(50, 3.925)])).toEqual({ step: 50, loss: 3.925 });
    expect(bestOf({ step: 40, loss: 3.9 }, [evaluation(50, 4.2)])).toEqual({ step: 40, loss: 3.9 });
    expect(bestOf(null, [evaluation(10, Number.NaN), evaluation(20, 5), evaluation(30, Infinity)])?.loss).toBe(5);
    expect(bestOf(null, [])).toBeNull();
  });

  it('is compared with others on the same data alone', () => {
    const on = (name: string, dataset: string, loss: number) =>
      runView(name, { best: { step: 1, loss }, dataset: { name: dataset, identity: `sha-${dataset}` } });
    const lowest = bestOfData([on('a', 'books', 3.2), on('b', 'books', 3.4), on('c', 'chats', 1.1)]);
    expect(lowest).toEqual(
      new Map([
        ['sha-books', 3.2],
        ['sha-chats', 1.1],
      ]),
    );
  });

  it('sorts runs by name as people count', () => {
    const runs = ['run-10', 'run-9', 'Run-1'].map((name) => runView(name));
    expect(sortRuns(runs, { key: 'name', ascending: true }).map(({ name }) => name)).toEqual([
      ...['Run-1', 'run-9', 'run-10'],
    ]);
  });
});

describe('how far a run has come', () => {
  const base = runView('a', { status: 'stopped', step: 50, totalSteps: 200, seconds: 30 });
  const withTraining = (changes: object) => ({
    ...base,
    configuration: { ...base.configuration, training: { ...base.configuration.training, ...changes } },
  });

  it('is kept when it pauses, whichever budget ends it', () => {
    expect(fractionOf(base)).toBe(0.25);
    expect(fractionOf({ ...withTraining({ max_steps: null, max_minutes: 1 }), totalSteps: null })).toBe(0.5);
    expect(fractionOf(withTraining({ max_minutes: 1 }))).toBe(0.5);
    expect(fractionOf({ ...withTraining({ max_steps: null }), totalSteps: null })).toBeNull();
    expect(fractionOf({ ...base, status: 'done' })).toBe(1);
    expect(fractionOf({ ...base, step: 400 })).toBe(1);
  });
});

describe('rows of a long list', () => {
  const view = { count: 1800, rowHeight: 36, scrollTop: 0, height: 360, beyond: 5, keep: null };

  it('are those in view, and the one with the focus', () => {
    expect(rowsInView(view)).toEqual([{ from: 0, to: 15 }]);
    expect(rowsInView({ ...view, scrollTop: 36 * 1000 })).toEqual([{ from: 995, to: 1015 }]);
    expect(rowsInView({ ...view, scrollTop: 36 * 1000, keep: 3 })).toEqual([
      { from: 3, to: 4 },
      { from: 995, to: 1015 },
    ]);
    expect(rowsInView({ ...view, keep: 1799 })[1]).toEqual({ from: 1799, to: 1800 });
    expect(rowsInView({ ...view, keep: 1 })).toHaveLength(1);
    expect(rowsInView({ ...view, count: 0 })).toEqual([]);
  });

  it('are there also when the list became shorter than it is scrolled', () => {
    expect(rowsInView({ ...view, count: 3, scrollTop: 50_000 })).toEqual([{ from: 0, to: 3 }]);
  });

  it('come into view with as little scrolling as needed', () => {
    expect(scrolledTo(0, { ...view, scrollTop: 500 })).toBe(0);
    expect(scrolledTo(10, view)).toBe(36);
    expect(scrolledTo(5, view)).toBe(0);
  });
});

describe('the end of a prompt', () => {
  it('begins with a whole word, where one is near, and with a whole character', () => {
    expect(endOf('but shattered pole', 60)).toBe('but shattered pole');
    expect(endOf('all that remained was but shattered pole', 17)).toBe('… shattered pole');
    expect(endOf(`${'鯨'.repeat(100)}`, 10)).toBe(`… ${'鯨'.repeat(10)}`);
    expect(endOf(`a${'🐋'.repeat(50)}`, 9)).toBe(`… ${'🐋'.repeat(4)}`);
  });
});

describe('metrics of many runs', () => {
  const metrics = (changes: Partial<RunMetrics> = {}): RunMetrics => ({
    ...{ reset: true, events: [], secondsLeft: null, cursor: '0:0', caughtUp: true },
    columns: {
      ...{ step: [1], loss: [2], learningRate: [1], gradientNorm: [1] },
      ...{ tokensPerSecond: [1], tokens: [1], milliseconds: [1], memoryMiB: [1] },
    },
    ...changes,
  });
  /** A host that ends each stream's history at once, and counts how many are joined at a time. */
  async function compare(count: number, broken: (run: string) => boolean = () => false) {
    const host = new FakeHost();
    const open = new Set<number>();
    let most = 0;
    const take = host.joined.push.bind(host.joined);
    host.joined.push = (message) => {
      open.add(message.id);
      most = Math.max(most, open.size);
      const { run } = message.params as { run: string };
      setTimeout(() => {
        // The next is joined while this one is answered.
        open.delete(message.id);
        const error = { code: 'not-found' as const, message: msg`Gone.` };
        if (broken(run)) host.receive({ type: 'failure', id: message.id, error });
        else host.receive({ type: 'event', id: message.id, event: metrics() });
      });
      return take(message);
    };
    await settled();
    const compared = new ComparedRuns(host.client);
    compared.show(Array.from({ length: count }, (_, index) => runView(`run-${index}`)));
    for (let waited = 0; waited < 200 && open.size > 0; waited++) await settled();
    return { compared, host, most };
  }

  it('all arrive, in turns of fewer streams than a window may join', async () => {
    const { compared, host, most } = await compare(120);
    expect(compared.arrived).toBe(120);
    expect(compared.get('run-119')?.columns.loss.last).toBe(2);
    expect(most).toBeLessThanOrEqual(24);
    expect(host.joined).toHaveLength(120);
  });

  it('are as many as are shown, and those that cannot be read are not tried for ever', async () => {
    const { compared } = await compare(mostCurves + 30);
    expect(compared.arrived).toBe(mostCurves);
    const { compared: some, host } = await compare(40, (run) => run.endsWith('3'));
    expect(some.arrived).toBe(36);
    expect(host.joined).toHaveLength(40);
  });
});
