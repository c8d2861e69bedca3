import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { reportCsv } from '../../../contract/lab/experiment-export.ts';
import { reportHtml } from '../../../contract/lab/report-html.ts';
import type { Report } from '../../../contract/lab/reports.ts';
import { lab } from '../../../contract/messages/window/lab-en.ts';
import { msg } from '../../../contract/message.ts';
import { reportOf } from '../../../host/report.ts';
import { commandAction, type Context } from '../context.ts';

const formats: Readonly<Record<string, (report: Report) => string>> = {
  '.html': (report) => reportHtml(report, { locale: 'en', word: (word) => lab[`report.${word}`] }),
  '.csv': reportCsv,
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
};

export function addReport(command: Command, context: Context): void {
  command
    .argument('<names...>', 'a sweep or a race, or one or more runs to compare')
    .requiredOption('--to <file>', 'a file that ends with .html, .csv or .json; one that exists is replaced')
    .action(
      commandAction(async (names: string[], { to }: { to: string }) => {
        const ending = path.extname(to).toLowerCase();
        if (!Object.hasOwn(formats, ending))
          throw new HyenaError('usage', msg`${to} does not end with .html, .csv or .json.`);
        const report = await reportOf(await context.host(), names);
        await writeFile(to, formats[ending](report));
        context.output({}).note(`Wrote ${to}.`);
      }),
    );
}
