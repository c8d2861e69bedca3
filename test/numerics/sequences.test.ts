import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reverseComplement } from '../../main/contract/logic/nucleotides.ts';
import type { ScoreEvent, VariantEvent } from '../../main/contract/sequences.ts';
import type { JobContext } from '../../worker/process/job-context.ts';
import { Cancellation } from '../../worker/process/cancellation.ts';
import { openDevice } from '../../worker/devices/index.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { alternativeLikelihoods, tokenScores } from '../../worker/sequences/likelihood.ts';
import { runScore } from '../../worker/sequences/score-job.ts';
import { runVariants } from '../../worker/sequences/variants-job.ts';
import { importModel } from './imports.ts';
import { lineageFolder } from './lineage.ts';
import { configurationOf, idsOf } from './models.ts';

/** Log-probabilities from the logits of the whole text at once. */
async function naive(model: LanguageModel, ids: Int32Array): Promise<Float64Array[]> {
  const { vocab_size: vocabulary } = model.config;
  const logits = await model.logits(ids, 1);
  return Array.from(ids, (_, at) => {
    const scores = Float64Array.from(logits.subarray(at * vocabulary, (at + 1) * vocabulary));
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    return scores.map((score) => score - total);
  });
}

const models: Record<string, Record<string, unknown>> = {
  'a hyena of order 3': { order: 3 },
  'a hybrid': { layers: 'hyena-li,attention,hyena-se', n_layer: 3, n_head: 2 },
};

describe.each(Object.keys(models))('the scores of %s', (name) => {
  let model: LanguageModel;
  beforeAll(async () => {
    const { device } = await openDevice('reference');
    model = LanguageModel.create(configurationOf(models[name]), device, 5);
  });
  afterAll(() => model.dispose());

  it('are those of the whole text', async () => {
    const rows = [idsOf(20), idsOf(7), idsOf(1), idsOf(0)];
    const scored = await tokenScores(model, rows, { columns: [1, 3] });
    for (const [index, ids] of rows.entries()) {
      const expected = ids.length > 0 ? await naive(model, ids) : [];
      expect(scored[index].logProbabilities.length).toBe(ids.length);
      if (ids.length > 0) expect(scored[index].logProbabilities[0]).toBeNaN();
      for (let at = 1; at < ids.length; at++) {
        expect(scored[index].logProbabilities[at]).toBeCloseTo(expected[at - 1][ids[at]], 4);
        expect(scored[index].columns[2 * at]).toBeCloseTo(expected[at - 1][1], 4);
        expect(scored[index].columns[2 * at + 1]).toBeCloseTo(expected[at - 1][3], 4);
      }
    }
    const plain = await tokenScores(model, rows);
    plain.forEach(({ logProbabilities }, index) =>
      logProbabilities.forEach((value, at) => {
        if (at > 0) expect(value).toBeCloseTo(scored[index].logProbabilities[at], 5);
      }),
    );
  });

  it('of alternatives that begin alike are those of each by itself', async () => {
    const base = idsOf(24);
    const other = base.slice();
    other[13] = (other[13] + 1) % model.config.vocab_size;
    const shorter = Int32Array.from([...base.subarray(0, 10), ...base.subarray(12)]);
    for (const rows of [
      [base, other],
      [base, shorter, other],
      [base, base],
      [base.slice(0, 5), base.slice(0, 4)],
    ]) {
      const found = await alternativeLikelihoods(model, rows);
      for (const [index, ids] of rows.entries()) {
        const expected = await naive(model, ids);
        let sum = 0;
        for (let at = 1; at < ids.length; at++) sum += expected[at - 1][ids[at]];
        expect(found[index]).toBeCloseTo(sum, 3);
      }
    }
  });
});

it('scores a text beyond the context in windows with half a context before', async () => {
  const { device } = await openDevice('reference');
  const model = LanguageModel.create(configurationOf({ l_max: 16 }), device, 5);
  const ids = idsOf(45);
  const [{ logProbabilities, columns }] = await tokenScores(model, [ids], { columns: [2] });
  // Each window scores the tokens up to the given one; the last is moved back.
  const windows = [
    { start: 0, last: 16 },
    { start: 9, last: 25 },
    { start: 18, last: 34 },
    { start: 27, last: 43 },
    { start: 28, last: 44 },
  ];
  for (let at = 1; at < ids.length; at++) {
    const { start } = windows.find(({ last }) => at <= last)!;
    const expected = (await naive(model, ids.slice(start, at))).at(-1)!;
    expect(logProbabilities[at]).toBeCloseTo(expected[ids[at]], 5);
    expect(columns[at]).toBeCloseTo(expected[2], 5);
  }
  model.dispose();
});

