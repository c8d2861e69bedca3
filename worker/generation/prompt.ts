import path from 'node:path';
import { HyenaError } from '../../main/contract/errors.ts';
import { told, type Told } from '../../main/contract/told.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { weightsIdentity } from '../checkpoints/manifest.ts';
import type { OpenModel } from '../checkpoints/open-model.ts';
import { startOf, upTo } from '../documents/part.ts';
import { documentFolder, readDocument } from '../documents/store.ts';
import { longStep } from '../long-step.ts';
import type { Decoder, Text } from '../models/decoding/decoder.ts';
import { encodePrompt } from './conversation.ts';
import { promptTokens } from './generate.ts';
import type { ModelTemplates } from './model-templates.ts';
import { openReading } from './reading.ts';

type GenerateJob = Extract<Job, { kind: 'generate' }>;

/** What is to be gone on from: all tokens, and where the model stands after them. */
export interface ReadPrompt {
  readonly ids: Int32Array;
  /** To be disposed of. */
  readonly text: Text;
  readonly logits: Float32Array;
  /** What ends the answer, besides what was asked for. */
  readonly stops: readonly string[];
}

interface Settings {
  /** Folder of the checkpoint. */
  readonly checkpoint: string;
  readonly templates: ModelTemplates;
  readonly onProgress: (done: number, tokens: number) => void;
  readonly onProblem: (message: Told) => void;
}

/**
 * Reads the prompt of a job: its text, or a document up to a place and then its text. Of a document the last tokens
 * that leave room for the answer; where that is all of it, a reading that was kept is opened.
 *
 * @throws HyenaError `bad-input` for a prompt longer than the model's context
 */
export async function readPrompt(
  job: GenerateJob,
  { model, tokenizer }: OpenModel,
  decoder: Decoder,
  { checkpoint, templates, onProgress, onProblem }: Settings,
): Promise<ReadPrompt> {
  const limit = decoder.limit;
  const plain = templates.resolve(job.template) === 'plain' || job.prompt === '';
  const { pieces, stops } = plain
    ? { pieces: [{ text: job.prompt, end: false }], stops: [] }
    : templates.render(job.template, [{ role: 'user', content: job.prompt }]);
  if (!job.document) {
    const ids = job.prompt === '' ? promptTokens(tokenizer, '') : encodePrompt(tokenizer, { pieces, stops });
    if (ids.length > limit) throw tooLong(ids.length, limit);
    return { ids, stops, ...(await decoder.read(ids, { onProgress: (done) => onProgress(done, ids.length) })) };
  }
  const { text: whole, places } = await readDocument(job.library, job.document.id);
  // A document and a question about it are two texts; what goes on from a place in it is one.
  const parted = plain ? [] : [{ text: '\n\n', end: false }];
  const added = encodePrompt(tokenizer, { pieces: [...parted, ...pieces], stops });
  const room = limit - added.length - Math.min(job.sampling.max_tokens, Math.floor(limit / 4));
  if (room < 1) throw tooLong(added.length, limit);
  const end = /^100\s*%$/.test(job.document.at) ? whole.length : startOf(whole, places, job.document.at);
  const { ids, start } = longStep(() => upTo(whole, tokenizer, end, room));
  if (ids.length === 0) throw new HyenaError('usage', 'Nothing of the document lies before that place.');
  const options = { onProgress: (done: number) => onProgress(done, ids.length) };
  const identity = await weightsIdentity(checkpoint);
  const { text, logits } =
    start === 0 && end === whole.length
      ? await openReading(model, decoder, ids, {
          folder: path.join(documentFolder(job.library, job.document.id), 'states', identity.slice(0, 16)),
          identity,
          onProblem: (error) => onProblem(error.told.message),
          ...options,
        })
      : await decoder.read(ids, options);
  if (added.length === 0) return { ids, text, logits, stops };
  try {
    return { ids: Int32Array.from([...ids, ...added]), text, logits: await decoder.extend(text, added), stops };
  } catch (error) {
    text.dispose();
    throw error;
  }
}

const tooLong = (tokens: number, limit: number) =>
  new HyenaError('bad-input', told`The prompt has ${tokens} tokens, but this model's context is ${limit}.`, {
    hint: 'Shorten the prompt, or give the model a longer context: hyena extend RUN --context N.',
  });
