import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
  await mkdir(path.join(place.library, 'recipes'), { recursive: true });
  const recipe = {
    ...{ format: 1, name: 'tiny-recall', title: 'Tiny recall', description: 'Two pairs, one question.' },
    source: { title: 'A test', url: 'https://example.org' },
    data: {
      task: 'mqar',
      settings: { vocabulary: 8, length: 8, pairs: 1, train_rows: 2000, test_rows: 100 },
    },
    base: {
      model: { n_layer: 2, d_model: 16 },
      training: {
        batch_size: 64,
        max_steps: 800,
        learning_rate: 5e-3,
        spike_factor: 20,
        eval_interval: 50,
        target_accuracy: 0.99,
      },
    },
    ...{ measure: 'accuracy', tolerance: 0.02 },
    contestants: [
      {
        ...{ name: 'attention', title: 'Attention', model: { layers: 'attention', n_head: 1, positions: 'learned' } },
        published: { value: 1, curve: [[50, 0.5]] },
      },
      { name: 'hyena', title: 'Hyena', model: { layers: 'hyena', emb_dim: 5 }, published: { value: 0.1 } },
    ],
  };
  await writeFile(path.join(place.library, 'recipes', 'tiny.json'), JSON.stringify(recipe));
});
afterAll(() => place.remove());

