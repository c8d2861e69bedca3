import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { readJson, writeJson, type FileSummary } from '../files/atomic.ts';

/** `manifest.json`: what a checkpoint consists of, with checksums. It is written last. */
export const manifestFile = 'manifest.json';

/** The weights of a checkpoint. */
export const weightsFile = 'model.safetensors';
/** What stands in their place where only adapters are trained. */
export const adaptersFile = 'adapters.safetensors';
/** The weights that all adapters of a run belong to. */
export const basePath = (runFolder: string): string => join(runFolder, 'base.safetensors');

/** Without these a folder is not a checkpoint. */
export const requiredFiles = [
  'config.json',
  'generation_config.json',
  weightsFile,
  'tokenizer.json',
  'optimizer.safetensors',
  'state.json',
] as const;
/** What a model is without what it takes to resume its training. */
export const modelFiles = ['config.json', weightsFile, 'tokenizer.json'] as const;
export type CheckpointFile = (typeof requiredFiles)[number] | typeof adaptersFile;

/** These files, of a checkpoint with weights or with adapters. */
export const filesWith = <Name extends string>(
  files: readonly Name[],
  adapters: boolean,
): (Name | typeof adaptersFile)[] => files.map((name) => (adapters && name === weightsFile ? adaptersFile : name));

const summarySchema = z.strictObject({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifestSchema = z.strictObject({
  format: z.literal(1),
  step: z.int().min(0),
  weightsOnly: z.literal(true).optional().describe('Imported model without optimizer state.'),
  base: summarySchema.optional().describe('Of adapters: the weights that they belong to, beside the checkpoints.'),
  files: z.record(z.string().regex(/^[\w.-]+$/), summarySchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** @param base of adapters: the weights that they belong to */
export const makeManifest = (
  step: number,
  files: Record<string, FileSummary>,
  base: FileSummary | null = null,
): Manifest => ({ format: 1, step, ...(base && { base }), files });

/** What identifies the weights of a checkpoint: the checksum of their file, or of its files. @throws HyenaError `damaged` */
export async function weightsIdentity(folder: string): Promise<string> {
  const { files, base } = await readJson(join(folder, manifestFile), manifestSchema, msg`The manifest`);
  if (!base) return files[weightsFile].sha256;
  return createHash('sha256').update(base.sha256).update(files[adaptersFile].sha256).digest('hex');
}

/** Size and checksum of a file as it is. */
export async function summarise(path: string): Promise<FileSummary> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Writes the manifest of a model that has none: from here on its files are as they are now. */
export async function writeManifest(folder: string, step: number): Promise<void> {
  const files: Record<string, FileSummary> = {};
  for (const name of await readdir(folder)) files[name] = await summarise(join(folder, name));
  await writeJson(join(folder, manifestFile), { ...makeManifest(step, files), weightsOnly: true });
}

/**
 * Reads every file of a checkpoint and compares it with the manifest.
 *
 * @throws HyenaError `damaged` that names the file and what is wrong with it
 */
export async function verifyCheckpoint(folder: string): Promise<Manifest> {
  const damaged = (what: Message, cause?: unknown) =>
    new HyenaError('damaged', msg`Checkpoint ${folder} is damaged: ${what}.`, { cause });
  let manifest: Manifest;
  try {
    manifest = await readJson(join(folder, manifestFile), manifestSchema, msg`The manifest`);
  } catch (error) {
    throw damaged(msg`${manifestFile} is missing or unreadable`, error);
  }
  for (const name of filesWith(manifest.weightsOnly ? modelFiles : requiredFiles, manifest.base !== undefined))
    if (!(name in manifest.files)) throw damaged(msg`${manifestFile} does not list ${name}`);
  const base = basePath(dirname(dirname(folder)));
  const expectations = Object.entries(manifest.files).map(([name, expected]) => ({
    ...{ name, path: join(folder, name), expected },
  }));
  if (manifest.base) expectations.push({ name: base, path: base, expected: manifest.base });
  for (const { name, path, expected } of expectations) {
    let found: FileSummary;
    try {
      found = await summarise(path);
    } catch (error) {
      throw damaged(msg`${name} cannot be read (${messageOf(error)})`, error);
    }
    if (found.bytes !== expected.bytes)
      throw damaged(msg`${name} has ${found.bytes} bytes, expected ${expected.bytes}`);
    if (found.sha256 !== expected.sha256) throw damaged(msg`the checksum of ${name} does not match`);
  }
  return manifest;
}
