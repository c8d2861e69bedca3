import { z } from 'zod';
import { columnsSchema, type Columns } from '../../../main/contract/columns.ts';
import type { InspectedFile } from '../../../main/contract/views.ts';

/** How the text of a row is made: of one column, of a question and its answer, or by a template. */
export const columnDraftSchema = z.object({
  as: z.enum(['text', 'dialogue', 'template']).default('text'),
  prompt: z.string().default(''),
  reply: z.string().default(''),
  system: z.string().default(''),
  template: z.string().default(''),
});
export type ColumnDraft = z.infer<typeof columnDraftSchema>;
type Part = Exclude<keyof ColumnDraft, 'as'>;

export type FoundColumn = NonNullable<InspectedFile['available']>[number];

const usualNames = {
  prompt: /prompt|question|instruction|input|query|user|human|ask/i,
  reply: /reply|response|answer|completion|output|assistant|solution|target/i,
};

/** The columns of all files, each once, with an example of its values. */
export function availableColumns(files: readonly InspectedFile[]): FoundColumn[] {
  const byName = new Map<string, FoundColumn>();
  for (const { available } of files)
    for (const column of available ?? []) if (!byName.get(column.name)?.example) byName.set(column.name, column);
  return [...byName.values()];
}

/** What a person decides of the columns; `changed` is called with whether the person is still writing. */
export class ColumnChoice {
  #draft = $state.raw<ColumnDraft>(columnDraftSchema.parse({}));
  readonly #changed: (isWriting: boolean) => void;

  constructor(changed: (isWriting: boolean) => void) {
    this.#changed = changed;
  }

  get draft(): ColumnDraft {
    return this.#draft;
  }
  restore(draft: ColumnDraft): void {
    this.#draft = draft;
  }
  clear(): void {
    this.#draft = columnDraftSchema.parse({});
  }

  /** What is put together; null for one column, or if the choice is not complete. */
  get columns(): Columns | null {
    const { as, prompt, reply, system, template } = this.#draft;
    if (as === 'text') return null;
    const value = as === 'template' ? { template } : { prompt, reply, system: system === '' ? null : system };
    return columnsSchema.safeParse(value).data ?? null;
  }
  get complete(): boolean {
    return this.#draft.as === 'text' || this.columns !== null;
  }

  set(part: Part, value: string): void {
    this.#draft = { ...this.#draft, [part]: value };
    this.#changed(part === 'template');
  }

  /** Another way; what it needs is suggested from the columns there are. */
  choose(as: ColumnDraft['as'], available: readonly FoundColumn[]): void {
    const names = available.map(({ name }) => name);
    const find = (pattern: RegExp, not: string) => names.find((name) => name !== not && pattern.test(name));
    const draft = { ...this.#draft, as };
    if (as === 'dialogue') {
      if (draft.prompt === '') draft.prompt = find(usualNames.prompt, '') ?? names[0] ?? '';
      if (draft.reply === '')
        draft.reply = find(usualNames.reply, draft.prompt) ?? names.find((name) => name !== draft.prompt) ?? '';
    }
    if (as === 'template' && draft.template === '')
      draft.template = names
        .slice(0, 2)
        .map((name) => `{${name}}`)
        .join('\n\n');
    this.#draft = draft;
    this.#changed(false);
  }
}
