import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { variable } from '../../../main/library/environment.ts';
import { request } from '../../setup/network.ts';

/** A model on the hub, at a revision. */
export interface HubId {
  /** OWNER/NAME */
  readonly model: string;
  /** Null: the one that is known to be right, or main. */
  readonly revision: string | null;
}

/** A file of a model on the hub. */
export interface HubFile {
  readonly name: string;
  readonly bytes: number | null;
  /** Of large files alone. */
  readonly sha256: string | null;
}

/** What a model on the hub consists of. */
export interface HubModel {
  /** The commit that the revision means now. */
  readonly commit: string;
  readonly files: readonly HubFile[];
}

const listSchema = z.object({
  sha: z.string().regex(/^[\w.-]{1,64}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string().max(1024),
      size: z.int().min(0).nullish(),
      lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0).nullish() }).nullish(),
    }),
  ),
});

const standardHub = 'https://huggingface.co';

const hubAddress = (): string => (variable('HYENA_HUB') ?? standardHub).replace(/\/+$/, '');

/** The token of the user, for models that ask for one. */
export function authorization(): Record<string, string> {
  const token = variable('HF_TOKEN');
  return token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` };
}

const encoded = (text: string): string => text.split('/').map(encodeURIComponent).join('/');

/** Where a file can be fetched from. */
export const fileAddress = (model: string, commit: string, name: string): string =>
  `${hubAddress()}/${encoded(model)}/resolve/${encodeURIComponent(commit)}/${encoded(name)}`;

/** What a refusal of the hub means; null: try again later. */
export function refusal(model: string, status: number): HyenaError | null {
  const kept = 'Nothing was imported.';
  if (status === 401 || status === 403)
    return new HyenaError('unreachable', msg`${model} is not open to everyone, or does not exist (${status}).`, {
      kept,
      hint: 'Accept its terms on the page of the model, and store an access token of yours in the settings.',
      command: 'HF_TOKEN=TOKEN hyena import SOURCE',
    });
  if (status === 404)
    return new HyenaError('not-found', msg`The hub has no ${model}.`, {
      kept,
      hint: 'Check the name and the revision.',
    });
  // Too many requests, or a server in trouble: both pass.
  if (status === 429 || status >= 500) return null;
  return new HyenaError('unreachable', msg`The hub refused ${model}: ${status}.`, { kept });
}

/** How often the hub is asked, and how long it may say that one should wait, milliseconds. */
const attempts = 4;
const longestWait = 60_000;

/**
 * The files of a model on the hub.
 *
 * @throws HyenaError `not-found`, `unreachable`
 */
export async function listHubModel(
  model: string,
  revision: string,
  { signal, pauseMilliseconds = 1000 }: { signal: AbortSignal; pauseMilliseconds?: number },
): Promise<HubModel> {
  const url = `${hubAddress()}/api/models/${encoded(model)}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const unreachable = (cause: unknown) =>
    new HyenaError('unreachable', msg`The hub cannot be reached: ${messageOf(cause)}`, {
      kept: 'Nothing was imported.',
      hint: 'Check the connection, or import a folder that was downloaded by other means.',
      cause,
    });
  for (let attempt = 1; ; attempt++) {
    let wait = pauseMilliseconds * attempt;
    try {
      const response = await request(url, { headers: authorization(), signal });
      if (response.ok) return parsed(model, await response.json());
      const refused = refusal(model, response.status);
      if (refused) throw refused;
      const asked = Number(response.headers.get('retry-after'));
      if (asked > 0) wait = Math.min(longestWait, 1000 * asked);
      if (attempt >= attempts) throw unreachable(new Error(`${response.status}`));
    } catch (error) {
      if (error instanceof HyenaError || signal.aborted) throw error;
      if (attempt >= attempts) throw unreachable(error);
    }
    await delay(wait, undefined, { signal });
  }
}

function parsed(model: string, json: unknown): HubModel {
  const list = listSchema.safeParse(json);
  if (!list.success) throw new HyenaError('unreachable', msg`The hub's answer about ${model} cannot be read.`);
  return {
    commit: list.data.sha,
    // Models of these families have all of their files in one folder.
    files: list.data.siblings
      .filter(({ rfilename }) => !/[\\/]|^\./.test(rfilename))
      .map(({ rfilename, size, lfs }) => ({
        ...{ name: rfilename, bytes: lfs?.size ?? size ?? null, sha256: lfs?.sha256 ?? null },
      })),
  };
}
