import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRecordSchema } from '../../main/contract/runs.ts';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { makeExportFolder } from '../../main/host/export/export-folder.ts';
import { writeHuggingFace } from '../../main/host/export/hugging-face.ts';
import { configJson } from '../../main/library/checkpoints/config-json.ts';
import { writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { bytesTokenizer } from '../../main/library/tokenizers/bytes.ts';
import { openDevice } from '../../worker/devices/index.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { blockCases, mixerCases } from '../numerics/mixers/index.ts';
import { configurationOf, idsOf } from '../numerics/models.ts';
import { pythonWithTorch, runPython } from './python.ts';

/** The modeling file against this program's own logits, for every mixer and every other choice of a model. */
const cases: readonly Record<string, unknown>[] = [
  ...mixerCases,
  ...blockCases,
  // What published checkpoints have.
  { modulate: false, train_positions: false, final_norm_epsilon: 0.1 },
  { layers: 'hyena-li', modal_form: 'free', convolution_biases: 'output', mlp: 'bilinear', first_mlp: 'geglu' },
  { layers: 'hyena-li,hyena-mr', modal_form: 'free', modal_poles: 'complex', convolution_biases: 'input' },
  { layers: 'attention', n_head: 2, attention_biases: 'output', mixer_bias: false },
  { layers: 'hyena,hyena-li,attention,h3', n_layer: 4, positions: 'rotary', tie_embeddings: false },
];

const length = 24;
const temporary = mkdtempSync(path.join(tmpdir(), 'hyena-torch-'));
const results = new Map<string, Record<string, unknown>>();
const folderOf = (index: number): string => path.join(temporary, `exported-${index}`);

beforeAll(async () => {
  const { device } = await openDevice('reference');
  for (const [index, settings] of cases.entries()) {
    const config = configurationOf(settings);
    const model = LanguageModel.create(config, device, 3);
    const checkpoint = path.join(temporary, `checkpoint-${index}`);
    await mkdir(checkpoint);
    await writeSafetensors(path.join(checkpoint, 'model.safetensors'), model.parameters.toWrite(), { format: 'pt' });
    await writeFile(path.join(checkpoint, 'tokenizer.json'), JSON.stringify(bytesTokenizer.toJSON()));
    const configuration = runConfigurationSchema.parse({ dataset: 'none', model: config });
    const now = new Date().toISOString();
    const record = runRecordSchema.parse({
      ...{ format: 1, name: 'exported', created: now, updated: now, configuration, status: 'done', owner: null },
      ...{ dataset: null, device: null, deviceReason: null, parameters: null, step: 0, totalSteps: null, tokens: 0 },
      ...{ seconds: 0, loss: null, validationLoss: null, best: null, reason: null, error: null },
    });
    const run = { record, step: 0, checkpoint, config: configJson(config, bytesTokenizer), model: config };
    await makeExportFolder(folderOf(index), (write) => writeHuggingFace(run, write));
    const ids = idsOf(2 * length);
    const logits = await model.logits(ids, 2);
    await writeFile(path.join(folderOf(index), 'ids.bin'), new Uint8Array(ids.buffer));
    await writeFile(path.join(folderOf(index), 'logits.bin'), new Uint8Array(logits.buffer));
    model.dispose();
  }
  const script = path.join(import.meta.dirname, 'compare_models.py');
  const told = runPython(await pythonWithTorch(), [script, ...cases.map((_, index) => folderOf(index))], {
    ...process.env,
    HF_HOME: path.join(temporary, 'hugging-face'),
    HF_HUB_OFFLINE: '1',
  });
  for (const line of told.trim().split('\n')) {
    const result = JSON.parse(line) as Record<string, unknown>;
    results.set(String(result.folder), result);
  }
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('the modeling file in PyTorch', () => {
  it.each(cases.map((settings, index) => [JSON.stringify(settings), index] as const))(
    'gives the logits of %s',
    (_, index) => {
      const result = results.get(folderOf(index))!;
      expect(result).toMatchObject({ missing: [], unexpected: [], gradients: true });
      expect(result.whole).toBeLessThan(1e-4);
      expect(result.cached).toBeLessThan(1e-4);
      if (!('transformers' in result)) return;
      expect(result.transformers).toBeLessThan(1e-4);
      expect(result).toMatchObject({ generates: true, 'same with a cache': true, 'same beams': true });
    },
  );
});
