import { open, type FileHandle } from 'node:fs/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { trackWidth } from '../../main/contract/sequences.ts';
import { tokenLabel } from '../../main/library/tokenizers/shown-tokens.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';

/** What is known of each token of a record. */
export interface PositionScores {
  readonly record: string;
  /** Of a track: one for each token. */
  readonly letters: string;
  readonly ids: Int32Array;
  /** NaN where there is none. */
  readonly logProbabilities: Float32Array;
  /** Of both strands each for itself; null: only one was scored. */
  readonly strands: { readonly forward: Float32Array; readonly reverse: Float32Array } | null;
  /** ln p of each base, `[tokens, columns]`; empty if not wanted. */
  readonly columns: Float32Array;
}

/** Text is written in pieces of about this many characters. */
const pieceLength = 1 << 16;
/** Writes what is known of each token, record by record. */
export interface PositionFile {
  /** @returns the number of the record's first row */
  write(scores: PositionScores): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a file for the likelihood of each position: `tsv` and `json` (lines) for a person or another program, `track` for the
 * window, rows of {@link trackWidth} floats.
 *
 * @throws HyenaError `disk-full`, or the system's error
 */
export async function openPositionFile(
  path: string,
  format: 'tsv' | 'json' | 'track',
  { tokenizer, bothStrands }: { tokenizer: Tokenizer; bothStrands: boolean },
): Promise<PositionFile> {
  const handle = await open(path, 'w').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  const write = format === 'track' ? trackWriter(handle) : lineWriter(handle, format, tokenizer);
  if (format === 'tsv') {
    const strands = bothStrands ? '\tforward\treverse' : '';
    await handle.write(`record\tposition\ttoken\tlog_probability${strands}\n`);
  }
  return { write, close: () => handle.close() };
}

function trackWriter(handle: FileHandle): PositionFile['write'] {
  let rows = 0;
  return async ({ letters, ids, logProbabilities, columns }) => {
    const first = rows;
    const values = new Float32Array(ids.length * trackWidth);
    for (let at = 0; at < ids.length; at++) {
      values[at * trackWidth] = logProbabilities[at];
      for (let column = 0; column < 4; column++) values[at * trackWidth + 1 + column] = columns[at * 4 + column];
      values[at * trackWidth + 5] = letters.charCodeAt(at);
    }
    rows += ids.length;
    await handle.write(new Uint8Array(values.buffer));
    return first;
  };
}

function lineWriter(handle: FileHandle, format: 'tsv' | 'json', tokenizer: Tokenizer): PositionFile['write'] {
  const labels = new Map<number, string>();
  let rows = 0;
  const labelOf = (id: number): string => {
    let label = labels.get(id);
    if (label === undefined) {
      label = tokenLabel(tokenizer, id);
      labels.set(id, label);
    }
    return label;
  };
  const number = (value: number): string => (Number.isNaN(value) ? 'NA' : value.toPrecision(7));
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const lineOf = ({ record, ids, logProbabilities, strands }: PositionScores, at: number): string => {
    const token = labelOf(ids[at]);
    if (format === 'json')
      return JSON.stringify({
        ...{ record, position: at + 1, token, log_probability: orNull(logProbabilities[at]) },
        ...(strands && { forward: orNull(strands.forward[at]), reverse: orNull(strands.reverse[at]) }),
      });
    // Tabs and line ends within a token would end its cell.
    const cell = /[\t\n\r]/.test(token) ? JSON.stringify(token) : token;
    const both = strands ? [number(strands.forward[at]), number(strands.reverse[at])] : [];
    return [record, String(at + 1), cell, number(logProbabilities[at]), ...both].join('\t');
  };
  return async (scores) => {
    const first = rows;
    rows += scores.ids.length;
    let piece = '';
    for (let at = 0; at < scores.ids.length; at++) {
      piece += `${lineOf(scores, at)}\n`;
      if (piece.length > pieceLength) {
        await handle.write(piece);
        piece = '';
      }
    }
    if (piece !== '') await handle.write(piece);
    return first;
  };
}
