import { formatValue } from '../../contract/fields.ts';
import { countParameters } from '../../contract/logic/model-parameters.ts';
import { mixersIn } from '../../contract/mixers/layers.ts';
import { descriptionOf } from '../../contract/mixers/index.ts';
import { programVersion } from '../installation.ts';
import type { ExportedRun } from './exported-run.ts';

const table = (rows: readonly (readonly [string, string])[]): string =>
  ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`)].join(
    '\n',
  );

const figure = (value: number | null): string => (value === null ? 'not measured' : value.toFixed(4));

/** README.md of an exported model: what it is, how it is opened, what it was trained on and what it reached. */
export function modelCard({ record, step, model }: ExportedRun): string {
  const { configuration, best, fullValidationLoss, loss, seconds, tokens, created } = record;
  const mixers = mixersIn(model).map((name) => descriptionOf(name).title);
  const settings = (section: object) =>
    table(Object.entries(section).map(([key, value]) => [`\`${key}\``, formatValue(value)] as const));
  return `---
library_name: transformers
pipeline_tag: text-generation
tags:
  - hyena
  - hyena-studio
---

# ${record.name}

A language model with ${countParameters(model).total.toLocaleString('en')} parameters: ${model.n_layer} layers of ${mixers.join(', ')}, trained with Hyena Studio
${programVersion}. The weights are those of step ${step}.

## Use

\`\`\`python
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("FOLDER", trust_remote_code=True)
tokenizer = AutoTokenizer.from_pretrained("FOLDER")
ids = tokenizer("Once upon a time", return_tensors="pt", add_special_tokens=False).input_ids
print(tokenizer.decode(model.generate(ids, max_new_tokens=100)[0]))
\`\`\`

\`trust_remote_code\` runs \`modeling_hyena_studio.py\` of this folder, which needs nothing but PyTorch and transformers.
Texts of a batch must have the same length, or be padded on the right. Hyena Studio opens the folder as it is.

## Data

${table([
  ['data set', configuration.dataset],
  ['kind', record.kind === 'chats' ? 'chats; only the replies count in the loss' : 'text'],
  ['tokens trained on', tokens.toLocaleString('en')],
])}

The licence of the weights depends on these data; name it here before you publish the model.

## Losses

${table([
  ['best validation loss', best === null ? 'not measured' : `${figure(best.loss)} nats per token at step ${best.step}`],
  [
    'loss on all of the validation split',
    `${figure(fullValidationLoss)}${fullValidationLoss === null ? '' : ' nats per token'}`,
  ],
  ['training loss of the last step', `${figure(loss)}${loss === null ? '' : ' nats per token'}`],
  ['training time', `${(seconds / 3600).toFixed(2)} hours on ${record.device ?? 'an unknown device'}`],
  ['created', created],
])}

## Model configuration

${settings(model)}

## Training configuration

${settings(configuration.training)}
`;
}
