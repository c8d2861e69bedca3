import { setTimeout as sleep } from 'node:timers/promises';
import type { AskResult, DocumentEvent, SummaryResult, SurpriseMap } from '../../main/contract/documents.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { byBestSentence } from '../../main/contract/logic/reading/answering.ts';
import { lexicalCandidates, passageCharacters } from '../../main/contract/logic/reading/lexical.ts';
import { passagesOf, PlaceFinder, type LongText } from '../../main/contract/logic/reading/segments.ts';
import type { WrittenPart, WrittenSummary } from '../../main/contract/written-summary.ts';
import { bytesTokenizer } from '../../main/library/tokenizers/bytes.ts';
import { mapName, saveMap } from '../../main/library/documents/map-files.ts';
import { readDocument } from '../../main/library/documents/store.ts';
import { summarise } from '../../worker/documents/summarise.ts';
import { fittingParts } from '../../worker/documents/written-parts.ts';
import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import { LossByPosition, Surprise } from '../../worker/documents/surprise.ts';

type DocumentJob = Extract<Job, { kind: 'ask-document' | 'summarise-document' | 'write-summary' | 'map-document' }>;

/** Work on a document without a model: places, sentences and words are the real ones, only the losses are made up. */
export async function doDocumentJob(
  job: DocumentJob,
  emit: (event: unknown) => void,
  signal: AbortSignal,
  pace: number,
): Promise<AskResult | SummaryResult | SurpriseMap | WrittenSummary> {
  const { record, text, places } = await readDocument(job.library, job.document);
  const by = { document: record, run: job.run, step: 100, device: 'native', seconds: 1.5 };
  const go = async (phase: 'loading' | 'reading' | 'scoring') => {
    for (let done = 0; done <= 10; done++) {
      emit({ type: 'progress', phase, done: done / 10 } satisfies DocumentEvent);
      await sleep(pace);
      if (signal.aborted) throw new HyenaError('interrupted', 'The job was asked to stop.');
    }
  };
  const finder = new PlaceFinder(places);
  switch (job.kind) {
    case 'ask-document': {
      await go('scoring');
      const passages = passagesOf(text, places, passageCharacters);
      const words = lexicalCandidates(text, passages, job.question, job.passages);
      const found = byBestSentence(
        text,
        words.map(({ passage }) => passages[passage]),
        job.question,
      );
      const result = found.map(({ lexical, sentence, ...passage }, index) => ({
        ...finder.cite(text, passage),
        ...{ score: 1 - index / found.length, lexical, sentence },
        gain: 0.5 - index * 0.04,
      }));
      return { ...by, question: job.question, kind: 'find', note: 'It finds.', passages: result.reverse() };
    }
    case 'summarise-document': {
      await go('scoring');
      const losses = (pairs: readonly { before: string }[]) =>
        Promise.resolve(pairs.map(({ before }) => 3 - Math.min(1, before.length / 400)));
      const chosen = await summarise(text, places, job.sentences, losses, { by: job.by });
      const sentences = chosen.map(({ section, score, gain, ...segment }) => ({
        ...finder.cite(text, segment),
        ...{ section, score, gain },
      }));
      return { ...by, kind: 'extract', sentences };
    }
    case 'write-summary': {
      const messages = (event: DocumentEvent) => emit(event);
      const sections = fittingParts(text, places, bytesTokenizer, 20_000, { by: job.by });
      const parts: WrittenPart[] = [];
      for (const [index, { section, start, end }] of sections.entries()) {
        const shown = { section, start, end, place: finder.cite(text, { start, end }).place };
        const whole = `What comes to pass here fills ${end - start} letters, and ends well.`;
        messages({ type: 'part', ...shown });
        let output = '';
        for (const word of whole.match(/\S+\s*/g) ?? []) {
          if (signal.aborted) break;
          output += word;
          messages({ type: 'text', text: word });
          messages({
            type: 'progress',
            phase: 'writing',
            done: (index + output.length / whole.length) / sections.length,
          });
          await sleep(pace);
        }
        parts.push({ ...shown, text: output, tokens: 12, reason: signal.aborted ? 'stopped' : 'end' });
        if (signal.aborted) break;
      }
      return { ...by, kind: 'written', ability: 'trained', limit: 20_000, complete: !signal.aborted, parts };
    }
    case 'map-document': {
      await go('reading');
      const map = makeMap(text, job.start, job.end ?? text.length, finder, by, job);
      await saveMap(job.library, job.document, map.record, map.words);
      return map.record;
    }
  }
}

/** Every letter is a token; the rarer a letter, the higher its loss. */
function makeMap(
  text: LongText,
  start: number,
  end: number,
  finder: PlaceFinder,
  messages: { run: string; step: number; device: string; seconds: number },
  { document }: DocumentJob,
) {
  const surprise = new Surprise(text, start, end);
  const usual = ' etaoinshrdlu\n';
  for (const [index, letter] of text.slice(start, end).split('').entries()) {
    const at = start + index;
    const rarity = usual.indexOf(letter.toLowerCase());
    surprise.add(at, at + 1, at === start ? NaN : rarity < 0 ? 2.4 + Math.sin(at / 30_000) : 0.4 + rarity / 14);
  }
  surprise.end();
  const byPosition = new LossByPosition(512);
  for (let window = 0; window < 200; window++)
    byPosition.add(Float32Array.from({ length: 512 }, (_, index) => 1.4 + 2 / Math.sqrt(index + 1)));
  const length = 512;
  const seams = Array.from({ length: Math.floor((end - start) / 257) }, (_, index) => start + 257 * (index + 1));
  const record: SurpriseMap = {
    ...{
      format: 1,
      map: mapName(messages.run, start, end),
      document,
      run: messages.run,
      step: messages.step,
      identity: 'stand-in',
    },
    ...{
      device: messages.device,
      made: new Date().toISOString(),
      seconds: messages.seconds,
      start,
      end,
      complete: true,
    },
    ...{
      tokens: surprise.tokens,
      words: surprise.words.length,
      loss: surprise.loss,
      bitsPerByte: surprise.loss / Math.LN2,
    },
    ...{ perplexity: perplexityOf(surprise.loss), window: { length, known: 256, seams }, scale: surprise.scale() },
    ...{ strip: surprise.strip(), byPosition: byPosition.stretches() },
    peaks: surprise.peaks().map(({ loss, ...segment }) => ({ ...finder.cite(text, segment), loss })),
  };
  return { record, words: surprise.words };
}
