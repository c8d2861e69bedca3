import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Columns } from '../contract/columns.ts';
import type { DatasetExport, DatasetFiles, DatasetRecord } from '../contract/datasets.ts';
import { HyenaError } from '../contract/errors.ts';
import { isFileTask, taskSettings, type TaskName } from '../contract/lab/tasks.ts';
import { msg, type Message } from '../contract/message.ts';
import { suggest } from '../contract/similar-names.ts';
import { datasetFiles } from '../library/datasets/files.ts';
import { FileMemo } from '../library/files/file-memo.ts';
import { writeFileAtomic } from '../library/files/atomic.ts';
import { datasetFolder, RECORD_FILE } from '../library/datasets/layout.ts';
import { renameDataset, requireIdle, runsOf, updateDataset } from '../library/datasets/manage.ts';
import { listDatasets, loadRecord, removeDataset } from '../library/datasets/library.ts';
import { listRuns } from '../library/runs/run-folder.ts';
import type { StartJob } from '../workers/start-job.ts';
import { datasetText } from './export/dataset-text.ts';
import { plainTask, startTask, type JobTask, type Task } from './job-task.ts';
import { itemFolder, itemName, newItemName } from './library.ts';
import { moveToSystemTrash } from './system-trash.ts';

export interface NewDataset {
  name: string;
  /** Files and folders; relative ones from the working folder of this process. */
  paths: string[];
  /** How a person knows each path; as it is given otherwise. */
  names?: string[];
  /** `bytes`, `characters`, `gpt2`, `bpe:SIZE`, or the path of a tokenizer.json. */
  tokenizer: string;
  /** Share of the text kept for validation. */
  validation: number;
  /** Column or key that holds the text; null: found by itself. */
  field: string | null;
  /** Columns that are put together instead. */
  columns?: Columns | null;
}

