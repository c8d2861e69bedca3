import { z } from 'zod';
import { grantSchema } from '../../../main/contract/grants.ts';
import { columnDraftSchema } from './column-choice.svelte.ts';

/** What was chosen for a data set that is not made yet. */
const draftSchema = z.object({
  grants: z.array(grantSchema).max(1000),
  name: z.string(),
  named: z.boolean().default(true).describe('Whether a person gave the name; else it is that of the files.'),
  tokenizer: z.string().nullable(),
  validation: z.number().min(0).max(30),
  field: z.string(),
  columns: columnDraftSchema.optional(),
});
export type DataDraft = z.infer<typeof draftSchema>;

const pendingSchema = z.object({ task: z.string(), draft: draftSchema, time: z.number() });
/** An addition under way, and what it began with. */
export type PendingAddition = z.infer<typeof pendingSchema>;

const keptSchema = z.object({ draft: draftSchema.nullable(), pending: z.array(pendingSchema).max(100) });
type Kept = z.infer<typeof keptSchema>;

export interface DraftStorage {
  /** Null where nothing is kept that can be read. */
  read(): Kept | null;
  write(saved: { draft: DataDraft | null; pending: readonly PendingAddition[] }): void;
}

const draftKey = 'hyena-studio.add-data';

/** Survives a reload; of this browser alone, as the files are chosen here. */
export function draftStorage(): DraftStorage {
  return {
    read: () => {
      try {
        const saved = keptSchema.safeParse(JSON.parse(localStorage.getItem(draftKey) ?? 'null'));
        return saved.success ? saved.data : null;
      } catch {
        return null;
      }
    },
    write: (saved) => {
      try {
        localStorage.setItem(draftKey, JSON.stringify(saved));
      } catch {
        // Where nothing can be kept, the choices last as long as the window.
      }
    },
  };
}
