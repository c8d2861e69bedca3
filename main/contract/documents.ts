import { z } from 'zod';
import { toldSchema, messageShape } from './told.ts';

/**
 * What a document is on disk: `<library>/documents/<id>/document.json` (the record below), `text.txt` (its text, UTF-8),
 * `places.json`, and `states/` (what a model keeps of having read it). The id comes from the file's content, so the same
 * file is kept once. Offsets count UTF-16 units of the text, as JavaScript's strings do.
 */
export const placeSchema = z.strictObject({
  kind: z.enum(['page', 'chapter', 'heading']),
  label: z.string(),
  level: z.int().min(1).describe('1 for the outermost.'),
  offset: z.int().min(0),
});
export type DocumentPlace = z.infer<typeof placeSchema>;

export const documentIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits');

export const documentRecordSchema = z.strictObject({
  format: z.literal(1),
  id: documentIdSchema,
  title: z.string(),
  source: z.string().describe('Name of the file that it was read from.'),
  added: z.iso.datetime(),
  bytes: z.int().describe('Of the file.'),
  sha256: z.string().describe('Of the file.'),
  characters: z.int().describe('UTF-16 units of the text.'),
  words: z.int(),
  places: z.strictObject({ pages: z.int(), chapters: z.int(), headings: z.int() }),
  problems: z.array(z.string()).describe('What could not be read of it.'),
  told: z.array(toldSchema).optional().describe('The problems, as they are translated.'),
});
export type DocumentRecord = z.infer<typeof documentRecordSchema>;

/** A stretch of a document, and where it is for a person. */
const citationShape = {
  text: z.string(),
  start: z.int(),
  end: z.int().describe('Exclusive.'),
  place: z.strictObject({
    page: z.string().nullable(),
    chapter: z.string().nullable(),
    heading: z.string().nullable(),
    /** For a person: `chapter 3 'The Spouter-Inn', page 14`. */
    label: z.string(),
  }),
};
export const citationSchema = z.strictObject(citationShape);
export type Citation = z.infer<typeof citationSchema>;

/** A part of a document that a summary is written of: as much of a section as the model reads at once. */
export const writtenPartShape = {
  section: z.string().nullable().describe('Label of the chapter or heading that it is of.'),
  start: z.int(),
  end: z.int().describe('Exclusive.'),
  place: citationShape.place,
};

/** What the writing of a summary tells: a part, then its text as it comes, whole characters. */
export const writtenEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('part'), ...writtenPartShape }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
]);
export type WrittenEvent = z.infer<typeof writtenEventSchema>;

/** What work on a document tells meanwhile. */
export const documentEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    phase: z.enum(['importing', 'loading', 'reading', 'scoring', 'writing']),
    done: z.number().describe('Share, 0 to 1.'),
  }),
  z.strictObject({ type: z.literal('notice'), ...messageShape }),
  ...writtenEventSchema.options,
]);
export type DocumentEvent = z.infer<typeof documentEventSchema>;

export const readBy = {
  document: documentRecordSchema,
  run: z.string(),
  step: z.int().describe('Of the checkpoint that read.'),
  device: z.string(),
  seconds: z.number(),
};

/** How much of a document a model's context holds. */
const contextSchema = z.strictObject({
  limit: z.int().describe('Tokens that the model can read at once.'),
  tokens: z.int().describe('Of the whole document.'),
  from: z.int().describe('First token that was read.'),
  used: z.int().describe('Tokens that were read.'),
  start: z.int().describe('Where the part that was read begins in the text.'),
  end: z.int(),
});

/** What reading a document gives: where the model stood, how well it predicted, and where it was surprised. */
export const readResultSchema = z.strictObject({
  ...readBy,
  context: contextSchema,
  reused: z.int().describe('Tokens whose reading was kept from before.'),
  loss: z.number().nullable().describe('Mean cross entropy of the tokens, nats; null where a kept reading was opened.'),
  perplexity: z.number().nullable(),
  byPosition: z
    .array(z.strictObject({ from: z.int(), to: z.int(), loss: z.number(), perplexity: z.number().nullable() }))
    .describe('By place in the context, in stretches of doubling length: falls where the model uses its context.'),
  surprises: z
    .array(z.strictObject({ ...citationShape, loss: z.number().describe('Nats a token.') }))
    .describe('The sentences that the model expected least.'),
  stateMiB: z.number().describe('What is kept, so that the document opens at once.'),
});
export type ReadResult = z.infer<typeof readResultSchema>;

/** What a question finds. */
export const askResultSchema = z.strictObject({
  ...readBy,
  question: z.string(),
  kind: z.literal('find').describe('A model of raw text does not answer; it finds.'),
  note: z.string(),
  passages: z.array(
    z.strictObject({
      ...citationShape,
      score: z.number().describe('Of both below, from 0 to 1.'),
      lexical: z.number().describe('Of the words that they share (BM25+).'),
      gain: z.number().describe('How much the passage raises the likelihood of the question, nats a token.'),
    }),
  ),
});
export type AskResult = z.infer<typeof askResultSchema>;

