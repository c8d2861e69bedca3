import path from 'node:path';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import type { OpenModel } from '../models/open-model.ts';
import { resolveStart, upTo } from './document-part.ts';
import { documentFolder, readDocument } from '../../main/library/documents/store.ts';
import { longStep } from '../process/long-step.ts';
import type { Decoder, Sequence } from '../models/decoding/decoder.ts';
import { encodePrompt } from './conversation.ts';
import { promptTokens } from './generate.ts';
import type { ModelTemplates } from './model-templates.ts';
import { cachedPrefill } from './cached-prefill.ts';

type GenerateJob = Job<'generate'>;

/** What is to be gone on from: all tokens, and where the model stands after them. */
export interface ReadPrompt {
  readonly ids: Int32Array;
  /** To be disposed of. */
  readonly text: Sequence;
  readonly logits: Float32Array;
  /** What ends the answer, besides what was requested. */
  readonly stops: readonly string[];
}

interface Settings {
  /** Folder of the checkpoint. */
  readonly checkpoint: string;
  readonly templates: ModelTemplates;
  readonly onProgress: (done: number, tokens: number) => void;
  readonly onProblem: (message: Message) => void;
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
    return { ids, stops, ...(await decoder.prefill(ids, { onProgress: (done) => onProgress(done, ids.length) })) };
  }
  const { text: whole, places } = await readDocument(job.library, job.document.id);
  // A document and a question about it are two texts; what continues from a place in it is one.
  const parted = plain ? [] : [{ text: '\n\n', end: false }];
  const added = encodePrompt(tokenizer, { pieces: [...parted, ...pieces], stops });
  const room = limit - added.length - Math.min(job.sampling.max_tokens, Math.floor(limit / 4));
  if (room < 1) throw tooLong(added.length, limit);
  const end = /^100\s*%$/.test(job.document.at) ? whole.length : resolveStart(whole, places, job.document.at);
  const { ids, start } = longStep(() => upTo(whole, tokenizer, end, room));
  if (ids.length === 0) throw new HyenaError('usage', 'The document has no text before that place.');
  const options = { onProgress: (done: number) => onProgress(done, ids.length) };
  const identity = await weightsIdentity(checkpoint);
  const { text, logits } =
    start === 0 && end === whole.length
      ? await cachedPrefill(model, decoder, ids, {
          folder: path.join(documentFolder(job.library, job.document.id), 'states', identity.slice(0, 16)),
          identity,
          onProblem: (error) => onProblem(error.messages.message),
          ...options,
        })
      : await decoder.prefill(ids, options);
  if (added.length === 0) return { ids, text, logits, stops };
  try {
    return { ids: Int32Array.from([...ids, ...added]), text, logits: await decoder.prefillMore(text, added), stops };
  } catch (error) {
    text.dispose();
    throw error;
  }
}

const tooLong = (tokens: number, limit: number) =>
  new HyenaError('bad-input', msg`The prompt has ${tokens} tokens, but this model's context has ${limit}.`, {
    hint: 'Shorten the prompt, or use a model with a longer context.',
    command: 'hyena extend RUN --context N',
  });