describe('a HyenaDNA', () => {
  let library: string;
  let run: string;
  const records = { first: 'ACGTACGGTCATTGCAACGT', second: 'TTTTNACGTAC' };
  const fasta = () => path.join(library, 'a.fa');
  beforeAll(async () => {
    library = await mkdtemp(path.join(tmpdir(), 'hyena-sequences-'));
    const imported = await importModel({ library, source: path.join(lineageFolder, 'hyenadna_hf') });
    run = imported.run!;
    await writeFile(
      fasta(),
      `>first one\n${records.first.slice(0, 9)}\n${records.first.slice(9)}\n>second\n${records.second}\n`,
    );
  });
  afterAll(() => rm(library, { recursive: true, force: true }));

  const context = <Event>(events: Event[]): JobContext<Event> => ({
    cancellation: new Cancellation(),
    signal: new AbortController().signal,
    emit: (event) => void events.push(event),
    onMessage: () => undefined,
    heartbeat: () => undefined,
    activeSeconds: () => 0,
  });
  const job = () => ({
    library,
    run,
    device: 'reference',
    paths: [fasta()],
    strands: 'forward' as const,
    output: null,
  });

  async function score(changes: Partial<Parameters<typeof runScore>[0]> = {}) {
    const events: ScoreEvent[] = [];
    const result = await runScore({ kind: 'score-sequences', ...job(), ...changes }, context(events));
    return { result, records: events.flatMap((event) => (event.type === 'record' ? [event] : [])), events };
  }
  async function variants(changes: Partial<Parameters<typeof runVariants>[0]>) {
    const events: VariantEvent[] = [];
    const base = { kind: 'score-variants' as const, library, run, device: 'reference', paths: [fasta()] };
    const all = { ...base, strands: 'forward' as const, variants: [], vcf: [], ...changes };
    const result = await runVariants(all, context(events));
    return { result, events, found: events.flatMap((event) => (event.type === 'variant' ? [event] : [])) };
  }

  it('scores records, by position too', async () => {
    const output = path.join(library, 'positions.tsv');
    const { result, records: found } = await score({ output: { path: output, format: 'tsv' } });
    expect(found.map(({ record, description, tokens, scored }) => ({ record, description, tokens, scored }))).toEqual([
      { record: 'first', description: 'one', tokens: 20, scored: 19 },
      { record: 'second', description: '', tokens: 11, scored: 10 },
    ]);
    expect(result).toMatchObject({ records: 2, tokens: 31, scored: 29, strands: 'forward' });
    const lines = (await readFile(output, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines[0]).toEqual(['record', 'position', 'token', 'log_probability']);
    expect(lines.length).toBe(32);
    expect(lines[1]).toEqual(['first', '1', 'A', 'NA']);
    expect(
      lines
        .slice(1, 21)
        .map(([, , token]) => token)
        .join(''),
    ).toBe(records.first);
    const sum = lines.slice(2, 21).reduce((all, [, , , value]) => all + Number(value), 0);
    expect(sum).toBeCloseTo(found[0].logLikelihood!, 3);
  });

  it('scores both strands: the mean of a sequence and of its other strand', async () => {
    const other = path.join(library, 'other.fa');
    await writeFile(other, `>first\n${reverseComplement(records.first)}\n`);
    const output = path.join(library, 'positions.jsonl');
    const [one, two, both] = [
      (await score()).records[0],
      (await score({ paths: [other] })).records[0],
      (await score({ strands: 'both', output: { path: output, format: 'json' } })).records[0],
    ];
    expect(both.logLikelihood).toBeCloseTo((one.logLikelihood! + two.logLikelihood!) / 2, 4);
    const rows = (await readFile(output, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    interface Row {
      log_probability: number;
      forward: number | null;
      reverse: number | null;
    }
    expect(rows[0].forward).toBeNull();
    expect(rows[0].log_probability).toBe(rows[0].reverse);
    expect(rows[19].reverse).toBeNull();
    expect(rows[5].log_probability).toBeCloseTo((rows[5].forward! + rows[5].reverse!) / 2, 5);
  });

  it('scores variants as the difference of whole windows', async () => {
    const { found, result } = await variants({ variants: ['first:10 C>T', 'second:5 ->A'], window: 12 });
    expect(result).toMatchObject({ scored: 2, skipped: 0, window: 12 });
    const sequence = records.first;
    const { start, end } = found[0];
    expect([start, end]).toEqual([5, 16]);
    for (const [allele, reported] of [
      ['C', found[0].refLogLikelihood],
      ['T', found[0].altLogLikelihood],
    ] as const) {
      const file = path.join(library, 'window.fa');
      await writeFile(file, `>w\n${sequence.slice(4, 9)}${allele}${sequence.slice(10, 16)}\n`);
      expect(reported).toBeCloseTo((await score({ paths: [file] })).records[0].logLikelihood!, 4);
    }
    expect(found[0].delta).toBeCloseTo(found[0].altLogLikelihood - found[0].refLogLikelihood, 10);
  });

  it('reads VCF, skips what does not fit, and names it', async () => {
    const vcf = path.join(library, 'a.vcf');
    await writeFile(
      vcf,
      [
        '#CHROM\tPOS\tID\tREF\tALT',
        'first\t10\trs7\tC\tT,G',
        'first\t10\t.\tG\tT',
        'none\t1\t.\tA\tC',
        'first\t99\t.\tA\tC',
      ].join('\n'),
    );
    const { found, result, events } = await variants({ vcf: [vcf], strands: 'both' });
    expect(found.map(({ alt, id }) => [alt, id])).toEqual([
      ['T', 'rs7'],
      ['G', 'rs7'],
    ]);
    expect(result).toMatchObject({ scored: 2, skipped: 3 });
    expect(events.filter(({ type }) => type === 'skipped').length).toBe(3);
  });

  it.each([
    ['first:10 G>T', 'the sequence has C there, not G'],
    ['first:21 G>T', 'beyond the end'],
    ['third:1 A>T', 'No record is named third'],
    ['first 10', 'is not a variant'],
  ])('refuses %s', async (variant, message) => {
    await expect(variants({ variants: [variant] })).rejects.toThrow(message);
  });

  it('says which letters the vocabulary lacks', async () => {
    const file = path.join(library, 'iupac.fa');
    await writeFile(file, '>w\nACGTRYACGT\n');
    const { events } = await score({ paths: [file] });
    expect(JSON.stringify(events)).toContain('R, Y');
  });

  it('refuses a window beyond the context', async () => {
    await expect(variants({ variants: ['first:10 C>T'], window: 1 << 20 })).rejects.toThrow('exceeds');
  });
});
