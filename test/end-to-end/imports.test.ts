import path from 'node:path';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launcher, projectFolder, TestLibrary } from './command.ts';

const vectors = path.join(projectFolder, 'test/vectors/lineage');
let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
});
afterAll(() => place.remove());

const hyena = (...parameters: string[]) => place.start(launcher, parameters).outcome;

it('imports a model, writes with it, scores a text, and trains it further', { timeout: 240_000 }, async () => {
  const planned = await hyena('import', path.join(vectors, 'evo1'), '--plan');
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.stdout).toContain('Evo 1');
  expect((await hyena('runs', 'list', '--json')).stdout).not.toContain('evo1');

  expect(await hyena('import', path.join(vectors, 'evo1/model.safetensors'), '--name', 'evo')).toMatchObject({
    code: 0,
  });
  const written = await hyena('generate', 'evo', '--prompt', 'ACGT', '--max-tokens', '8', '--json');
  expect(written).toMatchObject({ code: 0 });

  const text = path.join(place.folder, 'dna.txt');
  await writeFile(text, 'ACGTTGCA'.repeat(400));
  expect(await hyena('eval', 'evo', '--file', text, '--json')).toMatchObject({ code: 0 });

  const tokenizer = path.join(place.library, 'runs/evo/checkpoints/step-0/tokenizer.json');
  expect(await hyena('data', 'add', text, '--name', 'dna', '--tokenizer', tokenizer)).toMatchObject({ code: 0 });
  const trained = await hyena(
    ...['train', '--from', 'evo', '--data', 'dna', '--run', 'tuned', '--device', 'native'],
    ...['--set', 'max_steps=2', '--set', 'sequence_length=32', '--set', 'batch_size=2', '--json'],
  );
  expect(trained).toMatchObject({ code: 0 });

  const refused = await hyena('import', path.join(vectors, 'hostile/hostile.ckpt'));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('posix.system');
  const terms = await hyena('import', path.join(vectors, 'lfm2'));
  expect(terms.code).toBe(2);
  expect(terms.stderr).toContain('--yes');
});

it('scores sequences and variants with an imported HyenaDNA, and exports it', { timeout: 240_000 }, async () => {
  expect(await hyena('import', path.join(vectors, 'hyenadna_hf'), '--name', 'dna')).toMatchObject({ code: 0 });
  const fasta = path.join(place.folder, 'genes.fa.gz');
  await writeFile(fasta, gzipSync('>chr1 the first\nACGTACGGTC\nATTGCAacgt\n>chr2\nNNACGT\n'));
  const positions = path.join(place.folder, 'positions.tsv');
  const scored = await hyena('score', fasta, '--run', 'dna', '--both-strands', '--positions', positions);
  expect(scored).toMatchObject({ code: 0 });
  const rows = scored.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(rows.map(([record, tokens]) => [record, tokens])).toEqual([
    ['record', 'tokens'],
    ['chr1', '20'],
    ['chr2', '6'],
  ]);
  expect(scored.stderr).toContain('soft-masked');
  expect((await readFile(positions, 'utf8')).trimEnd().split('\n').length).toBe(27);

  const variants = await hyena('variants', fasta, '--run', 'dna', '--variant', 'chr1:10 C>T', '--json');
  expect(variants).toMatchObject({ code: 0 });
  const events = variants.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const found = events.find(({ type }) => type === 'variant')!;
  expect(found).toMatchObject({ record: 'chr1', position: 10, ref: 'C', alt: 'T', start: 1, end: 20 });
  expect(found.delta).toBeCloseTo((found.altLogLikelihood as number) - (found.refLogLikelihood as number), 6);
  const refused = await hyena('variants', fasta, '--run', 'dna', '--variant', 'chr1:10 G>T');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('the sequence has C there, not G');

  expect(await hyena('data', 'add', fasta, '--name', 'genes', '--tokenizer', 'run:dna', '--json')).toMatchObject({
    code: 0,
  });
  const folder = path.join(place.folder, 'onnx');
  expect(await hyena('export', 'dna', folder, '--to', 'onnx')).toMatchObject({ code: 0 });
  expect((await readdir(folder)).sort()).toEqual(
    [
      'README.md',
      'config.json',
      'generation_config.json',
      'model.safetensors',
      'score.onnx',
      'states.json',
      'step.onnx',
      'tokenizer.json',
    ].sort(),
  );
});