export const summaryResultSchema = z.strictObject({
  ...readBy,
  kind: z.literal('extract').describe('Sentences of the document itself, in its order.'),
  sentences: z.array(
    z.strictObject({
      ...citationShape,
      section: z.string().nullable(),
      score: z.number(),
      gain: z.number().describe('How much the sentence lowers the loss of the rest, nats a token.'),
    }),
  ),
});
export type SummaryResult = z.infer<typeof summaryResultSchema>;

export const documentListSchema = z.array(documentRecordSchema);

/**
 * A document as a window opens it: its places, and where its text can be cut so that blocks of lines show as the whole
 * does. Block i begins at `starts[i]` and ends where the next one begins.
 */
export const documentOutlineSchema = z.strictObject({
  record: documentRecordSchema,
  places: z.array(placeSchema),
  blocks: z.strictObject({
    starts: z.array(z.int().min(0)),
    lines: z.array(z.int().min(1)).describe('Of each block, where a line holds about 68 letters.'),
  }),
  hardWrapped: z.boolean().describe('Lines end where a page was full, not where a paragraph ends.'),
  bytes: z.int().describe('Of the text, as UTF-8.'),
});
export type DocumentOutline = z.infer<typeof documentOutlineSchema>;

/** Where a reader is in a document: on the first line that is seen. Kept beside the document, in `reading.json`. */
export const readingPlaceSchema = z.strictObject({
  offset: z.int().min(0).describe('First character of that line, in the text.'),
  fraction: z
    .number()
    .min(-1)
    .max(1)
    .describe('How much of the line lies above what is seen; less than 0: it begins below.'),
});
export type ReadingPlace = z.infer<typeof readingPlaceSchema>;

/** An outline, and where the document was last read. */
export const openedDocumentSchema = documentOutlineSchema.extend({ reading: readingPlaceSchema.nullable().optional() });

/** Most text that a window is given at once. */
export const longestRange = 1 << 18;

export const documentRangeSchema = z.strictObject({ start: z.int(), end: z.int(), text: z.string() });

/** How much of a document a model's context holds. */
export const documentFitSchema = z.strictObject({
  run: z.string(),
  limit: z.int().describe('Tokens that the model reads at once.'),
  tokens: z.int().describe('Of the whole document.'),
  exact: z.boolean().describe("False: estimated from the run's own data."),
  characters: z.int().describe('That fit at once, about; at most all of them.'),
});
export type DocumentFit = z.infer<typeof documentFitSchema>;

const stretchSchema = z.strictObject({
  start: z.int(),
  end: z.int(),
  loss: z.number().describe('Mean, nats a token.'),
});

/**
 * Where a document departs from what a model expects: the loss of every token of a part of it. Where the part is longer
 * than the context it is read in windows that overlap; each token counts once, as the window saw it that knew the most
 * of what goes before. `documents/<id>/maps/<map>/map.json`; beside it lie the losses of the words.
 */
export const surpriseMapSchema = z.strictObject({
  format: z.literal(1),
  map: z.string().regex(/^[0-9a-f]{16}$/),
  document: documentIdSchema,
  run: z.string(),
  step: z.int().describe('Of the checkpoint that read.'),
  identity: z.string().describe('Checksum of the weights that read.'),
  device: z.string(),
  made: z.iso.datetime(),
  seconds: z.number(),
  start: z.int().describe('Of the part, in the text.'),
  end: z.int(),
  complete: z.boolean().describe('False: it was stopped, and `end` is how far it came.'),
  tokens: z.int(),
  words: z.int(),
  loss: z.number().describe('Mean, nats a token.'),
  perplexity: z.number().nullable().describe('Null: beyond what a number can hold.'),
  bitsPerByte: z.number(),
  window: z.strictObject({
    length: z.int().describe('Tokens read at once.'),
    known: z.int().describe('Tokens before it that every token behind the first window is given, at least.'),
    seams: z.array(z.int()).describe('Where in the text the next window takes over.'),
  }),
  scale: z.array(z.number()).length(5).describe('Nats a word: half, three quarters, 9, 19 and 99 of 100 are below.'),
  strip: z.array(stretchSchema).describe('The whole part in stretches of like length.'),
  byPosition: z
    .array(
      z.strictObject({
        from: z.int(),
        to: z.int(),
        loss: z.number(),
        perplexity: z.number().nullable(),
        tokens: z.int(),
      }),
    )
    .describe('By place in the window, over all windows.'),
  peaks: z.array(z.strictObject({ ...citationShape, loss: z.number().describe('Nats a token.') })),
});
export type SurpriseMap = z.infer<typeof surpriseMapSchema>;

/** Words of a map, one value of each column a word. A word owns the space before it. */
export const surpriseWordsSchema = z.strictObject({
  start: z.array(z.int()),
  end: z.array(z.int()),
  loss: z.array(z.number()).describe('Of all its tokens together, nats.'),
  tokens: z.array(z.int()),
});
export type SurpriseWords = z.infer<typeof surpriseWordsSchema>;
