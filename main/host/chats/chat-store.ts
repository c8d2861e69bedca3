import { randomBytes } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  answerTokenSchema,
  chatIdSchema,
  messageIdSchema,
  type AnswerToken,
  type ChatChanges,
  type ChatEntry,
} from '../../contract/chats.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { readJson, writeJson } from '../../library/files/atomic.ts';
import { lockFolder, readOwner, type FolderLock } from '../../library/files/lock.ts';
import { ChatFile } from './chat-file.ts';
import { chatOf, type ChatRecord } from './chat-record.ts';

/** The chats of a library, as their files have them. What was read is kept until a file changes. */
export class ChatStore {
  readonly #shelf: string;
  readonly #known = new Map<string, { stamp: string; record: ChatRecord }>();
  readonly #files = new Map<string, ChatFile>();

  constructor(library: string) {
    this.#shelf = path.join(library, 'chats');
  }

  /** @returns the id of a new chat */
  async create(changes: ChatChanges): Promise<string> {
    const id = randomBytes(8).toString('hex');
    const time = new Date().toISOString();
    await this.#file(id).create([
      { type: 'chat', format: 1, id, time },
      { type: 'settings', changes, time },
    ]);
    return id;
  }

  /** @throws HyenaError `not-found`, `disk-full` */
  append(id: string, entries: readonly ChatEntry[], options?: { sync?: boolean }): Promise<void> {
    return this.#file(id).append(entries, options);
  }

  /**
   * Takes a chat for the answer that this process writes.
   *
   * @throws HyenaError `locked` where another process writes one, `not-found`
   */
  async lock(id: string): Promise<FolderLock> {
    const folder = path.dirname(this.#file(id).path);
    await this.get(id);
    return await lockFolder(folder, () => msg`Another window is generating an answer in this chat.`);
  }

  /** Whether another process writes an answer in a chat. */
  async isWrittenElsewhere(id: string): Promise<boolean> {
    const owner = await readOwner(path.dirname(this.#file(id).path));
    return owner !== null && !(owner.pid === process.pid && owner.host === hostname());
  }

  /** @throws HyenaError `not-found` */
  async get(id: string): Promise<ChatRecord> {
    const file = this.#file(id);
    const about = await stat(file.path, { bigint: true }).catch(() => null);
    const stamp = about ? `${about.size} ${about.mtimeNs} ${about.ino}` : '';
    const known = this.#known.get(id);
    if (known?.stamp === stamp && stamp !== '') return known.record;
    const { entries, problems } = await file.read();
    const record = chatOf(id, entries, problems);
    this.#known.set(id, { stamp, record });
    return record;
  }

  /** All chats, the one that changed last first, and what is wrong with those that cannot be read. */
  async list(): Promise<{ chats: ChatRecord[]; damaged: HyenaError[] }> {
    const names = await readdir(this.#shelf).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw HyenaError.from(error);
    });
    const ids = names.filter((name) => chatIdSchema.safeParse(name).success);
    for (const id of this.#known.keys()) if (!ids.includes(id)) this.#forget(id);
    const damaged: HyenaError[] = [];
    const read = ids.map((id) =>
      this.get(id).catch((error: unknown) => {
        damaged.push(HyenaError.from(error));
        return null;
      }),
    );
    const chats = (await Promise.all(read)).filter((chat) => chat !== null);
    chats.sort((a, b) => b.updated.localeCompare(a.updated) || a.id.localeCompare(b.id));
    return { chats, damaged };
  }

  #forget(id: string): void {
    this.#known.delete(id);
    this.#files.delete(id);
  }

  /** Keeps how the tokens of an answer were drawn. */
  async keepTokens(id: string, message: string, tokens: readonly AnswerToken[]): Promise<void> {
    const file = this.#tokensPath(id, message);
    await mkdir(path.dirname(file), { recursive: true });
    await writeJson(file, tokens);
  }

  /** Empty where nothing is kept of an answer. @throws HyenaError `damaged` */
  async tokens(id: string, message: string): Promise<AnswerToken[]> {
    try {
      return await readJson(this.#tokensPath(id, message), z.array(answerTokenSchema), msg`The tokens of the answer`);
    } catch (thrown) {
      if (HyenaError.from(thrown).code === 'not-found') return [];
      throw thrown;
    }
  }

  #tokensPath(id: string, message: string): string {
    return path.join(path.dirname(this.#file(id).path), 'tokens', `${messageIdSchema.parse(message)}.json`);
  }

  /** @throws HyenaError `usage` for what is not an id */
  #file(id: string): ChatFile {
    const checked = chatIdSchema.safeParse(id);
    if (!checked.success) throw new HyenaError('usage', msg`'${id}' is not a valid chat id.`);
    let file = this.#files.get(id);
    if (!file) this.#files.set(id, (file = new ChatFile(path.join(this.#shelf, checked.data))));
    return file;
  }
}
