import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isQuantised } from '../../contract/logic/weight-format.ts';
import { weightsFile } from '../../library/checkpoints/manifest.ts';
import { safetensorsPieces } from '../../library/checkpoints/safetensors.ts';
import { hasAdapters, openWeights, wholeWeights } from '../../library/checkpoints/weights.ts';
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

/**
 * The file of the checkpoint as it is; of one with adapters, a file with these merged in; of one that is quantised, a file
 * of the numbers that its weights stand for.
 */
async function writeWeights({ checkpoint, record }: ExportedRun, write: WriteExported): Promise<void> {
  if (!(await hasAdapters(checkpoint)) && !isQuantised(record.weights)) {
    await write(weightsFile, contentOf(path.join(checkpoint, weightsFile)));
    return;
  }
  const weights = await openWeights(checkpoint);
  try {
    await write(weightsFile, safetensorsPieces(wholeWeights(weights), { format: 'pt' }));
  } finally {
    await weights.close();
  }
}

/**
 * The folder of a model as Hugging Face lays it out, with a modeling file in PyTorch of its own:
 * `AutoModelForCausalLM.from_pretrained(FOLDER, trust_remote_code=True)` opens it.
 */
export async function writeHuggingFace(run: ExportedRun, write: WriteExported): Promise<void> {
  const { checkpoint, config, model } = run;
  await write('config.json', asJson(huggingFaceConfig(config, model)));
  await writeWeights(run, write);
  for (const name of ['tokenizer.json', 'generation_config.json', 'chat_template.jinja']) {
    const content = await readFile(path.join(checkpoint, name)).catch(() => null);
    if (content !== null) await write(name, content);
  }
  await write('tokenizer_config.json', await tokenizerConfig(run));
  await write(modelingFile, await readFile(resourcePath('torch', modelingFile)));
  await write('README.md', modelCard(run));
}
