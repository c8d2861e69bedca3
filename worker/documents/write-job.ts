import { summaryRequest, type SummaryAbility } from '../../main/contract/conversation.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import { msg } from '../../main/contract/message.ts';
import type { WrittenPart, WrittenSummary } from '../../main/contract/written-summary.ts';
import { encodePrompt } from '../generation/conversation.ts';
import { withDecoder, type TextReader } from '../generation/text-reader.ts';
import { generate } from '../generation/generate.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import type { Prompt } from '../generation/templates.ts';
import type { JobContext } from '../process/job-context.ts';
import type { Sequence } from '../models/decoding/decoder.ts';
import { kindOfModel, summaryAbilityOf } from '../../main/library/runs/run-folder.ts';
import { openDocumentWithModel, secondsSince } from './model-jobs.ts';
import { fittingParts, type SummaryPart } from './written-parts.ts';

type WriteJob = Job<'write-summary'>;

const usualLength = 256;
/** Tokens of a prompt may become a few more where its pieces meet. */
const slack = 8;

/**
 * Has a model write a summary of a document: of all of it where that fits the context, else of one part after another.
 * The most likely token each time, so that the same model says the same. Asked to stop it ends with what there is.
 *
 * @throws HyenaError `not-found`, `usage` where the model was trained to do no such thing, `bad-input` where its
 *   context is too short, `interrupted` before anything was written
 */
export async function runWrite(job: WriteJob, context: JobContext<JobEvent<'write-summary'>>): Promise<WrittenSummary> {
  const { cancellation, emit } = context;
  const session = await openDocumentWithModel(job, context);
  const { document, model, tokenizer, checkpoint, places, record } = session;
  const kind = await kindOfModel(job.library, record);
  const ability = await summaryAbilityOf({ kind, summaries: record.summaries }, checkpoint.path);
  if (ability === null) throw unable(job.run);
  const render = await renderer(ability, checkpoint.path, kind);
  const limit = model.limit;
  const maxTokens = job.max_tokens ?? Math.max(1, Math.min(usualLength, limit >> 2));
  const room = limit - maxTokens - slack - encodePrompt(tokenizer, render('')).length;
  if (room < 1)
    throw new HyenaError(
      'bad-input',
      msg`This model's context of ${limit} tokens is too short for a text and its summary.`,
      {
        hint: 'Request a shorter summary, or use a model with a longer context.',
        command: `hyena extend ${job.run} --context N`,
      },
    );
  const divided = { by: job.by, check: () => cancellation.check() };
  const parts = fittingParts(document.text, document.places, tokenizer, room, divided);
  if (parts.length === 0) throw new HyenaError('bad-input', 'Nothing to summarise in this document.');
  const written: WrittenPart[] = [];
  const write = async (decoder: TextReader<Sequence>, part: SummaryPart, index: number): Promise<boolean> => {
    const share = (done: number) => emit({ type: 'progress', phase: 'writing', done: (index + done) / parts.length });
    const { section, start, end } = part;
    const shown = { section, start, end, place: places.cite(document.text, part).place };
    emit({ type: 'part', ...shown });
    share(0);
    const prompt = render(document.text.slice(start, end).trim());
    const ids = encodePrompt(tokenizer, prompt);
    const length = Math.max(1, Math.min(maxTokens, limit - ids.length));
    let tokens = 0;
    const [answer] = await generate({
      decoder,
      tokenizer,
      prompt: ids,
      sampling: samplingSchema.parse({ max_tokens: length, temperature: 0, stop: prompt.stops }),
      onProgress: (done) => share(done / 2),
      onToken: () => void tokens++,
      onText: (text) => {
        emit({ type: 'text', text });
        share(0.5 + tokens / length / 2);
      },
      check: divided.check,
    });
    if (answer.reason !== 'stopped' || answer.text !== '') written.push({ ...shown, ...answer });
    return answer.reason !== 'stopped';
  };
  const complete = await cancellation.interruptible(() =>
    withDecoder(model, async (decoder) => {
      for (const [index, part] of parts.entries()) if (!(await write(decoder, part, index))) return false;
      return true;
    }),
  );
  if (written.length === 0) cancellation.check();
  return {
    ...session.resultFields,
    seconds: secondsSince(session.startedAt),
    kind: 'written',
    ability,
    limit,
    complete,
    parts: written,
  };
}

/** How the model is asked for the summary of a text: as its data ask where it was trained on summaries. */
async function renderer(
  ability: SummaryAbility,
  checkpoint: string,
  kind: 'text' | 'chats' | null,
): Promise<(text: string) => Prompt> {
  const templates = new ModelTemplates(kind, ability === 'trained' ? null : await ModelTemplates.own(checkpoint));
  const name = ability === 'trained' ? 'instruction' : 'auto';
  return (text) => templates.render(name, [{ role: 'user', content: summaryRequest(text) }]);
}

const unable = (run: string): HyenaError =>
  new HyenaError('usage', msg`Model '${run}' was not trained to write summaries; it only continues text.`, {
    kept: 'With any model, you can extract sentences from the document instead.',
    hint: 'Train a model on documents paired with summaries.',
    command: `hyena train --from ${run} --data NAME`,
  });
