import mammoth from 'mammoth';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { Archive } from './archive.ts';
import { HtmlText } from './html-text.ts';
import { memoryInput, readAll, type Input } from './input.ts';
import type { ReadContext, ReaderEvent } from './reader.ts';

const LARGEST_FILE = 1 << 28;
/** Larger parts than this are no text that anyone wrote. */
const LARGEST_PART = 1 << 27;

/** A Word document: its text, its headings as places. */
export async function* readDocx(input: Input, { signal }: ReadContext): AsyncGenerator<ReaderEvent> {
  const bytes = await readAll(input, LARGEST_FILE);
  await checkParts(memoryInput(input.name, bytes, input.depth), signal);
  const { value } = await mammoth
    .convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    )
    .catch((error: unknown) => {
      throw new HyenaError('bad-input', told`The Word document is damaged: ${said(error)}.`, { cause: error });
    });
  signal.throwIfAborted();
  const html = new HtmlText();
  const events = [...html.push(value), ...html.end()];
  if (events.length === 0) throw new HyenaError('bad-input', 'The Word document has no text.');
  const title = events.find((event) => event.type === 'place');
  yield { type: 'document', source: input.name, title: title?.type === 'place' ? title.label : undefined };
  yield* events;
  yield { type: 'end' };
}

/** Unpacks every part of text once, within bounds, before the library does so without any. */
async function checkParts(input: Input, signal: AbortSignal): Promise<void> {
  const archive = await Archive.open(input);
  try {
    if (!archive.names.some((name) => name.endsWith('document.xml') || name === '[Content_Types].xml'))
      throw new HyenaError('bad-input', 'It is not a Word document.');
    for (const name of archive.names) {
      let length = 0;
      for await (const piece of archive.entry(name).stream()) {
        length += piece.length;
        signal.throwIfAborted();
        if (length > LARGEST_PART)
          throw new HyenaError('bad-input', told`Its part ${name} is larger than ${LARGEST_PART >> 20} MiB.`);
      }
    }
  } finally {
    archive.close();
  }
}
