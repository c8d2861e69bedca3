import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { knownModel } from '../../../main/contract/imports/known-models.ts';
import type { ImportEvent } from '../../../main/contract/imports/plan.ts';
import { msg } from '../../../main/contract/message.ts';
import { downloadsFolder, removeOldDownloads } from '../../../main/library/downloads.ts';
import type { JobContext } from '../../process/job-context.ts';
import { download } from '../../setup/download.ts';
import { cachedSnapshot } from './cache.ts';
import { authorization, fileAddress, listHubModel, refusal, type HubFile, type HubId } from './repository.ts';

type Context = Pick<JobContext<ImportEvent>, 'emit' | 'signal' | 'heartbeat'>;

/** A model of the hub in a folder. */
interface FetchedModel {
  readonly path: string;
  /** It was imported: what was downloaded for that is no longer needed. */
  release(): Promise<void>;
}

/** `hf:OWNER/NAME` or `hf:OWNER/NAME@REVISION`; null for any other source. @throws HyenaError `usage` */
export function hubId(source: string): HubId | null {
  if (!source.startsWith('hf:')) return null;
  const [, model, revision = null] = /^hf:([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(source) ?? [];
  if (model === undefined || /(?:^|\/)\.{1,2}(?:\/|$)/.test(`${model}/${revision ?? ''}`))
    throw new HyenaError('usage', msg`'${source}' does not have the form hf:OWNER/NAME or hf:OWNER/NAME@REVISION.`);
  return { model, revision };
}

const weights = /\.(?:safetensors|ckpt|pt|pth|bin)(?:\.part\d+)?$/i;
const beside =
  /^(?:config\.json|.*\.ya?ml|tokenizer(?:_config)?\.json|special_tokens_map\.json|generation_config\.json|chat_template\.jinja|.*\.index\.json|licen[cs]e.*|notice.*)$/i;

/** The files that an import needs: of several formats the safe one. */
function wantedFiles(files: readonly HubFile[], withWeights: boolean): HubFile[] {
  const small = files.filter(({ name }) => beside.test(name));
  if (!withWeights) return small.filter(({ name }) => !name.endsWith('.index.json'));
  const all = files.filter(({ name }) => weights.test(name));
  const safe = all.filter(({ name }) => /\.safetensors$/i.test(name));
  const chosen = safe.length > 0 ? safe : all;
  return [...small.filter(({ name }) => safe.length === 0 || !name.endsWith('.bin.index.json')), ...chosen];
}

/**
 * Brings a model from the hub, or finds it where another program has kept it. What was downloaded before is taken up again;
 * large files are compared with their checksums.
 *
 * @param write whether its weights are wanted, too; otherwise what tells what it is
 * @returns null for a known model of which no file is wanted
 * @throws HyenaError `not-found`, `unreachable`, `damaged`, `interrupted`, `disk-full`
 */
export async function fetchFromHub(
  { model, revision }: HubId,
  library: string,
  write: boolean,
  { emit, signal, heartbeat }: Context,
): Promise<FetchedModel | null> {
  const known = knownModel(model);
  const wanted = revision ?? known?.revision ?? 'main';
  const cached = await cachedSnapshot(model, wanted);
  if (cached !== null) return { path: cached, release: () => Promise.resolve() };
  if (!write && known) return null;
  const { commit, files } = await listHubModel(model, wanted, { signal });
  const list = wantedFiles(files, write);
  if (write && !list.some(({ name }) => weights.test(name)))
    throw new HyenaError('bad-input', msg`No weights found in ${model}.`, { kept: 'Nothing was imported.' });
  // The last folder has the model's name, which the run gets.
  const place = join(downloadsFolder(library), `${model.replaceAll('/', '--')}@${commit}`);
  const path = join(place, model.slice(model.indexOf('/') + 1));
  await mkdir(path, { recursive: true });
  // What is taken up again is young.
  await utimes(place, new Date(), new Date());
  await removeOldDownloads(library);
  const total = list.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let before = 0;
  for (const { name, bytes, sha256 } of list) {
    await download(
      { url: fileAddress(model, commit, name), file: join(path, name), sha256, bytes },
      {
        ...{ signal, headers: authorization(), refused: (status) => refusal(model, status) },
        onProgress: (done) => {
          heartbeat();
          emit({ type: 'progress', stage: 'download', done: Math.min(before + done, total), total });
        },
      },
    );
    before += bytes ?? 0;
  }
  if (!list.some(({ name }) => /^config\.json$|\.ya?ml$/i.test(name)) && known)
    await writeFile(join(path, 'config.json'), JSON.stringify(known.config));
  return { path, release: () => rm(place, { recursive: true, force: true }) };
}
