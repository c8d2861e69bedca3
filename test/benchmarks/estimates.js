// Estimated against measured peak memory of training: `node test/benchmarks/estimates.js [DEVICE] [PART OF A NAME]
// [--parts]`; with --parts also what the estimate is made of. What is measured are steps alone, to which comes what a run
// has besides; estimate-presets.js measures whole runs. Build first.
import { batchShape, trainingMemory } from '../../build/main/contract/logic/cost.js';
import { modelSchema, resolveModel } from '../../build/main/contract/configuration.js';
import { mixerNames } from '../../build/main/contract/mixers/settings.js';
import { presets } from '../../build/main/contract/presets.js';
import { checkConfiguration } from '../../build/main/contract/settings.js';
import { vocabularyOf } from '../../build/main/host/estimate-run.js';
import { startJob } from '../../build/main/workers/start-job.js';

const showsParts = process.argv.includes('--parts');
const [device = 'auto', wanted = ''] = process.argv.slice(2).filter((word) => word !== '--parts');

/** @typedef {[name: string, vocabulary: number, model: object, training: object]} Case */
const small = { d_model: 128, n_layer: 4, l_max: 1024 };
const base = { d_model: 256, n_layer: 6, l_max: 2048 };
const long = { d_model: 256, n_layer: 2, l_max: 16_384 };
const rotary = { layers: 'attention', positions: 'rotary' };
const striped = 'hyena-se,hyena-mr,hyena-li';

/** @type {Case[]} */
const shapes = [
  ['small, checkpointing', 256, small, { batch_size: 8, gradient_checkpointing: true }],
  ['small, batch 32', 256, small, { batch_size: 32 }],
  ['small, 12 layers', 256, { ...small, n_layer: 12 }, { batch_size: 8 }],
  ['small, order 4', 256, { ...small, order: 4 }, { batch_size: 8 }],
  ['base, checkpointing', 4096, base, { batch_size: 4, gradient_checkpointing: true }],
  ['vocabulary 50,257', 50_257, { ...long, l_max: 1024 }, { batch_size: 2 }],
  ['attention, one head of keys', 256, { ...base, ...rotary, n_kv_head: 1, qk_norm: true }, { batch_size: 4 }],
  ['attention, window 1,024', 256, { ...long, ...rotary, attention_window: 1024 }, { batch_size: 1 }],
  ['hyena*2,attention', 256, { ...base, layers: 'hyena*2,attention' }, { batch_size: 4 }],
  ['hyena-li, complex', 256, { ...base, layers: 'hyena-li', modal_poles: 'complex' }, { batch_size: 4 }],
  ['SwiGLU, RMSNorm', 256, { ...base, mlp: 'swiglu', norm: 'rms_norm' }, { batch_size: 4 }],
  ['GEGLU', 256, { ...base, mlp: 'geglu' }, { batch_size: 4 }],
  ['bilinear', 256, { ...base, mlp: 'bilinear' }, { batch_size: 4 }],
  ['SwiGLU, long', 256, { ...long, mlp: 'swiglu' }, { batch_size: 1 }],
  ['exact GELU, long', 256, { ...long, mlp: 'gelu' }, { batch_size: 1 }],
  ['exact GELU', 256, { ...base, mlp: 'gelu' }, { batch_size: 4 }],
  ['mamba2, 16 states', 256, { ...base, layers: 'mamba2', mamba_state: 16 }, { batch_size: 4 }],
  ['mamba2, heads of 16', 256, { ...base, layers: 'mamba2', mamba_head_dim: 16 }, { batch_size: 4 }],
  ['mamba2, expansion 1', 256, { ...base, layers: 'mamba2', mamba_expand: 1 }, { batch_size: 4 }],
  ['SE, MR, LI', 256, { ...base, layers: striped }, { batch_size: 4 }],
  [
    'SE, MR, LI, attention',
    4096,
    { ...base, n_layer: 8, layers: `${striped},attention`, positions: 'rotary' },
    { batch_size: 4 },
  ],
  [
    'SE, MR, LI, checkpointing',
    256,
    { ...long, n_layer: 6, layers: striped },
    { batch_size: 1, gradient_checkpointing: true },
  ],
  ...[
    /** @type {Case} */ (['base size', 50_257, { d_model: 768, n_layer: 12, l_max: 1024 }, { batch_size: 1 }]),
    /** @type {Case} */ (['small', 256, small, { batch_size: 8 }]),
    /** @type {Case} */ (['base', 256, base, { batch_size: 4 }]),
    /** @type {Case} */ (['base, checkpointing', 256, base, { batch_size: 4, gradient_checkpointing: true }]),
    /** @type {Case} */ (['SwiGLU', 256, { ...base, mlp: 'swiglu' }, { batch_size: 4 }]),
    /** @type {Case} */ (['striped', 256, { ...base, layers: `${striped},attention`, n_layer: 8 }, { batch_size: 4 }]),
  ].flatMap(([name, vocabulary, model, training]) =>
    [{ lora_rank: 16 }, { lora_rank: 16, lora_matrices: 'mixers' }].map(
      (adapters) =>
        /** @type {Case} */ ([
          `${name}, adapters of ${adapters.lora_matrices ?? 'all'}`,
          vocabulary,
          model,
          { ...training, ...adapters },
        ]),
    ),
  ),
];

/** @type {Case[]} */
const cases = [
  ...Object.entries(presets)
    .filter(([name]) => !/\d[mb]/.test(name))
    .map(
      ([name, { tokenizer, model, training }]) =>
        /** @type {Case} */ ([`preset ${name}`, vocabularyOf(tokenizer), model, training]),
    ),
  ...shapes,
  ...mixerNames.flatMap((layers) =>
    [{ ...small, l_max: 512 }, base, long].map(
      (shape) =>
        /** @type {Case} */ ([
          `${layers}, ${shape.d_model} × ${shape.n_layer}, ${shape.l_max}`,
          256,
          { ...shape, layers, ...(layers === 'attention' && { positions: 'rotary' }) },
          { batch_size: Math.max(1, 8192 / shape.l_max) },
        ]),
    ),
  ),
];

/** Of data, evaluations, samples and checkpoints, MiB: as in main/contract/logic/cost.ts. */
const besideSteps = 60;
const mebibytes = (/** @type {number} */ bytes) => Math.round(bytes / 1024 / 1024);
console.log('| configuration | device | estimated MiB | measured MiB | error |\n| --- | --- | ---: | ---: | ---: |');
for (const [name, vocabulary, model, training] of cases.filter(([name]) => name.includes(wanted))) {
  const configuration = checkConfiguration({
    dataset: 'none',
    device,
    model: { ...model, vocab_size: vocabulary },
    training: { ...training, max_steps: 10 },
  });
  const resolved = resolveModel(modelSchema.parse(configuration.model), vocabulary);
  const { total, ...parts } = trainingMemory(resolved, batchShape(configuration));
  const measured = /** @type {{ device: string, peakMemoryMiB: number }} */ (
    await startJob({ kind: 'measure', configuration }, () => undefined).result
  );
  const peak = measured.peakMemoryMiB + besideSteps;
  const error = (100 * total) / 1024 / 1024 / peak - 100;
  console.log(
    `| ${name} | ${measured.device} | ${mebibytes(total)} | ${Math.round(peak)} ` +
      `| ${error > 0 ? '+' : ''}${error.toFixed(0)}% |` +
      (showsParts
        ? ` ${Object.entries(parts)
            .map(([part, bytes]) => `${part} ${mebibytes(bytes)}`)
            .join(' ')}`
        : ''),
  );
}
