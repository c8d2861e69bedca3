import path from 'node:path';
import { writeFile } from 'node:fs/promises';
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
