import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { trainedLength } from '../../../contract/mixers/index.ts';
import { SafetensorsFile } from '../../../library/checkpoints/safetensors.ts';
import { programVersion } from '../../installation.ts';
import { asJson, contentOf, type WriteExported } from '../export-folder.ts';
import type { ExportedRun } from '../exported-run.ts';
import { encodeModel, opset } from './format.ts';
import type { WeightFile } from './graph.ts';
import { scoringGraph, stepGraph, type StateInput } from './model-graph.ts';

const weightsName = 'model.safetensors';

/**
 * The folder of a model in ONNX: `score.onnx` for whole texts, `step.onnx` for one token more after a state. Both read the
 * weights from `model.safetensors`, which lies beside them.
 */
export async function writeOnnx(run: ExportedRun, write: WriteExported): Promise<void> {
  const { checkpoint, config, model, record } = run;
  const file = await SafetensorsFile.open(path.join(checkpoint, weightsName));
  try {
    const weights: WeightFile = {
      name: weightsName,
      entry: (name) => file.entry(name),
      has: (name) => file.has(name),
      readFloats: (name) => file.readFloats(name),
    };
    const { graph: step, states } = await stepGraph(model, weights);
    const metadata = {
      model: record.name,
      vocabulary: String(model.vocab_size),
      ...(trainedLength(model) === null && { context: String(model.l_max) }),
    };
    const common = { version: programVersion, metadata };
    await write('score.onnx', encodeModel((await scoringGraph(model, weights)).record, common));
    await write(
      'step.onnx',
      encodeModel(step.record, { ...common, metadata: { ...metadata, states: JSON.stringify(states) } }),
    );
    await write(weightsName, contentOf(path.join(checkpoint, weightsName)));
    await write('config.json', asJson({ ...config, ...model }));
    await write('states.json', asJson(states));
    for (const name of ['tokenizer.json', 'tokenizer_config.json', 'generation_config.json']) {
      const content = await readFile(path.join(checkpoint, name)).catch(() => null);
      if (content !== null) await write(name, content);
    }
    await write('README.md', readme(run, states));
  } finally {
    await file.close();
  }
}

const readme = ({ record, step, model }: ExportedRun, states: readonly StateInput[]): string => `# ${record.name}

Step ${step} of a model of Hyena Studio in ONNX, operators of version ${opset}, fp32.

| file | contents |
| --- | --- |
| \`score.onnx\` | \`tokens\` int64 [batch, length] to \`logits\` [batch, length, ${model.vocab_size}]: scores of what follows each token |
| \`step.onnx\` | one token more: \`tokens\` int64 [batch, 1], \`position\` int64 [1] and a state, to \`logits\` [batch, 1, ${model.vocab_size}] and the next state |
| \`model.safetensors\` | the weights of both; keep it beside them |
| \`states.json\` | the ${states.length} parts of the state: the names of input and output, and the shape of one text |
| \`tokenizer.json\`, \`config.json\` | the tokenizer in Hugging Face's format, and the model's configuration |

${
  trainedLength(model) === null
    ? `A text has at most ${model.l_max} tokens.`
    : `A text may have any length; the model was trained on ${model.l_max} tokens.`
} A state begins as zeros, with 0 for \`past\` in its shape, and position 0. Every
\`past.*\` of a step is the \`present.*\` of the step before, and the position grows by one. A prompt is read by steps too.

\`\`\`python
import json
import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file("tokenizer.json")
step, states = ort.InferenceSession("step.onnx"), json.load(open("states.json"))
ids = tokenizer.encode("Call me", add_special_tokens=False).ids
state = {s["input"]: np.zeros([1] + [0 if n == "past" else n for n in s["shape"]], np.float32) for s in states}
for position in range(len(ids) + 50):
    feed = {"tokens": np.array([[ids[position]]]), "position": np.array([position])}
    logits, *present = step.run(["logits"] + [s["output"] for s in states], {**feed, **state})
    state = {s["input"]: value for s, value in zip(states, present)}
    if position + 1 == len(ids):
        ids.append(int(logits[0, -1].argmax()))
print(tokenizer.decode(ids))
\`\`\`
`;
