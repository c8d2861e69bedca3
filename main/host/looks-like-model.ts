import { readdir, stat } from 'node:fs/promises';
import { openPromise } from 'yauzl';
import { planFile } from './export/torchrun-plan.ts';

const weights = /\.(?:safetensors|ckpt|pt|pth)(?:\.part\d+)?$|(?:^|\/)(?:pytorch_model[^/]*|model|weights)\.bin$/i;
/** Beside a configuration such a file holds weights; elsewhere it may be anything. */
const binary = /\.bin$/i;
/** Of runs and models that this program saved, and of what left to be trained elsewhere. */
const own = new Set(['run.json', planFile]);
/** A model is within the first entries of an archive; one of many texts is not read to its end. */
const mostEntries = 2000;

/**
 * Whether something that a person chose looks like a model rather than text: by the names of its files alone, none of
 * which is opened but the directory of a zip file.
 *
 * @param file that exists
 */
export async function looksLikeModel(file: string): Promise<boolean> {
  if ((await stat(file)).isDirectory()) {
    const names = await readdir(file);
    return (
      names.some((name) => weights.test(name) || own.has(name)) ||
      (names.includes('config.json') && names.some((name) => binary.test(name)))
    );
  }
  if (weights.test(file)) return true;
  return /\.zip$/i.test(file) && (await namesInZip(file)).some((name) => weights.test(name));
}

/** What cannot be read as an archive holds nothing. */
async function namesInZip(file: string): Promise<string[]> {
  const names: string[] = [];
  try {
    const archive = await openPromise(file, { lazyEntries: true, autoClose: false });
    try {
      for await (const { fileName } of archive.eachEntry()) {
        names.push(fileName);
        if (names.length >= mostEntries) break;
      }
    } finally {
      archive.close();
    }
  } catch {
    return names;
  }
  return names;
}
