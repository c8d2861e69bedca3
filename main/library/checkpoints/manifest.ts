import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { readJson, writeJson, type FileSummary } from '../files/atomic.ts';

/** `manifest.json`: what a checkpoint consists of, with checksums. It is written last. */
export const manifestFile = 'manifest.json';

/** Without these a folder is not a checkpoint. */
export const requiredFiles = [
  'config.json',
  'generation_config.json',
  'model.safetensors',
  'tokenizer.json',
  'optimizer.safetensors',
  'state.json',
] as const;
/** What a model is without what it takes to resume its training. */
export const modelFiles = ['config.json', 'model.safetensors', 'tokenizer.json'] as const;
export type CheckpointFile = (typeof requiredFiles)[number];

const manifestSchema = z.strictObject({
  format: z.literal(1),
  step: z.int().min(0),
  weightsOnly: z.literal(true).optional().describe('Imported model without optimizer state.'),
  files: z.record(
    z.string().regex(/^[\w.-]+$/),
    z.strictObject({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const makeManifest = (step: number, files: Record<string, FileSummary>): Manifest => ({
  format: 1,
  step,
  files,
});

/** What identifies the weights of a checkpoint: the checksum of their file. @throws HyenaError `damaged` */
export async function weightsIdentity(folder: string): Promise<string> {
  const { files } = await readJson(join(folder, manifestFile), manifestSchema, msg`The manifest`);
  return files['model.safetensors'].sha256;
}

async function summarise(path: string): Promise<FileSummary> {
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
  for (const name of manifest.weightsOnly ? modelFiles : requiredFiles)
    if (!(name in manifest.files)) throw damaged(msg`${manifestFile} does not list ${name}`);
  for (const [name, expected] of Object.entries(manifest.files)) {
    let found: FileSummary;
    try {
      found = await summarise(join(folder, name));
    } catch (error) {
      throw damaged(msg`${name} cannot be read (${messageOf(error)})`, error);
    }
    if (found.bytes !== expected.bytes)
      throw damaged(msg`${name} has ${found.bytes} bytes, expected ${expected.bytes}`);
    if (found.sha256 !== expected.sha256) throw damaged(msg`the checksum of ${name} does not match`);
  }
  return manifest;
}
