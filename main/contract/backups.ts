import { z } from 'zod';

/** A backup of a library: one zip file with the folders of its items, and a manifest with a checksum of every file. */
const count = z.int().min(0);

/** The folders of a library that a backup holds, each with one folder per item. */
export const backupShelves = ['runs', 'datasets', 'documents', 'chats'] as const;
export type BackupShelf = (typeof backupShelves)[number];

/** `hyena-library.json` of a backup; written last, so that a truncated file has none. */
export const backupManifestSchema = z.strictObject({
  format: z.literal(1),
  program: z.string().describe('Version of the program that wrote it.'),
  created: z.iso.datetime(),
  files: z.array(
    z.strictObject({ name: z.string().min(1).max(4096), bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

const shelfCounts = z.strictObject({ runs: count, datasets: count, documents: count, chats: count });
export type ShelfCounts = z.infer<typeof shelfCounts>;

/** What a backup was made of. */
export interface BackupResult {
  /** Path of the backup. */
  readonly file: string;
  /** Size of the backup. */
  readonly bytes: number;
  readonly files: number;
  readonly items: ShelfCounts;
}

/** What is in a backup, compared with a library. */
export const backupContentsSchema = z.strictObject({
  created: z.iso.datetime(),
  bytes: count.describe('Size of the files once restored, in bytes.'),
  items: shelfCounts,
  present: shelfCounts.describe('Items that the library has already; they would not be changed.'),
  names: z
    .strictObject({ runs: z.array(z.string()), datasets: z.array(z.string()) })
    .describe('Names of those already present.'),
});
export type BackupContents = z.infer<typeof backupContentsSchema>;

/** What restoring a backup has added to a library. */
export interface RestoreResult {
  /** Folder of the library. */
  readonly folder: string;
  readonly restored: ShelfCounts;
  /** Items that were there already and are unchanged. */
  readonly present: ShelfCounts;
  readonly names: BackupContents['names'];
}

/** Progress of a backup or of restoring one, in bytes. */
export interface BackupProgress {
  readonly phase: 'backup' | 'restore';
  readonly done: number;
  readonly total: number;
}
