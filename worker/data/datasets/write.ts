import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import type { SourceFile } from '../../../main/library/datasets/files.ts';
import { FILES_FILE, RECORD_FILE, SOURCES_FILE, TOKENIZER_FILE } from '../../../main/library/datasets/layout.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import type { TextSource } from './gather.ts';

/** Writes the tokenizer of a data set. @returns what its record says of it */
export async function writeTokenizer(folder: string, tokenizer: Tokenizer): Promise<DatasetRecord['tokenizer']> {
  const text = `${JSON.stringify(tokenizer.toJSON())}\n`;
  await writeFlushed(join(folder, TOKENIZER_FILE), text);
  const { name, vocabularySize, endOfText } = tokenizer;
  return { name, vocabularySize, endOfText, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Writes where the documents of a data set come from, one a line. */
export const writeSources = (folder: string, sources: readonly TextSource[]): Promise<void> =>
  writeLines(join(folder, SOURCES_FILE), sources);

/** Writes which files were read, and how they were then, one a line. */
export const writeFiles = (folder: string, files: readonly SourceFile[]): Promise<void> =>
  writeLines(join(folder, FILES_FILE), files);

async function writeLines(path: string, lines: readonly object[]): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    for (let start = 0; start < lines.length; start += 1000)
      await handle.write(
        lines
          .slice(start, start + 1000)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      );
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function writeRecord(folder: string, record: DatasetRecord): Promise<void> {
  await writeFlushed(join(folder, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

async function writeFlushed(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx', flush: true });
}
