import { z } from 'zod';
import type { ModelKind } from './conversation.ts';
import { datasetNames, existingName, newName } from './names.ts';
import { messageSchema } from './message.ts';

/** What is written about a data set in `datasets/<name>/dataset.json`, and what `hyena data list|show` tell. */
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const splitNameSchema = z.enum(['train', 'validation']);
export type SplitName = z.infer<typeof splitNameSchema>;

export const datasetNameSchema = existingName(datasetNames);
export const newDatasetNameSchema = newName(datasetNames);

const storedFileSchema = z.strictObject({ file: z.string(), bytes: count, sha256 });
export type StoredFile = z.infer<typeof storedFileSchema>;

const splitSchema = z.strictObject({
  documents: count.describe('Documents with text in this split; a document that is split between both counts in both.'),
  tokens: count.describe('Number of tokens, including separators between documents.'),
  learnedTokens: count.describe('Tokens that count in the loss: all except the questions of chats.'),
  bytes: count.describe('Bytes of UTF-8 text, excluding separators.'),
  shards: z.array(storedFileSchema.extend({ tokens: count })),
  masks: z.array(storedFileSchema).describe('One byte per token, 1: counts in the loss; empty if every token does.'),
  index: storedFileSchema.describe('Two 64-bit numbers per document: its first token and its line in sources.jsonl.'),
});
export type DatasetSplit = z.infer<typeof splitSchema>;

export const datasetProblemSchema = z.strictObject({
  source: z.string().describe('File, and the place within it if known.'),
  message: messageSchema.describe('What was wrong and how it was handled.'),
  severity: z.enum(['note', 'partly-read', 'skipped']),
});
export type DatasetProblem = z.infer<typeof datasetProblemSchema>;

export const datasetRecordSchema = z.strictObject({
  version: z.literal(1),
  name: datasetNameSchema,
  created: z.iso.datetime(),
  /** What was requested, so that it can be repeated. */
  request: z.strictObject({
    paths: z.array(z.string()).describe('Absolute paths.'),
    tokenizer: z.string(),
    validation: z.number(),
    field: z.string().nullable(),
  }),
  tokenizer: z.strictObject({
    name: z.string(),
    vocabularySize: z.int().min(2),
    endOfText: z.int().nullable().describe('Token id that separates documents.'),
    sha256: sha256.describe('Checksum of tokenizer.json.'),
  }),
  dtype: z.enum(['uint16', 'uint32']).describe('Little-endian type of the ids in the shards.'),
  splits: z.strictObject({ train: splitSchema, validation: splitSchema }),
  statistics: z.strictObject({
    files: count.describe('Files read, including those in archives.'),
    sourceBytes: count.describe('Size of the source files on disk, in bytes.'),
    documents: count.describe('Number of documents, excluding duplicates.'),
    duplicates: count.describe('Documents removed because the same text was added before.'),
    duplicateBytes: count,
    summaries: count.default(0).describe('Documents with a summary to train on.'),
    tokens: count.describe('Tokens of text, excluding separators.'),
    bytes: count.describe('Bytes of UTF-8 text.'),
    bytesPerToken: z.number(),
    distinctTokens: count.describe('Number of distinct token ids.'),
    frequentTokens: z.array(z.strictObject({ id: count, text: z.string(), count, share: z.number() })),
    longestDocument: z.strictObject({ source: z.string(), tokens: count, bytes: count }).nullable(),
    documentLengths: z
      .array(z.strictObject({ from: count, to: count, documents: count }))
      .describe('Histogram of tokens per document by powers of two; from inclusive, to exclusive.'),
  }),
  problems: z.array(datasetProblemSchema),
  problemCount: count.describe('Number of all issues; the list above is truncated if there are very many.'),
});
export type DatasetRecord = z.infer<typeof datasetRecordSchema>;

/** Chats have questions that do not count in the loss; in raw text every token does. */
export const kindOfData = ({ splits: { train } }: DatasetRecord): ModelKind =>
  train.learnedTokens < train.tokens ? 'chats' : 'text';

/** A token as it is drawn. */
export const shownTokenSchema = z.strictObject({
  id: z.int(),
  text: z.string(),
  bytes: z
    .string()
    .optional()
    .describe(
      'Bytes in hexadecimal, if the token starts or ends within a character; its neighbours then have them too.',
    ),
});
export type ShownToken = z.infer<typeof shownTokenSchema>;

/** The beginning of some documents, as read and as tokens. */
export const datasetPreviewSchema = z.strictObject({
  name: z.string(),
  documents: z.array(
    z.strictObject({
      split: splitNameSchema,
      source: z.string(),
      tokenCount: count,
      text: z.string(),
      tokens: z.array(shownTokenSchema.extend({ learned: z.boolean() })),
      truncated: z.boolean(),
    }),
  ),
});
export type DatasetPreview = z.infer<typeof datasetPreviewSchema>;
