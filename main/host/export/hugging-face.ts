import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { modelSpecs } from '../../contract/logic/model-parameters.ts';
import { isQuantised } from '../../contract/logic/weight-format.ts';
import { SafetensorsFile, safetensorsPieces } from '../../library/checkpoints/safetensors.ts';
import type { Content } from '../../library/files/atomic.ts';
import { resourcePath } from '../../library/tokenizers/resources.ts';
import { asJson, contentOf, type WriteExported } from './export-folder.ts';
import type { ExportedRun } from './exported-run.ts';
import { modelCard } from './model-card.ts';

/** The file that Hugging Face's library loads the model with. */
const modelingFile = 'modeling_hyena_studio.py';
const className = (kind: string) => `${modelingFile.replace(/\.py$/, '')}.${kind}`;

/** `config.json`: ours, which also names the file and the classes that open it. */
const huggingFaceConfig = (config: Readonly<Record<string, unknown>>, model: object): object => ({
  ...config,
  ...model,
  architectures: ['HyenaStudioForCausalLM'],
  auto_map: { AutoConfig: className('HyenaStudioConfig'), AutoModelForCausalLM: className('HyenaStudioForCausalLM') },
});

/** `tokenizer_config.json`, so that AutoTokenizer opens `tokenizer.json`; a checkpoint's own is kept. */
async function tokenizerConfig({ checkpoint, config, model }: ExportedRun): Promise<string> {
  const own = await readFile(path.join(checkpoint, 'tokenizer_config.json'), 'utf8').catch(() => null);
  if (own !== null) return own;
  const tokenizer = JSON.parse(await readFile(path.join(checkpoint, 'tokenizer.json'), 'utf8')) as {
    added_tokens?: { id: number; content: string }[];
  };
  const endOfText = tokenizer.added_tokens?.find(({ id }) => id === config.eos_token_id)?.content;
  return asJson({
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: model.l_max,
    clean_up_tokenization_spaces: false,
    ...(endOfText === undefined ? {} : { bos_token: endOfText, eos_token: endOfText }),
  });
}

/** The weights as other programs read them: what is quantised as the numbers that it stands for. */
function weightsOf({ checkpoint, record, model }: ExportedRun): Content {
  const source = path.join(checkpoint, 'model.safetensors');
  if (!isQuantised(record.weights)) return contentOf(source);
  return widened(source, model);
}

async function* widened(source: string, model: ExportedRun['model']): AsyncGenerator<Uint8Array> {
  const file = await SafetensorsFile.open(source);
  try {
    yield* safetensorsPieces(
      modelSpecs(model).map(({ name, shape }) => ({ name, dtype: 'F32', shape, data: () => file.readFloats(name) })),
      { format: 'pt' },
    );
  } finally {
    await file.close();
  }
}

/**
 * The folder of a model as Hugging Face lays it out, with a modeling file in PyTorch of its own:
 * `AutoModelForCausalLM.from_pretrained(FOLDER, trust_remote_code=True)` opens it.
 */
export async function writeHuggingFace(run: ExportedRun, write: WriteExported): Promise<void> {
  const { checkpoint, config, model } = run;
  await write('config.json', asJson(huggingFaceConfig(config, model)));
  await write('model.safetensors', weightsOf(run));
  for (const name of ['tokenizer.json', 'generation_config.json', 'chat_template.jinja']) {
    const content = await readFile(path.join(checkpoint, name)).catch(() => null);
    if (content !== null) await write(name, content);
  }
  await write('tokenizer_config.json', await tokenizerConfig(run));
  await write(modelingFile, await readFile(resourcePath('torch', modelingFile)));
  await write('README.md', modelCard(run));
}
