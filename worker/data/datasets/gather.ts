import type { RowMapping } from '../../../main/contract/columns.ts';
import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import { msg } from '../../../main/contract/message.ts';
import { readFiles } from '../readers/read.ts';
import { bytesOf, problemOf } from '../readers/reader.ts';
import type { FoundFile } from '../readers/walk.ts';
import type { ProgressReporter } from './progress.ts';
import type { Spool } from './spool.ts';

/** Where documents came from: consecutive documents of one file share an entry. */
export interface TextSource {
  source: string;
  documents: number;
  bytes: number;
}

/** Problems as they come: all are counted, the first thousand are reported and kept. */
export class ProblemList {
  readonly problems: DatasetProblem[] = [];
  count = 0;
  private readonly tell: (problem: DatasetProblem) => void;

  constructor(emit: (problem: DatasetProblem) => void) {
    this.tell = emit;
  }

  add(event: DatasetProblem): void {
    const problem = problemOf(event);
    this.count++;
    if (this.problems.length === 1000) return;
    this.problems.push(problem);
    this.tell(problem);
  }
}

/** How often the event loop gets a turn, so that cancelling and progress come through. */
const BREATH_MILLISECONDS = 30;
let lastBreath = performance.now();

/** Lets other events be handled now and then, and throws where the job is cancelled. */
export async function yieldToEventLoop(signal: AbortSignal): Promise<void> {
  if (performance.now() - lastBreath < BREATH_MILLISECONDS) return;
  await new Promise<void>((resolve) => setImmediate(resolve));
  lastBreath = performance.now();
  signal.throwIfAborted();
}

/** Reads the files into the spool; returns the sources that its documents refer to, and how many teach a summary. */
export async function gatherDocuments(
  files: readonly FoundFile[],
  spool: Spool,
  options: { field: RowMapping | null; signal: AbortSignal; progress: ProgressReporter; problems: ProblemList },
): Promise<{ sources: TextSource[]; summaries: number }> {
  const { signal, progress, problems } = options;
  const sources: TextSource[] = [];
  let title: string | undefined;
  let summary = false;
  let summaries = 0;
  let written = 0;
  const events = readFiles(files, {
    options: { field: options.field },
    signal,
    onBytes: (bytes) => progress.advance(bytes),
  });
  for await (const event of events) {
    switch (event.type) {
      case 'document':
        if (sources.at(-1)?.source !== event.source) sources.push({ source: event.source, documents: 0, bytes: 0 });
        spool.begin(sources.length - 1);
        summary = event.summary ?? false;
        written = 0;
        title = event.title;
        break;
      case 'text': {
        const bytes = bytesOf(event.content);
        written += bytes.length;
        spool.write(bytes, event.learned ?? true);
        break;
      }
      case 'turn-end':
        spool.turnEnd();
        break;
      case 'end': {
        const source = sources.at(-1)!;
        if (spool.end()) {
          source.documents++;
          source.bytes += written;
          progress.documents++;
          if (summary) summaries++;
        } else if (written === 0) {
          const name = title === undefined ? source.source : `${source.source}, ${title}`;
          problems.add({ source: name, message: msg`Document without text.`, severity: 'skipped' });
        }
        break;
      }
      case 'problem':
        problems.add(event);
        break;
      case 'place':
      case 'columns':
      case 'rows':
        break;
    }
    await yieldToEventLoop(signal);
  }
  return { sources, summaries };
}
