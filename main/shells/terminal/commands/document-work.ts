import type { Command } from 'commander';
import type { Citation, DocumentEvent, DocumentRecord } from '../../../contract/documents.ts';
import { toEnglish } from '../../../contract/message.ts';
import type { Host } from '../../../host/host.ts';
import type { Task } from '../../../host/job-task.ts';
import { ProgressBar } from '../bar.ts';
import { follow } from '../context.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';

/** How a verb's work on a document is requested. */
export interface WorkOptions {
  run?: string;
  device: string;
  json?: boolean;
}

const phases: Record<Extract<DocumentEvent, { type: 'progress' }>['phase'], string> = {
  importing: 'importing',
  loading: 'loading the model',
  reading: 'prefill',
  scoring: 'scoring',
  writing: 'generating',
};

/** Waits for work on a document and shows how it goes. */
export async function watch<Result>(task: Task<DocumentEvent, Result>, output: Output): Promise<Result> {
  const bar = new ProgressBar(output);
  try {
    return await follow(task, output, (event) => {
      if (event.type === 'notice') return bar.note(toEnglish(event.message));
      if (event.type !== 'progress') return;
      const share = event.phase === 'importing' || event.phase === 'loading' ? null : event.done;
      bar.update({ share, secondsLeft: null, parts: [phases[event.phase]] });
    });
  } finally {
    bar.stop();
  }
}

/** The document that a name or a path means; a file is imported first. */
export async function documentOf(host: Host, name: string, output: Output): Promise<DocumentRecord> {
  return (await host.documents.find(name)) ?? (await watch(host.documents.import(name), output));
}

/** A stretch of a document and where it is. */
export const cited = ({ text, place }: Citation): string => `${printable(text)}\n  — ${printable(place.label)}`;

/** What every verb with a model takes. */
export function modelOptions(command: Command): Command {
  return command
    .option('--run <run>', 'the model (default: the last trained one)')
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object');
}
