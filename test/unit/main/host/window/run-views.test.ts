import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import type { RunEvent } from '../../../../../main/contract/events.ts';
import { RunViews } from '../../../../../main/host/window/run-views.ts';
import { Training } from '../../../../../main/host/window/training.ts';
import { Runs } from '../../../../../main/host/runs.ts';
import { createRun, readRunRecord, updateRunRecord } from '../../../../../main/library/runs/run-folder.ts';

let library: string;
const nothing = {
  progress: () => undefined,
  changed: () => undefined,
  ended: () => undefined,
  untilOf: () => Promise.resolve(null),
  report: () => undefined,
};
const configuration = runConfigurationSchema.parse({ dataset: 'book', training: { max_steps: 100 } });

beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-run-views-'));
  for (const name of ['a', 'b', 'c']) await createRun(library, name, configuration);
});
afterEach(() => rm(library, { recursive: true, force: true }));

/** @param emit receives what tells the events of the run that is started */
function openViews(emit: (tell: (event: RunEvent) => void) => void = () => undefined) {
  const runs = new Runs(library, (_job, onEvent) => {
    emit(onEvent);
    return { pid: 1, result: new Promise(() => undefined), stop: () => undefined };
  });
  const training = new Training(runs, library, nothing);
  return { views: new RunViews(library, runs, training), training };
}

describe('the colours of runs', () => {
  it('are kept with the runs, over windows, renames and changed notes', async () => {
    const { views } = openViews();
    const first = await views.colours(['b', 'a', 'gone']);
    expect([...first.keys()]).toEqual(['b', 'a']);
    expect(new Set(first.values()).size).toBe(2);
    await views.annotate('a', { tags: ['wide'] });
    await views.rename('a', 'z');
    const { views: later } = openViews();
    expect((await later.get('z')).annotations).toEqual({ tags: ['wide'], notes: '', colour: first.get('a') });
    const second = await later.colours(['c', 'z']);
    expect(second.get('z')).toBe(first.get('a'));
    expect([...first.values()]).not.toContain(second.get('c'));
  });

  it('are not given twice to two windows that ask at the same time', async () => {
    const { views } = openViews();
    const { views: other } = openViews();
    const [one, two] = await Promise.all([views.colours(['a', 'b']), other.colours(['b', 'c'])]);
    expect(two.get('b')).toBe(one.get('b'));
    expect(new Set([...one.values(), ...two.values()]).size).toBe(3);
  });

  it('leave the annotations of a run as older versions wrote them readable', async () => {
    const { views } = openViews();
    await views.annotate('a', { notes: 'Old.' });
    const file = path.join(library, 'runs', 'a', 'annotations.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ tags: [], notes: 'Old.' });
    expect((await views.get('a')).annotations.notes).toBe('Old.');
  });
});

describe('tags and notes of a run', () => {
  it('are changed apart from each other, by two windows too', async () => {
    const { views } = openViews();
    const { views: other } = openViews();
    await Promise.all([views.annotate('a', { tags: ['wide'] }), other.annotate('a', { notes: 'Good.' })]);
    expect((await openViews().views.get('a')).annotations).toEqual({ tags: ['wide'], notes: 'Good.' });
  });
});

describe('the best of a run that trains', () => {
  it('is known before its record is written', async () => {
    let emit: (event: RunEvent) => void = () => undefined;
    const { views, training } = openViews((given) => (emit = given));
    await training.open();
    await training.start('a');
    const evaluation = { type: 'evaluation', perplexity: null, bitsPerByte: 1, tokens: 10, best: true } as const;
    for (const [step, loss] of [
      [10, 3.962],
      [20, 3.925],
      [30, 3.95],
    ])
      emit({ ...evaluation, step, loss });
    await expect.poll(async () => (await views.get('a')).best).toEqual({ step: 20, loss: 3.925 });
  });
});

describe('a run that ends while it is read', () => {
  it('is shown as it ended, not as trained by nobody', async () => {
    const runs = new Runs(library, () => ({ pid: 1, result: new Promise(() => undefined), stop: () => undefined }));
    const record = await readRunRecord(library, 'a');
    await updateRunRecord(library, record, { status: 'running' });
    const training = { active: { run: 'a', phase: 'stopping' }, queue: [], failure: () => null, best: () => null };
    const known = { ...training, isPaused: () => false } as unknown as Training & { active: unknown };
    // It ends after its record was read and before the view of it is made.
    const slow = {
      get: (name: string) => runs.get(name),
      list: async () => {
        const found = await runs.list();
        await updateRunRecord(library, record, { status: 'stopped' });
        Object.assign(known, { active: null });
        return found;
      },
    } as unknown as Runs;
    const [view] = (await new RunViews(library, slow, known).list()).filter(({ name }) => name === 'a');
    expect(view.phase).toBe('stopped');
  });
});