const records = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('hyena lab', () => {
  it('lists recipes and tasks, and shows the keys of a task', async () => {
    const list = await place.hyena('lab', 'list');
    expect(list.stdout).toMatch(/mqar-64 +task mqar/);
    expect(list.stdout).toMatch(/tiny-recall +task mqar +Tiny recall/);
    expect(list.stdout).toMatch(/needle +Needle in a haystack/);
    const shown = await place.hyena('lab', 'show', 'mqar');
    expect(shown.stdout).toContain('arXiv 2312.04927');
    expect(shown.stdout).toMatch(/pairs = 4/);
    const near = await place.hyena('lab', 'show', 'mqar-46');
    expect([near.code, near.stderr]).toEqual([1, expect.stringContaining("Recipe 'mqar-46' not found.")]);
  });

  it('trains the contestants of a recipe and compares them with what was published; a second time nothing is left', async () => {
    const ran = await place.hyena('lab', 'run', 'tiny-recall', '--device', 'native', '--json');
    expect(ran.code).toBe(0);
    const events = records(ran.stdout);
    const evaluations = events.filter(({ type }) => type === 'evaluation');
    expect(evaluations[0].answers).toMatchObject({ accuracy: expect.any(Number) as number, slices: {} });
    expect(events.filter(({ type }) => type === 'sample')).toEqual([]);
    const results = events.filter(({ recipe }) => recipe === 'tiny-recall');
    expect(results).toMatchObject([
      { contestant: 'attention', verdict: 'within', run: 'tiny-recall-attention', status: 'done' },
      { contestant: 'hyena', verdict: 'better', run: 'tiny-recall-hyena', status: 'done' },
    ]);
    // Attention reaches the accuracy aimed at; what Hyena is compared with it reaches in any case.
    expect(events.find(({ type }) => type === 'done')).toMatchObject({ reason: 'solved' });

    const again = await place.hyena('lab', 'run', 'tiny-recall');
    expect(again.stderr).toContain('tiny-recall-attention has been trained already.');
    expect(again.stdout).toMatch(/contestant +attention\nours +\d+\.\d%\npublished +100\.0%\nverdict +within/);

    const csv = path.join(place.folder, 'results.csv');
    await place.hyena('lab', 'show', 'tiny-recall', '--csv', csv);
    expect(await readFile(csv, 'utf8')).toMatch(/tiny-recall,attention,0,tiny-recall-attention,native,.*within/);
  }, 300_000);

  it('answers the rows of a task in eval, and scores published files with a model of text', async () => {
    const rows = await place.hyena('eval', 'tiny-recall-attention', '--json');
    const [answered] = records(rows.stdout) as [{ run: string; answers: { accuracy: number } }];
    expect(answered.run).toBe('tiny-recall-attention');
    expect(answered.answers.accuracy).toBeGreaterThanOrEqual(0.98);
    const leaving = await place.hyena(
      ...['export', 'tiny-recall-attention', '--to', 'torchrun', path.join(place.folder, 'away')],
    );
    expect([leaving.code, leaving.stderr]).toEqual([1, expect.stringContaining('trains on the rows of a task')]);
    const text = path.join(place.folder, 'text.txt');
    await writeFile(text, 'the whale swam on and the ship sailed on\n'.repeat(400));
    await place.hyena('data', 'add', text, '--name', 'text');
    const small = ['n_layer=1', 'd_model=16', 'l_max=48', 'max_steps=20', 'sample_interval=none'];
    const trained = await place.hyena(
      ...['train', '--data', 'text', '--run', 'reader', '--device', 'native'],
      ...small.flatMap((one) => ['--set', one]),
    );
    expect(trained.code).toBe(0);
    const questions = path.join(place.folder, 'val.jsonl');
    const boolq = { question: 'is it so', passage: 'It is so.', idx: 0 };
    await writeFile(questions, [true, false, true].map((label) => `${JSON.stringify({ ...boolq, label })}\n`).join(''));
    const scored = await place.hyena(
      'eval',
      'reader',
      '--task',
      'boolq',
      '--file',
      questions,
      '--shots',
      '1',
      '--json',
    );
    expect(records(scored.stdout)).toMatchObject([
      { task: 'boolq', items: 3, shots: 1, shortened: 3, metrics: [{ name: 'acc', unit: 'share' }] },
    ]);
    const words = await place.hyena('eval', 'reader', '--task', 'wikitext', '--file', text, '--json');
    expect(records(words.stdout)).toMatchObject([{ items: 400 * 10, metrics: [{ name: 'word_perplexity' }, {}] }]);
    const last = await place.hyena('eval', 'reader', '--task', 'lambada', '--file', text, '--limit', '5');
    expect(last.stdout).toMatch(/items +5\n.*acc +\d/s);
    const anchors = await place.hyena('eval', 'reader', '--file', text, '--anchors');
    expect(anchors.stdout).toMatch(/gzip -9 +0\.\d+\n.*brotli -q 11 +0\.\d+/s);
    const squad = path.join(place.folder, 'squad.json');
    const qas = [
      { question: 'Who nailed the coin?', answers: [{ text: 'Ahab', answer_start: 0 }] },
      { question: 'Who sold the coin?', answers: [], is_impossible: true },
    ];
    const context = 'Ahab nailed the coin to the mast. The crew looked at it for a long time.';
    await writeFile(squad, JSON.stringify({ data: [{ paragraphs: [{ context, qas }] }] }));
    const replies = await place.hyena('eval', 'reader', '--task', 'questions', '--file', squad, '--json');
    const [{ scores, ...counts }] = records(replies.stdout) as unknown as [{ scores: object[] }];
    expect(counts).toMatchObject({ run: 'reader', questions: 1, impossible: 1 });
    expect(scores).toHaveLength(6);
    expect(scores[0]).toMatchObject({ method: 'words', sentence: { first: 1 }, exactMatch: 1 });
    const without = await place.hyena('eval', '--task', 'questions', '--file', squad);
    expect(without.stdout).toMatch(/model +none\n.*text +document\nby +words\nsentence +100/s);
    const nameless = await place.hyena('eval');
    expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining('hyena runs list')]);
    const missing = await place.hyena('eval', 'reader', '--task', 'cb');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('CB/val.jsonl')]);
    const wrong = await place.hyena('eval', 'reader', '--task', 'cb', '--file', questions);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('line 1: premise')]);
  }, 180_000);

  it('measures mixers at growing lengths', async () => {
    const csv = path.join(place.folder, 'scaling.csv');
    const ran = await place.hyena(
      ...['bench', 'scaling', '--mixers', 'attention,hyena', '--lengths', '64,128,256', '--d-model', '32'],
      ...['--layers', '1', '--device', 'native', '--csv', csv],
    );
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/tokens +attention +hyena/);
    expect((await readFile(csv, 'utf8')).trim().split('\r\n')).toHaveLength(2 + 6);
  }, 120_000);

  it('generates a data set of a task that can be trained on, and refuses what does not fit', async () => {
    const made = await place.hyena(
      ...['data', 'generate', 'arithmetic', '--name', 'sums', '--set', 'digits=1'],
      ...['--set', 'train_rows=100', '--set', 'test_rows=20'],
    );
    expect(made.stdout).toMatch(/task +arithmetic, rows of 3 tokens/);
    expect(made.stderr).toContain('l_max=3');
    const wrong = await place.hyena('train', '--data', 'sums', '--run', 'wrong', '--set', 'l_max=8');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("The rows of 'sums' have 3 tokens, but sequences of 8 were requested.");
    const unknown = await place.hyena('data', 'generate', 'mqar', '--name', 'other', '--set', 'pair=3');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('has no setting pair')]);
    const none = await place.hyena('lab', 'run', 'tiny-recall', '--only', 'nobody');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no contestant nobody')]);
    const file = await place.hyena('lab', 'run', 'shakespeare-cpu');
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining('needs a file: Tiny Shakespeare')]);
  }, 120_000);

  it('reads the files of CIFAR-10 as a task, which is trained on and judged by class', async () => {
    const folder = path.join(place.folder, 'cifar-10-batches-bin');
    await mkdir(folder);
    /** Records of 3,073 bytes: the class, then an image of one grey that tells it. */
    const records = (count: number) =>
      Buffer.concat(Array.from({ length: count }, (_, at) => Buffer.alloc(3073, 20 * (at % 10)).fill(at % 10, 0, 1)));
    await writeFile(path.join(folder, 'data_batch_1.bin'), records(20));
    await writeFile(path.join(folder, 'test_batch.bin'), records(10));
    const without = await place.hyena('data', 'generate', 'cifar10', '--name', 'images');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--name images --file FOLDER')]);
    const made = await place.hyena('data', 'generate', 'cifar10', '--name', 'images', '--file', folder);
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/task +cifar10, rows of 1,024 tokens/)]);
    const shape = ['d_model=8', 'n_layer=1', 'l_max=1024', 'batch_size=2', 'max_steps=2'];
    const trained = await place.hyena(
      ...['train', '--data', 'images', '--run', 'seer', ...shape.flatMap((setting) => ['--set', setting])],
    );
    expect(trained.code).toBe(0);
    const judged = await place.hyena('eval', 'seer');
    expect(judged.stdout).toMatch(/accuracy \d+\.\d+% of answers/);
    expect(judged.stdout).toMatch(/airplane: \d+/);
  }, 120_000);
});
