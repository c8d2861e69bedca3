import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import {
  trackWidth,
  type ScoredRecord,
  type ScoredSet,
  type ScoredVariant,
  type ScoreEvent,
  type Track,
  type VariantEvent,
} from '../../contract/sequences.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { TaskView } from '../../contract/views.ts';
import { checkpointsFolder, listCheckpoints } from '../../library/checkpoints/checkpoint-folder.ts';
import { FileMemo } from '../../library/files/file-memo.ts';
import { readTokenizerFile } from '../../library/tokenizers/load.ts';
import type { WindowParts } from './window-parts.ts';

/** Sets that are kept to be looked at. */
const mostSets = 4;
/** Records whose names a window gets. */
const mostRecords = 1000;
/** Positions that are read at once. */
const positionsAtOnce = 1 << 18;

interface KeptSet {
  readonly set: ScoredSet;
  readonly folder: string;
  /** What was scored, to score its variants. */
  readonly source: { path: string; name: string };
  /** First row of each record in the track, and its rows. */
  readonly rows: readonly { offset: number; length: number }[];
}

/** What a window has scored, by its id; the newest few are kept, on disk and until the window's host ends. */
export class ScoredSequences {
  readonly #sets = new Map<string, KeptSet>();

  async add(kept: KeptSet): Promise<void> {
    this.#sets.set(kept.set.id, kept);
    for (const [id, { folder }] of this.#sets) {
      if (this.#sets.size <= mostSets) break;
      this.#sets.delete(id);
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** @throws HyenaError `not-found` for one that is not kept any longer */
  get(id: string): KeptSet {
    const kept = this.#sets.get(id);
    if (!kept)
      throw new HyenaError('not-found', 'These scores are no longer kept.', { hint: 'Score the sequences again.' });
    return kept;
  }

  async close(): Promise<void> {
    for (const { folder } of this.#sets.values()) await rm(folder, { recursive: true, force: true });
    this.#sets.clear();
  }
}

/** What an event says besides its kind. */
function withoutType<Event extends { type: string }>(event: Event): Omit<Event, 'type'> {
  const copy: Partial<Event> = { ...event };
  delete copy.type;
  return copy as Omit<Event, 'type'>;
}

const withProgress = (view: TaskView, event: ScoreEvent | VariantEvent): TaskView =>
  event.type === 'progress' ? { ...view, done: event.done, tokens: event.done } : view;

/** What a window asks of sequences. */
export function sequenceRequests(
  { host, grants, tasks }: Pick<WindowParts, 'host' | 'grants' | 'tasks'>,
  sets: ScoredSequences,
): RequestHandlersOf<'sequences'> {
  const letterModels = new FileMemo<boolean>();
  /** All checkpoints of a run have the same tokenizer; none is verified for it, which would read all of its weights. */
  const readsLetters = async ({ name, path: folder }: RunSummary): Promise<boolean> =>
    letterModels.get(name, [checkpointsFolder(folder)], async () => {
      const found = [...(await listCheckpoints(folder, 'best')), ...(await listCheckpoints(folder))];
      return found.length > 0 && (await isLetterTokenizer(path.join(found[0].path, 'tokenizer.json')));
    });
  return {
    'sequences.models': async () => {
      const { runs } = await host.runs.list();
      letterModels.keep(runs.map(({ name }) => name));
      const fit = await Promise.all(runs.map(readsLetters));
      return runs.filter((_, index) => fit[index]).map(({ name }) => name);
    },
    'sequences.score': async ({ task, run, source, strands }) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'hyena-scores-'));
      try {
        const text = path.join(folder, 'pasted.fa');
        if ('text' in source) await writeFile(text, source.text);
        const granted = 'grant' in source ? grants.named([source.grant]) : null;
        const file = { path: granted?.paths[0] ?? text, name: granted?.names[0] ?? path.basename(text) };
        const job = host.models.score(run, {
          ...{ paths: [file.path], names: [file.name], strands },
          output: { path: path.join(folder, 'track.bin'), format: 'track' },
        });
        const records: ScoredRecord[] = [];
        const rows: { offset: number; length: number }[] = [];
        const problems: ScoredSet['problems'] = [];
        const { result } = tasks.follow('score-sequences', file.name, job, withProgress, task);
        for await (const event of job.events.join()) {
          if (event.type === 'record' && records.length < mostRecords) {
            const { offset = 0, ...record } = withoutType(event);
            records.push(record);
            rows.push({ offset, length: record.tokens });
          } else if (event.type === 'problem' && problems.length < mostRecords) problems.push(withoutType(event));
          else if (event.type === 'notice')
            problems.push({ source: file.name, message: event.message, severity: 'note' });
        }
        const { records: count } = await result;
        const set: ScoredSet = { id: randomUUID(), run, strands, records, count, problems };
        await sets.add({ set, folder, source: file, rows });
        return set;
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    },
    'sequences.track': async ({ id, record, start, end, points }) => {
      const kept = sets.get(id);
      const row = kept.rows.at(record);
      if (!row) throw new HyenaError('not-found', 'These scores are no longer kept.');
      const last = Math.min(end, row.length);
      return await readTrack(path.join(kept.folder, 'track.bin'), row.offset, {
        start: Math.min(start, last),
        end: last,
        points,
      });
    },
    'sequences.variant': async ({ task, id, variant }) => {
      const { set, source } = sets.get(id);
      const job = host.models.variants(set.run, {
        ...{ paths: [source.path], names: [source.name], strands: set.strands, variants: [variant] },
      });
      const { result } = tasks.follow('score-variants', variant, job, withProgress, task);
      let found: ScoredVariant | null = null;
      for await (const event of job.events.join()) if (event.type === 'variant') found = withoutType(event);
      await result;
      if (found === null) throw new HyenaError('internal', 'The variant was not scored.');
      return found;
    },
  };
}

async function isLetterTokenizer(file: string): Promise<boolean> {
  const tokenizer = await readTokenizerFile(file, 'tokenizer').catch(() => null);
  const bases = 'ACGT';
  const ids = tokenizer?.encode(bases) ?? [];
  return new Set(ids).size === bases.length && tokenizer?.encode(`${bases}${bases}`).length === 2 * bases.length;
}

/** Points of a stretch of a track. */
async function readTrack(
  file: string,
  offset: number,
  { start, end, points }: { start: number; end: number; points: number },
): Promise<Track> {
  const step = Math.max(1, Math.ceil((end - start) / points));
  const count = Math.ceil((end - start) / step);
  const [sums, known, lowest] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count).fill(Infinity),
  ];
  let letters = '';
  const bases: number[][] = [];
  const handle = await open(file, 'r');
  try {
    for (let from = start; from < end; from += positionsAtOnce) {
      const rows = Math.min(positionsAtOnce, end - from);
      const values = new Float32Array(rows * trackWidth);
      await handle.read(new Uint8Array(values.buffer), 0, values.byteLength, (offset + from) * trackWidth * 4);
      for (let row = 0; row < rows; row++) {
        const at = row * trackWidth;
        const point = Math.floor((from + row - start) / step);
        if (!Number.isNaN(values[at])) {
          sums[point] += values[at];
          known[point]++;
          lowest[point] = Math.min(lowest[point], values[at]);
        }
        if (step > 1) continue;
        letters += String.fromCharCode(values[at + 5]);
        bases.push(Number.isNaN(values[at + 1]) ? [] : [1, 2, 3, 4].map((base) => Math.exp(values[at + base])));
      }
    }
  } finally {
    await handle.close();
  }
  const orNull = (values: Float64Array, of: (index: number) => number) =>
    Array.from(values, (_, index) => (known[index] > 0 ? of(index) : null));
  return {
    ...{ start, end, step, letters, bases },
    mean: orNull(sums, (index) => sums[index] / known[index]),
    lowest: orNull(lowest, (index) => lowest[index]),
  };
}