/** Data sets: text that has been read, split and turned into tokens. */
export class Datasets {
  readonly #library: string;
  readonly #startJob: StartJob;
  readonly #records = new FileMemo<DatasetRecord>();

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
  }

  add({
    name,
    paths,
    names = paths,
    tokenizer,
    validation,
    field,
    columns = null,
  }: NewDataset): JobTask<'add-dataset'> {
    const checkedName = newItemName('datasets', name);
    if (field !== null && columns !== null)
      throw new HyenaError('usage', 'Choose either one text column, or columns that are put together.');
    const isFile = !/^(bytes|characters|gpt2|bpe(:.*)?)$/.test(tokenizer);
    return startTask(this.#startJob, {
      kind: 'add-dataset',
      library: this.#library,
      name: checkedName,
      paths: paths.map((one) => path.resolve(one)),
      names,
      tokenizer: isFile ? path.resolve(tokenizer) : tokenizer,
      validation,
      field,
      columns,
    });
  }

  /**
   * Reads the files of a data set again, as they were read before; or others in their place, with the same settings. The
   * data set stays as it is until the new one is whole; runs that were trained on other text keep theirs.
   *
   * @throws HyenaError `not-found` if a file or folder that was chosen is not there any more, `locked` while a run
   *   trains on it, `bad-input` for rows that were generated
   */
  async reread(
    name: string,
    files?: { readonly paths: string[]; readonly names: string[] },
  ): Promise<JobTask<'add-dataset'>> {
    const record = await this.get(name);
    const { tokenizer, validation, field, columns } = record.request;
    const { paths, names } = files ?? record.request;
    if (record.task !== null || paths.length === 0)
      throw new HyenaError('bad-input', msg`Data set '${record.name}' was generated; it has no files.`);
    requireIdle(record.name, await runsOf(this.#library, record.name));
    const missing = paths.filter((one) => !existsSync(one));
    if (missing.length > 0)
      throw new HyenaError(
        'not-found',
        msg`${missing.length} of the chosen {0|one: files is|other: files are} no longer there: ${missing.map((one) => names?.[paths.indexOf(one)] ?? one).join(', ')}.`,
        { kept: 'The data set is unchanged.', hint: 'Put the files back, or add the files as a new data set.' },
      );
    return startTask(this.#startJob, {
      ...{ kind: 'add-dataset', library: this.#library, name: record.name, replace: true },
      ...{ paths, names: names ?? paths, tokenizer, validation, field, columns },
    });
  }

  /** The files of a data set with their sizes, and which have changed or gone since. */
  async files(name: string): Promise<DatasetFiles> {
    return datasetFiles(this.#library, await this.get(name));
  }

  /** @throws HyenaError `already-exists`, `locked` while a run trains on it */
  async rename(name: string, to: string): Promise<DatasetRecord> {
    await this.get(name);
    return await renameDataset(this.#library, name, newItemName('datasets', to));
  }

  async tag(name: string, tags: readonly string[]): Promise<DatasetRecord> {
    await this.get(name);
    return await updateDataset(this.#library, name, { tags: [...new Set(tags)] });
  }

  /**
   * Writes the text of a data set into a new file.
   *
   * @throws HyenaError `already-exists` if there is a file, `bad-input` for rows that were generated
   */
  export(
    name: string,
    { to, file }: { to: DatasetExport; file: string },
  ): Task<Message, { file: string; bytes: number }> {
    const target = path.resolve(file);
    const stopped = new HyenaError('interrupted', 'The export was cancelled.', { kept: 'Nothing was written.' });
    return plainTask(async (_, signal) => {
      const record = await this.get(name);
      if (record.task !== null)
        throw new HyenaError('bad-input', msg`Data set '${record.name}' was generated; it has no text.`);
      if (existsSync(target))
        throw new HyenaError('already-exists', msg`The file ${target} already exists.`, {
          kept: 'Nothing was written.',
          hint: 'Choose another file.',
        });
      await mkdir(path.dirname(target), { recursive: true });
      const { bytes } = await writeFileAtomic(target, datasetText(this.#library, record.name, to, signal));
      return { file: target, bytes };
    }, stopped);
  }

  /**
   * Makes a data set of the rows of a task.
   *
   * @param file the folder of a task that is read from files
   * @throws HyenaError `configuration` for settings that the task does not have, `usage` for a folder that is missing, or
   *   that the task does not take
   */
  addTask(
    name: string,
    task: TaskName,
    settings: Readonly<Record<string, unknown>>,
    file?: string,
  ): JobTask<'build-task'> {
    if (isFileTask(task) && file === undefined)
      throw new HyenaError('usage', msg`The task ${task} is read from files.`, {
        kept: 'No data set was created.',
        command: `hyena data generate ${task} --name ${name} --file FOLDER`,
      });
    if (!isFileTask(task) && file !== undefined)
      throw new HyenaError('usage', msg`The task ${task} is generated; it takes no files.`, {
        kept: 'No data set was created.',
      });
    return startTask(this.#startJob, {
      kind: 'build-task',
      library: this.#library,
      name: newItemName('datasets', name),
      task,
      settings: taskSettings(task, settings),
      file: file === undefined ? null : path.resolve(file),
    });
  }

  /** All data sets by name, and what is wrong with those that cannot be read. */
  async list(): Promise<{ datasets: DatasetRecord[]; damaged: { name: string; message: string }[] }> {
    const listed = await listDatasets(this.#library, (name) => {
      const file = path.join(datasetFolder(this.#library, name), RECORD_FILE);
      return this.#records.get(name, [file], () => loadRecord(this.#library, name));
    });
    this.#records.keep(listed.datasets.map(({ name }) => name));
    return listed;
  }

  /** Throws a HyenaError `not-found` with the names that are near, or `damaged`. */
  async get(name: string): Promise<DatasetRecord> {
    itemFolder(this.#library, 'datasets', name);
    try {
      return await loadRecord(this.#library, name);
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (error.code !== 'not-found') throw error;
      const names = (await this.list()).datasets.map((dataset) => dataset.name);
      const hint =
        suggest(name, names) ??
        (names.length > 0 ? msg`Available data sets: ${names.join(', ')}.` : 'Add files to create it.');
      const command = names.length === 0 ? `hyena data add PATH --name ${name}` : undefined;
      throw new HyenaError('not-found', error.messages.message, { hint, command, cause: thrown });
    }
  }

  /**
   * Moves a data set to the system's trash, or deletes it permanently.
   *
   * @throws HyenaError `locked` while a run that uses it is being trained, `not-found` if there is none,
   *   `bad-input` where the system has no trash
   */
  async remove(name: string, { permanently = false } = {}): Promise<void> {
    const folder = itemFolder(this.#library, 'datasets', name);
    const { runs } = await listRuns(this.#library);
    const stored = itemName(this.#library, 'datasets', name);
    const user = runs.find(({ owner, configuration }) => owner !== null && configuration.dataset === stored);
    if (user) {
      throw new HyenaError('locked', msg`Run '${user.name}' is training on data set '${name}'.`, {
        kept: msg`Nothing was removed from ${folder}.`,
        hint: 'Stop the run first.',
      });
    }
    if (permanently) return await removeDataset(this.#library, name);
    await this.get(name).catch((thrown: unknown) => {
      // A damaged data set can be removed all the same.
      if (HyenaError.from(thrown).code !== 'damaged') throw thrown;
    });
    await moveToSystemTrash(folder);
  }
}
