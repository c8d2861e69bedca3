import { summaryRequest, type SummaryAbility } from '../../main/contract/conversation.ts';
import type { DocumentEvent } from '../../main/contract/documents.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { samplingSchema, type Job } from '../../main/contract/jobs.ts';
import { told } from '../../main/contract/told.ts';
import type { WrittenPart, WrittenSummary } from '../../main/contract/written-summary.ts';
import { encodePrompt } from '../generation/conversation.ts';
import { withDecoder, type TextReader } from '../generation/decoder.ts';
import { generate } from '../generation/generate.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import type { Prompt } from '../generation/templates.ts';
import type { JobContext } from '../job-context.ts';
import type { Text } from '../models/decoding/decoder.ts';
import { kindOfModel, summaryAbilityOf } from '../training/run-folder.ts';
import { openDesk, secondsSince } from './model-jobs.ts';
import { fittingParts, type FittingPart } from './written-parts.ts';

type WriteJob = Extract<Job, { kind: 'write-summary' }>;

const usualLength = 256;
/** Tokens of a prompt may become a few more where its pieces meet. */
const slack = 8;

/**
 * Has a model write a summary of a document: of all of it where that fits the context, else of one part after another.
 * The likeliest token each time, so that the same model says the same. Asked to stop it ends with what there is.
 *
 * @throws HyenaError `not-found`, `usage` where the model was trained to do no such thing, `bad-input` where its context
 *   is too short, `interrupted` before anything was written
 */
export async function runWrite(job: WriteJob, context: JobContext): Promise<WrittenSummary> {
  const { cancellation } = context;
  const emit = (event: DocumentEvent) => context.emit(event);
  const desk = await openDesk(job, context);
  const { document, model, tokenizer, checkpoint, places, record } = desk;
  const kind = await kindOfModel(job.library, record);
  const ability = await summaryAbilityOf({ kind, summaries: record.summaries }, checkpoint);
  if (ability === null) throw unable(job.run);
  const render = await renderer(ability, checkpoint, kind);
  const limit = model.config.l_max;
  const maxTokens = job.max_tokens ?? Math.max(1, Math.min(usualLength, limit >> 2));
  const room = limit - maxTokens - slack - encodePrompt(tokenizer, render('')).length;
  if (room < 1)
    throw new HyenaError(
      'bad-input',
      told`This model's context of ${limit} tokens has no room for a text and its summary.`,
      {
        hint: told`Ask for a shorter summary, or give the model a longer context: hyena extend ${job.run} --context N.`,
      },
    );
  const divided = { by: job.by, check: () => cancellation.check() };
  const parts = fittingParts(document.text, document.places, tokenizer, room, divided);
  if (parts.length === 0) throw new HyenaError('bad-input', 'There is nothing to summarise in this document.');
  const written: WrittenPart[] = [];
  const write = async (decoder: TextReader<Text>, part: FittingPart, index: number): Promise<boolean> => {
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
  return { ...desk.told, seconds: secondsSince(desk.began), kind: 'written', ability, limit, complete, parts: written };
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
  new HyenaError('usage', told`The model '${run}' was not trained to write summaries: it continues text.`, {
    kept: 'Sentences of the document itself can be chosen with any model.',
    hint: told`Train one on documents with their summaries (docs/data.md): hyena train --from ${run} --data NAME.`,
  });
