import { z } from 'zod';

/** What takes room in a library, by kind. */
const count = z.int().min(0);

export const storageKinds = [
  'runs', // records, metrics and samples
  'checkpoints',
  'imported', // published models, with their checkpoints
  'datasets',
  'documents',
  'chats',
  'exports',
  'backups',
  'devices', // what setting up devices installed
  'downloads',
  'caches',
  'trash',
  'other',
] as const;
export type StorageKind = (typeof storageKinds)[number];

/** Kinds that are downloaded or computed again when they are needed. */
export const renewableKinds: readonly StorageKind[] = ['downloads', 'caches'];

export const storageSchema = z.strictObject({
  parts: z.array(z.strictObject({ kind: z.enum(storageKinds), bytes: count, files: count })),
  bytes: count,
  disk: z
    .strictObject({ available: z.number(), total: z.number() })
    .nullable()
    .describe('Disk of the library, in bytes; null if the system does not report it.'),
});
export type Storage = z.infer<typeof storageSchema>;
