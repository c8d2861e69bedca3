import { z } from 'zod';
import { messageSchema } from './message-schema.ts';

/**
 * What a document is on disk: `<library>/documents/<id>/document.json` (the record below), `text.txt` (its text, UTF-8),
 * `places.json`, and `states/` (what a model keeps of having read it). The id comes from the file's content, so the same
 * file is kept once. Offsets count UTF-16 units of the text, as JavaScript's strings do.
 */
export const placeSchema = z.strictObject({
  kind: z.enum(['page', 'chapter', 'heading']),
  label: z.string(),
  level: z.int().min(1).describe('Heading level, 1 for the outermost.'),
  offset: z.int().min(0),
});
export type DocumentPlace = z.infer<typeof placeSchema>;

export const documentIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits');

export const documentRecordSchema = z.strictObject({
  format: z.literal(1),
  id: documentIdSchema,
  title: z.string(),
  source: z.string().describe('Name of the imported file.'),
  added: z.iso.datetime(),
  bytes: z.int().describe('Size of the file, bytes.'),
  sha256: z.string().describe('Checksum of the file.'),
  characters: z.int().describe('Length of the text in UTF-16 units.'),
  words: z.int(),
  places: z.strictObject({ pages: z.int(), chapters: z.int(), headings: z.int() }),
  problems: z.array(messageSchema).describe('Parts of the file that could not be read.'),
});
export type DocumentRecord = z.infer<typeof documentRecordSchema>;

/** A stretch of a document, and where it is for a person. */
const citationShape = {
  text: z.string(),
  start: z.int(),
  end: z.int().describe('End, exclusive.'),
  place: z.strictObject({
    page: z.string().nullable(),
    chapter: z.string().nullable(),
    heading: z.string().nullable(),
    /** For a person: `chapter 3 'The Spouter-Inn', page 14`. */
    label: z.string(),
  }),
};
export type Citation = z.infer<z.ZodObject<typeof citationShape>>;

/** A part of a document that a summary is written of: as much of a section as the model reads at once. */
export const writtenPartShape = {
  section: z.string().nullable().describe('Label of the chapter or heading that it belongs to.'),
  start: z.int(),
  end: z.int().describe('End, exclusive.'),
  place: citationShape.place,
};

/** What the writing of a summary reports: a part, then its text as it comes, whole characters. */
export const writtenEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('part'), ...writtenPartShape }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
]);
export type WrittenEvent = z.infer<typeof writtenEventSchema>;

/** What work on a document reports meanwhile. */
export const documentEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    phase: z.enum(['importing', 'loading', 'reading', 'scoring', 'writing']),
    done: z.number().describe('Fraction done, 0 to 1.'),
  }),
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  ...writtenEventSchema.options,
]);
export type DocumentEvent = z.infer<typeof documentEventSchema>;

export const readBy = {
  document: documentRecordSchema,
  run: z.string(),
  step: z.int().describe('Step of the checkpoint used.'),
  device: z.string(),
  seconds: z.number(),
};

/** The training length of models for which it does not end the context; entries of older chats lack it. */
export const trainedSchema = z
  .int()
  .nullable()
  .default(null)
  .describe('For models that read any length: the length of their training sequences, tokens; otherwise null.');

/** How much of a document a model's context holds. */
const contextSchema = z.strictObject({
  limit: z.int().describe('Maximum length of a text for the model, tokens.'),
  trained: trainedSchema,
  tokens: z.int().describe('Tokens of the whole document.'),
  from: z.int().describe('First prefilled token.'),
  used: z.int().describe('Number of prefilled tokens.'),
  start: z.int().describe('Start of the prefilled part in the text.'),
  end: z.int(),
});

/** What reading a document gives: where the model stood, how well it predicted, and where it was surprised. */
export const readResultSchema = z.strictObject({
  ...readBy,
  context: contextSchema,
  reused: z.int().describe('Tokens taken from the cached prefix.'),
  loss: z.number().nullable().describe('Mean cross entropy, nats per token; null if a cached prefix was opened.'),
  perplexity: z.number().nullable(),
  byPosition: z
    .array(z.strictObject({ from: z.int(), to: z.int(), loss: z.number(), perplexity: z.number().nullable() }))
    .describe('Loss by position in the context, in intervals of doubling length; falls if the model uses its context.'),
  surprises: z
    .array(z.strictObject({ ...citationShape, loss: z.number().describe('Nats per token.') }))
    .describe('Sentences with the highest loss.'),
  stateMiB: z.number().describe('Size of the cached prefix, MiB.'),
});
export type ReadResult = z.infer<typeof readResultSchema>;

/** What a question finds. */
export const askResultSchema = z.strictObject({
  ...readBy,
  question: z.string(),
  kind: z.literal('find').describe('A raw-text model finds passages; it cannot answer questions.'),
  note: z.string(),
  passages: z.array(
    z.strictObject({
      ...citationShape,
      score: z.number().describe('Combined score, 0 to 1.'),
      lexical: z.number().describe('Score of the sentence below by its words.'),
      gain: z.number().describe("Increase of the question's log-likelihood given the passage, nats per token."),
      sentence: z
        .strictObject({ text: z.string(), start: z.int(), end: z.int() })
        .describe('The sentence of the passage that most likely answers the question.'),
    }),
  ),
});
export type AskResult = z.infer<typeof askResultSchema>;

