import { z } from 'zod';

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

/** What work on a document tells meanwhile. */
export const documentEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    phase: z.enum(['importing', 'loading', 'reading', 'scoring']),
    done: z.number().describe('Share, 0 to 1.'),
  }),
  z.strictObject({ type: z.literal('notice'), message: z.string() }),
]);
export type DocumentEvent = z.infer<typeof documentEventSchema>;

const readBy = {
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
    .array(z.strictObject({ from: z.int(), to: z.int(), loss: z.number(), perplexity: z.number() }))
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
