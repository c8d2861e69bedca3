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

it('notes a run that fails and continues with the next one', async () => {
  const over = ['--over', 'd_model=16,16384,32', '--json'];
  const ran = await place.hyena(...sweep(...over, '--set', 'n_layer=16'));
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('Failed: d_model 16384: Training needs about');
  expect(rowsOf(ran.stdout).map(({ status }) => status)).toEqual(['done', 'done', 'failed']);
  const refused = await place.hyena(...sweep('--over', 'd_model=2,16'));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('model.d_model')]);
});