export const summaryResultSchema = z.strictObject({
  ...readBy,
  kind: z.literal('extract').describe('Sentences of the document, in their order.'),
  sentences: z.array(
    z.strictObject({
      ...citationShape,
      section: z.string().nullable(),
      score: z.number(),
      gain: z.number().describe('Decrease of the loss of the rest given the sentence, nats per token.'),
    }),
  ),
});
export type SummaryResult = z.infer<typeof summaryResultSchema>;

/**
 * A document as a window opens it: its places, and where its text can be cut so that blocks of lines show as the whole
 * does. Block i begins at `starts[i]` and ends where the next one begins.
 */
const documentOutlineSchema = z.strictObject({
  record: documentRecordSchema,
  places: z.array(placeSchema),
  blocks: z.strictObject({
    starts: z.array(z.int().min(0)),
    lines: z.array(z.int().min(1)).describe('Lines of each block at about 68 characters per line.'),
  }),
  hardWrapped: z.boolean().describe('Whether lines end at the page width instead of at paragraphs.'),
  bytes: z.int().describe('Size of the text in UTF-8, bytes.'),
});
export type DocumentOutline = z.infer<typeof documentOutlineSchema>;

/** Where a reader is in a document: on the first line that is seen. Kept beside the document, in `reading.json`. */
export const readingPlaceSchema = z.strictObject({
  offset: z.int().min(0).describe("Position in the text of the line's first character."),
  fraction: z
    .number()
    .min(-1)
    .max(1)
    .describe('Fraction of the line above the visible area; negative: it starts below the top.'),
});
export type ReadingPlace = z.infer<typeof readingPlaceSchema>;

/** A passage that a person keeps, with or without a note. Kept beside the document, in `notes.json`. */
export const keptNoteSchema = z
  .strictObject({
    id: z.uuid(),
    start: z.int().min(0),
    end: z.int().min(0).describe('End, exclusive.'),
    text: z.string().max(20_000).describe('The passage, as it stands in the text.'),
    note: z.string().max(100_000).describe('What the person wrote about it.'),
    made: z.iso.datetime(),
  })
  .refine(({ start, end }) => start < end, 'is not a valid range');
export type KeptNote = z.infer<typeof keptNoteSchema>;
/** In the order of the text. */
export const keptNotesSchema = z.array(keptNoteSchema).max(100_000);

/** An outline, and where the document was last read. */
export const openedDocumentSchema = documentOutlineSchema.extend({
  reading: readingPlaceSchema.nullable().optional(),
  pdf: z.int().nullable().optional().describe('Size of the stored PDF, bytes; null if the document has none.'),
});

/** Most bytes of a PDF that a window is given at once. */
export const longestPdfRange = 1 << 20;

/** Most text that a window is given at once. */
export const longestRange = 1 << 18;

export const documentRangeSchema = z.strictObject({ start: z.int(), end: z.int(), text: z.string() });

/** How much of a document a model's context holds. */
export const documentFitSchema = z.strictObject({
  run: z.string(),
  limit: z.int().describe('Maximum length of a text for the model, tokens.'),
  trained: trainedSchema,
  tokens: z.int().describe('Tokens of the whole document.'),
  exact: z.boolean().describe("False: estimated from the run's own data."),
  characters: z.int().describe('Approximate number of characters that fit into the context; at most all of them.'),
});
export type DocumentFit = z.infer<typeof documentFitSchema>;

const stretchSchema = z.strictObject({
  start: z.int(),
  end: z.int(),
  loss: z.number().describe('Mean loss, nats per token.'),
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
  step: z.int().describe('Step of the checkpoint used.'),
  identity: z.string().describe('Checksum of the weights used.'),
  device: z.string(),
  made: z.iso.datetime(),
  seconds: z.number(),
  start: z.int().describe('Start of the part in the text.'),
  end: z.int(),
  complete: z.boolean().describe('False: stopped early, at `end`.'),
  tokens: z.int(),
  words: z.int(),
  loss: z.number().describe('Mean loss, nats per token.'),
  perplexity: z.number().nullable().describe('Perplexity; null if it overflows.'),
  bitsPerByte: z.number(),
  window: z.strictObject({
    length: z.int().describe('Tokens per window.'),
    known: z.int().describe('Minimum number of tokens of context for every token after the first window.'),
    seams: z.array(z.int()).describe('Positions in the text where the next window starts.'),
  }),
  scale: z.array(z.number()).length(5).describe('Percentiles of nats per word: 50, 75, 90, 95 and 99.'),
  strip: z.array(stretchSchema).describe('The whole part in intervals of equal length.'),
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
    .describe('Loss by position in the window, over all windows.'),
  peaks: z.array(z.strictObject({ ...citationShape, loss: z.number().describe('Nats per token.') })),
});
export type SurpriseMap = z.infer<typeof surpriseMapSchema>;

/** Words of a map, one value of each column a word. A word owns the space before it. */
export const surpriseWordsSchema = z.strictObject({
  start: z.array(z.int()),
  end: z.array(z.int()),
  loss: z.array(z.number()).describe('Sum over its tokens, nats.'),
  tokens: z.array(z.int()),
});
export type SurpriseWords = z.infer<typeof surpriseWordsSchema>;
