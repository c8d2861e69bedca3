import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLines, smallest, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.withPages();
});
afterAll(() => place.remove());

const sweep = (...parameters: string[]): string[] => [
  ...['sweep', 'small', '--data', 'pages', '--device', 'native', ...smallest, '--set', 'max_steps=10', ...parameters],
];
const rowsOf = (stdout: string) => jsonLines(stdout).filter(({ type }) => type === 'sweep');

it('trains every combination as a run, ranks them, and trains only what is missing the next time', async () => {
  const over = ['--over', 'lr=1e-4,1e-2', '--over', 'model.d_model=16,32'];
  const first = await place.hyena(...sweep(...over, '--json'));
  expect(first.code).toBe(0);
  const rows = rowsOf(first.stdout);
  const losses = rows.map(({ best }) => (best as { loss: number }).loss);
  expect(losses).toHaveLength(4);
  expect(losses).toEqual([...losses].sort((a, b) => a - b));
  expect(rows.map(({ run }) => run).sort()).toEqual(['small-1', 'small-2', 'small-3', 'small-4']);
  // Ten steps at a hundredth of the learning rate learn next to nothing.
  expect(rows[0]).toMatchObject({ status: 'done', settings: { 'training.learning_rate': 0.01 } });
  expect(first.stderr).toMatch(/Run 2 of 4: learning_rate 0.0001, d_model 32; sweep ends about \d{4}-/);
  const [run] = await place.json('runs', 'show', 'small-2');
  expect(run).toMatchObject({ configuration: { model: { d_model: 32 }, training: { learning_rate: 1e-4 } } });

  await place.hyena('runs', 'remove', 'small-3');
  const again = await place.hyena(...sweep(...over));
  expect(again.code).toBe(0);
  expect(again.stderr.match(/has been trained already/g)).toHaveLength(3);
  expect(again.stderr).toContain('Training small-5');
  expect(again.stdout).toContain('val loss');
});

it('trains the best of each rung further, and continues where it was', async () => {
  const rates = ['--over', 'lr=1e-5,1e-2,1e-3,1e-4', '--set', 'max_steps=16', '--set', 'eval_interval=100'];
  const halved = [...sweep(...rates, '--halving', '2', '--json')];
  halved[1] = 'halved';
  const ran = await place.hyena(...halved);
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('Rung 2 of 3, run 1 of 2: learning_rate 0.01')]);
  const reached = async () =>
    (await place.json('runs', 'list'))
      .filter(({ name }) => String(name).startsWith('halved-'))
      .map(({ name, step, status }) => `${String(name)} ${String(step)} ${String(status)}`)
      .sort();
  const expected = ['halved-1 4 stopped', 'halved-2 16 done', 'halved-3 8 stopped', 'halved-4 4 stopped'];
  expect(await reached()).toEqual(expected);
  const rows = rowsOf(ran.stdout);
  expect(rows.map(({ run }) => run).slice(0, 2)).toEqual(['halved-2', 'halved-3']);
  // Nothing is left to do.
  const again = await place.hyena(...halved);
  expect(again.code).toBe(0);
  expect(again.stderr).not.toContain('Training halved');
  expect(await reached()).toEqual(expected);
  const byTime = ['--set', 'max_steps=none', '--set', 'max_minutes=1'];
  const timed = await place.hyena(...sweep('--over', 'lr=1e-3,1e-2', '--halving', '2', ...byTime));
  expect([timed.code, timed.stderr]).toEqual([2, expect.stringContaining('needs a budget in steps')]);
});

it('notes a run that fails and continues with the next one', async () => {
  const over = ['--over', 'd_model=16,16384,32', '--json'];
  const ran = await place.hyena(...sweep(...over, '--set', 'n_layer=16'));
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('Failed: d_model 16384: Training needs about');
  expect(rowsOf(ran.stdout).map(({ status }) => status)).toEqual(['done', 'done', 'failed']);
  const refused = await place.hyena(...sweep('--over', 'd_model=2,16'));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('model.d_model')]);
});
