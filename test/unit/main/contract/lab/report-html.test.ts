import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../../../../main/contract/lab/experiment-export.ts';
import { reportHtml } from '../../../../../main/contract/lab/report-html.ts';
import { reportSchema, type Report } from '../../../../../main/contract/lab/reports.ts';
import { svgChart } from '../../../../../main/contract/lab/svg-chart.ts';

const run = (name: string, rate: string) => ({
  ...{ name, status: 'done', device: 'native', parameters: 1000, step: 20, tokens: 640, seconds: 3 },
  ...{ loss: 2, validationLoss: 2.1, fullValidationLoss: 2.2, best: { step: 20, loss: 2.1 }, answers: null },
  ...{ created: '2026-01-01T00:00:00.000Z', dataset: 'a <book>', seed: 3, tokensPerSecond: 213 },
  configuration: { 'model.d_model': '16', 'training.learning_rate': rate },
  training: [
    [10, 4],
    [20, 2],
  ],
  validation: [[20, 2.1]],
});
const report = (more: Partial<Report> = {}): Report => ({
  ...reportSchema.parse({
    ...{ title: 'first & second', created: '2026-01-01T00:00:00.000Z', experiment: null },
    program: { version: '1.2.3', platform: 'linux x64', processor: 'A CPU' },
    runs: [run('first', '0.1'), run('second', '0.2')],
    differences: [{ key: 'training.learning_rate', values: ['0.1', '0.2'] }],
  }),
  ...more,
});
const html = (given: Report) => reportHtml(given, { locale: 'en', word: (word) => `[${word}]` });

describe('a report', () => {
  it('has configuration, device, seed and versions, and nothing that is loaded or run', () => {
    const text = html(report());
    for (const part of [
      '1.2.3',
      'A CPU',
      'native',
      'model.d_model',
      '<td>0.2</td>',
      'first &amp; second',
      'a &lt;book&gt;',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/<script|<link|src=|url\(|@import|https?:/);
    // Shared settings once, those that differ in a table with a column for each run.
    expect(text.match(/model\.d_model/g)).toHaveLength(1);
    expect(text.match(/<polyline/g)).toHaveLength(2);
    expect(text.match(/<circle/g)).toHaveLength(2);
  });

  it('draws an experiment by steps, FLOPs and seconds, with bands over seeds', () => {
    const trial = (seed: number, value: number) => ({
      ...{ seed, run: `r-${seed}`, status: 'done', step: 20, totalSteps: 20, seconds: 4, value, parameters: 10 },
      device: 'native',
      curve: [10, 20].map((step) => ({ step, value: value + 10 / step, tokens: 32 * step, seconds: step / 5 })),
    });
    const contestant = {
      title: 'hyena',
      values: [],
      flopsPerToken: 50,
      isAlive: true,
      trials: [trial(0, 2), trial(1, 3)],
    };
    const text = html(
      report({
        experiment: {
          ...{
            name: 'mixers',
            kind: 'race',
            created: '2026-01-01T00:00:00Z',
            measure: 'loss',
            keys: [],
            halving: null,
          },
          ...{
            version: '1.2.3',
            dataset: 'book',
            contestants: [contestant],
            rung: 0,
            rungs: [],
            pending: 0,
            secondsLeft: 0,
          },
        },
      }),
    );
    expect(text.match(/<polygon/g)).toHaveLength(3);
    expect(text).toContain('0.7071');
  });

  it('as CSV has a line for each loss', () => {
    expect(reportCsv(report()).split('\r\n').slice(0, 3)).toEqual([
      'run,dataset,seed,version,device,parameters,split,step,loss',
      'first,a <book>,3,1.2.3,native,1000,training,10,4',
      'first,a <book>,3,1.2.3,native,1000,training,20,2',
    ]);
  });
});

it('a chart of one value, or of none, is a chart all the same', () => {
  const chart = (points: { x: number; y: number }[]) =>
    svgChart({ ...{ title: '"t"', xTitle: 'x', yTitle: 'y', text: String }, lines: [{ name: 'a', style: 0, points }] });
  for (const svg of [chart([]), chart([{ x: 1, y: 2 }]), chart([{ x: 1, y: NaN }])]) {
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('aria-label="&quot;t&quot;"');
  }
});
