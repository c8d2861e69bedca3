import { msg, toEnglish } from '../../../contract/message.ts';
import { HyenaError } from '../../../contract/errors.ts';
import type { QuestionEvaluation } from '../../../contract/lab/question-evaluation.ts';
import type { Host } from '../../../host/host.ts';
import { ProgressBar } from '../bar.ts';
import { follow } from '../context.ts';
import { formatCount, formatNumber, formatSeconds } from '../format.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';

export const questionsHelp = {
  title: 'Questions about texts, with a model or, without a run, by words alone',
  file: "JSON in SQuAD's form (data, paragraphs, qas, answers; is_impossible of SQuAD 2)",
  measures:
    'how often the first sentence and passage hold the answer, MRR@10, recall@5, exact match and F1 of the chosen words; ' +
    'each paragraph alone, and all as one document',
};

/** Answers the questions of a file. @param run null: without a model */
export async function evaluateQuestions(
  host: Host,
  output: Output,
  run: string | null,
  { file, device, limit }: { file?: string; device: string; limit?: number },
): Promise<void> {
  if (file === undefined)
    throw new HyenaError('usage', msg`The evaluation ${'questions'} needs a file: ${questionsHelp.file}.`, {
      command: 'hyena eval --task questions --file PATH',
    });
  const bar = new ProgressBar(output);
  try {
    const result = await follow(host.models.evaluateQuestions(run, { file, limit }, device), output, (event) => {
      if (event.type === 'notice') return bar.note(toEnglish(event.message));
      bar.update({ share: event.done / Math.max(1, event.total), secondsLeft: null, parts: ['questions'] });
    });
    bar.stop();
    output.record(result);
    print(output, result);
  } finally {
    bar.stop();
  }
}

const percent = (value: number | null): string => (value === null ? '' : formatNumber(100 * value, 1));

function print(output: Output, result: QuestionEvaluation): void {
  printPairs(output, [
    ['model', result.run === null ? 'none' : `${result.run}, step ${formatCount(result.step!)}`],
    ['file', result.source],
    ['questions', formatCount(result.questions)],
    ['not in text', result.impossible > 0 ? formatCount(result.impossible) : ''],
    ['time', formatSeconds(result.seconds)],
  ]);
  output.line();
  type Row = QuestionEvaluation['scores'][number];
  const column = (title: string, value: (row: Row) => number | null) => ({
    title,
    value: (row: Row) => percent(value(row)),
    align: 'right' as const,
  });
  printTable<Row>(
    output,
    [
      { title: 'text', value: ({ text }) => text },
      { title: 'by', value: ({ method }) => method },
      column('sentence', ({ sentence }) => sentence.first),
      column('MRR@10', ({ sentence }) => sentence.mrr10),
      column('recall@5', ({ sentence }) => sentence.recall5),
      column('passage', ({ passage }) => passage.first),
      column('MRR@10', ({ passage }) => passage.mrr10),
      column('exact', ({ exactMatch }) => exactMatch),
      column('F1', ({ f1 }) => f1),
      ...(result.impossible > 0 ? [column('absence', ({ absence }) => absence)] : []),
    ],
    result.scores,
  );
  if (result.run !== null) return;
  output.line();
  printTable<Row>(
    output,
    [
      { title: 'text', value: ({ text }) => text },
      column('doubted', ({ doubted }) => doubted!.answerable),
      ...(result.impossible > 0 ? [column('of those not in text', ({ doubted }) => doubted!.others)] : []),
    ],
    result.scores,
  );
}
