import { z } from 'zod';
import type { ModelKind } from './conversation.ts';
import { messageShape, english, told } from './told.ts';

/** What is written about a data set in `datasets/<name>/dataset.json`, and what `hyena data list|show` tell. */
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const splitNameSchema = z.enum(['train', 'validation']);
export type SplitName = z.infer<typeof splitNameSchema>;

/** A name is one folder's name on every system. */
export const datasetNameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u,
    english(told`must start with a letter, digit or underscore, then also dots, dashes and spaces`),
  )
  .refine((name) => !/[. ]$/.test(name), english(told`must not end with a dot or a space`))
  .refine((name) => !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name), english(told`is reserved by Windows`));

const storedFileSchema = z.strictObject({ file: z.string(), bytes: count, sha256 });
export type StoredFile = z.infer<typeof storedFileSchema>;

const splitSchema = z.strictObject({
  documents: count.describe('Documents with text in this split; one that is cut in two counts in both.'),
  tokens: count.describe('Tokens, separators between documents included.'),
  learnedTokens: count.describe('Tokens that count in the loss: all of them but the questions of chats.'),
  bytes: count.describe('Bytes of UTF-8 text, without separators.'),
  shards: z.array(storedFileSchema.extend({ tokens: count })),
  masks: z.array(storedFileSchema).describe('A byte a token, 1: counts in the loss; empty where every token does.'),
  index: storedFileSchema.describe('Two 64-bit numbers a document: its first token, its line in sources.jsonl.'),
});
export type DatasetSplit = z.infer<typeof splitSchema>;

export const datasetProblemSchema = z.strictObject({
  source: z.string().describe('The file, and the place within it where that is known.'),
  message: messageShape.message.describe('What was wrong, and what was done about it.'),
  told: messageShape.told,
  severity: z.enum(['note', 'partly-read', 'skipped']),
});
export type DatasetProblem = z.infer<typeof datasetProblemSchema>;

export const datasetRecordSchema = z.strictObject({
  version: z.literal(1),
  name: datasetNameSchema,
  created: z.iso.datetime(),
  /** What was asked for, so that it can be repeated. */
  request: z.strictObject({
    paths: z.array(z.string()).describe('Absolute.'),
    tokenizer: z.string(),
    validation: z.number(),
    field: z.string().nullable(),
  }),
  tokenizer: z.strictObject({
    name: z.string(),
    vocabularySize: z.int().min(2),
    endOfText: z.int().nullable().describe('The id between documents.'),
    sha256: sha256.describe('Of tokenizer.json.'),
  }),
  dtype: z.enum(['uint16', 'uint32']).describe('Little-endian ids in the shards.'),
  splits: z.strictObject({ train: splitSchema, validation: splitSchema }),
  statistics: z.strictObject({
    files: count.describe('Files read, those within archives included.'),
    sourceBytes: count.describe('Bytes of the files as they lie on disk.'),
    documents: count.describe('Without duplicates.'),
    duplicates: count.describe('Documents dropped because the same text was there before.'),
    duplicateBytes: count,
    summaries: count.default(0).describe('Documents of which a summary is learned.'),
    tokens: count.describe('Tokens of text, without separators.'),
    bytes: count.describe('Bytes of UTF-8 text.'),
    bytesPerToken: z.number(),
    distinctTokens: count.describe('Ids of the vocabulary that occur.'),
    frequentTokens: z.array(z.strictObject({ id: count, text: z.string(), count, share: z.number() })),
    longestDocument: z.strictObject({ source: z.string(), tokens: count, bytes: count }).nullable(),
    documentLengths: z
      .array(z.strictObject({ from: count, to: count, documents: count }))
      .describe('Histogram of tokens a document, from inclusive to exclusive, by powers of two.'),
  }),
  problems: z.array(datasetProblemSchema),
  problemCount: count.describe('All of them; the list above is cut short where there are very many.'),
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
      'In hexadecimal digits, where it begins or ends within a character; then its neighbours have theirs too.',
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
