import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetEventSchema } from '../../main/contract/dataset-events.ts';
import { datasetRecordSchema } from '../../main/contract/datasets.ts';
import { devicesResultSchema } from '../../main/contract/devices.ts';
import { jsonLines, pages, TestLibrary } from './command.ts';

let place: TestLibrary;
let file = '';
beforeAll(async () => {
  place = await TestLibrary.make();
  file = path.join(place.folder, 'pages.txt');
  await writeFile(file, pages);
});
afterAll(() => place.remove());

describe('data sets', () => {
  it('begin with none, which is told', async () => {
    const { code, stdout } = await place.hyena('data', 'list');
    expect(code).toBe(0);
    expect(stdout).toContain('hyena data add');
    expect(await place.json('data', 'list')).toEqual([]);
  });

  it('are added with every event told as JSON', async () => {
    const events = (await place.json('data', 'add', 'pages.txt', '--name', 'pages')).map((line) =>
      datasetEventSchema.parse(line),
    );
    const last = events.at(-1);
    if (last?.type !== 'done') throw new Error('it did not end with done');
    expect(last.record).toMatchObject({ name: 'pages', statistics: { bytes: Buffer.byteLength(pages) } });
    expect(last.record.request.paths).toEqual([file]);
  });

  it('are not added twice under one name', async () => {
    const { code, stderr } = await place.hyena('data', 'add', 'pages.txt', '--name', 'pages');
    expect(code).toBe(1);
    expect(stderr).toMatch(/pages/);
    expect(await place.json('data', 'list')).toHaveLength(1);
  });

  it('are shown to a person and to a program', async () => {
    const shown = await place.hyena('data', 'show', 'pages');
    expect(shown.stdout).toMatch(/tokenizer\s+bytes, 256 tokens/);
    const [record] = await place.json('data', 'show', 'pages');
    expect(datasetRecordSchema.parse(record).name).toBe('pages');
    const listed = await place.hyena('data', 'list');
    expect(listed.stdout).toMatch(/^name\s+documents\s+tokens/);
    expect(listed.stdout).toMatch(/^pages\s/m);
  });

  it('learn a tokenizer of their own where it is asked for', async () => {
    await place.json('data', 'add', 'pages.txt', '--name', 'pieces', '--tokenizer', 'bpe:300', '--validation', '0.1');
    const record = datasetRecordSchema.parse((await place.json('data', 'show', 'pieces'))[0]);
    expect(record.tokenizer.vocabularySize).toBeLessThanOrEqual(300);
    expect(record.statistics.bytesPerToken).toBeGreaterThan(2);
    expect(record.request.validation).toBe(0.1);
  });

  it('suggest the name that was meant', async () => {
    const { stderr } = await place.hyena('data', 'show', 'pagse');
    expect(stderr).toContain('Did you mean pages?');
  });

  it('are removed, and nothing is left of them', async () => {
    const { code, stdout } = await place.hyena('data', 'remove', 'pages', 'pieces');
    expect(code).toBe(0);
    expect(stdout).toBe('Moved to the trash: the data set pages.\nMoved to the trash: the data set pieces.\n');
    expect(await readdir(path.join(place.library, 'datasets'))).toEqual([]);
  });
});

describe('devices', () => {
  it('are listed with the one that is used and the reason', async () => {
    const result = devicesResultSchema.parse((await place.json('devices'))[0]);
    expect(result.devices.find(({ name }) => name === result.chosen)?.available).toBe(true);
    const { stdout } = await place.hyena('devices');
    for (const { name } of result.devices) expect(stdout).toContain(name);
    expect(stdout).toContain('used by auto');
  });

  it('devices that do not exist are named', async () => {
    const { code, stdout, stderr } = await place.hyena('bench', 'convolution', '--device', 'abacus', '--json');
    expect(code).toBe(1);
    expect(stderr).toContain("Unknown device: 'abacus'");
    expect(jsonLines(stdout)).toMatchObject([{ type: 'error', code: 'not-found' }]);
  });
});
