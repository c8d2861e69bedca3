import { describe, expect, it } from 'vitest';
import { presets, type PresetName } from '../../../../main/contract/presets.ts';
import { presetConfiguration } from '../../../../main/contract/settings.ts';
import type { RunView } from '../../../../main/contract/views.ts';
import { parseRoute, routeAddress } from '../../../../renderer/frame/routes.ts';
import { KeySequence, shortcuts } from '../../../../renderer/frame/shortcuts.ts';
import { windowTitle } from '../../../../renderer/frame/title.ts';
import { Formats } from '../../../../renderer/i18n/format.ts';
import { suggestName } from '../../../../renderer/pages/data/names.ts';
import { checkForm, toForm } from '../../../../renderer/pages/model/form-values.ts';
import { curve } from '../../../../renderer/pages/model/filter-curves.ts';
import { filterRuns, sortRuns } from '../../../../renderer/pages/runs/run-table.ts';

describe('addresses within the window', () => {
  it('name a page, a subject and what else is shown', () => {
    expect(parseRoute(routeAddress('runs', 'a b/c', { compare: 'x,y' }), 'data')).toEqual({
      page: 'runs',
      subject: 'a b/c',
      query: { compare: 'x,y' },
    });
  });

  it('addresses within the window that name nothing lead to the fallback', () => {
    for (const hash of ['', '#', '#/nowhere/x', '#/data/%E0%A4%A']) expect(parseRoute(hash, 'data').page).toBe('data');
  });
});

describe('shortcuts', () => {
  it('are single keys and sequences that are typed soon after each other', () => {
    const keys = new KeySequence();
    expect(keys.press('?', 0)).toBe('help');
    expect(keys.press('g', 0)).toBe(null);
    expect(keys.press('r', 300)).toBe('go:runs');
    expect(keys.press('g', 0)).toBe(null);
    expect(keys.press('r', 5000)).toBe(null);
  });

  it('are not written twice', () => {
    const written = shortcuts.map(({ keys }) => keys.join(' '));
    expect(new Set(written).size).toBe(written.length);
  });
});

describe('numbers', () => {
  const english = new Formats('en');
  const german = new Formats('de');
  it('are written as the language does', () => {
    expect(english.count(1234567)).toBe('1,234,567');
    expect(german.count(1234567)).toBe('1.234.567');
    expect(german.fixed(1.5, 2)).toBe('1,50');
    expect(english.compact(504_000)).toBe('504K');
    expect(german.compact(5100)).toBe('5.100');
  });
  it('numbers of time have two units', () => {
    expect(english.duration(0)).toBe('0 sec');
    expect(english.duration(59.4)).toBe('59 sec');
    expect(english.duration(93)).toBe('1 min 33 sec');
    expect(english.duration(3600)).toBe('1 hr');
    expect(english.duration(90_061)).toBe('1 day 1 hr');
  });
  it('numbers of size have a unit that fits', () => {
    expect(english.bytes(12)).toBe('12 bytes');
    expect(english.bytes(1_200_000)).toBe('1.2 MB');
    expect(english.memory(900)).toBe('900 MiB');
    expect(english.memory(2048)).toBe('2.0 GiB');
    expect(english.short(0.0000123)).toBe('1.23E-5');
  });
});

describe('the form of a run', () => {
  const explain = () => 'wrong';
  it.each(Object.keys(presets) as PresetName[])('keeps the preset %s as it is', (preset) => {
    const configuration = presetConfiguration(preset, 'book');
    expect(checkForm(toForm(configuration), explain)).toEqual({ configuration, problems: new Map() });
  });

  it('names every field that is wrong', () => {
    const values = { ...toForm(presetConfiguration('tiny', 'book')), 'model.d_model': 'many', 'training.seed': '-1' };
    const { configuration, problems } = checkForm(values, explain);
    expect(configuration).toBe(null);
    expect([...problems.keys()]).toEqual(['model.d_model', 'training.seed']);
  });

  it('wants a budget, and sequences that fit the context', () => {
    const values = {
      ...toForm(presetConfiguration('tiny', 'book')),
      'training.max_minutes': '',
      'training.sequence_length': '9999',
    };
    expect([...checkForm(values, explain).problems.keys()].sort()).toEqual([
      'training.max_steps',
      'training.sequence_length',
    ]);
  });

  it('reads numbers as people write them', () => {
    const values = {
      ...toForm(presetConfiguration('tiny', 'book')),
      'training.learning_rate': '1e-3',
      'training.max_tokens': '1_000_000',
    };
    expect(checkForm(values, explain).configuration?.training).toMatchObject({ learning_rate: 0.001, max_tokens: 1e6 });
  });
});

describe('the table of runs', () => {
  const run = (name: string, changes: Partial<RunView> = {}): RunView =>
    ({
      ...{ name, phase: 'done', best: null, loss: null, created: '2026-01-01T00:00:00.000Z', device: null },
      annotations: { tags: [], notes: '' },
      configuration: { dataset: 'book' },
      ...changes,
    }) as RunView;
  const runs = [
    run('run-10', { best: { step: 1, loss: 2 } }),
    run('run-9'),
    run('run-2', { best: { step: 1, loss: 1 } }),
  ];

  it('sorts names by their numbers, and what has no value last', () => {
    const names = (key: 'name' | 'best', ascending: boolean) =>
      sortRuns(runs, { key, ascending }).map(({ name }) => name);
    expect(names('name', true)).toEqual(['run-2', 'run-9', 'run-10']);
    expect(names('best', true)).toEqual(['run-2', 'run-10', 'run-9']);
    expect(names('best', false)).toEqual(['run-10', 'run-2', 'run-9']);
  });

  it('filters by words, in any place, and by tags', () => {
    const tagged = [run('a', { annotations: { tags: ['Long'], notes: 'try again' } }), run('b')];
    expect(filterRuns(tagged, 'again BOOK')).toHaveLength(1);
    expect(filterRuns(tagged, 'tag:long').map(({ name }) => name)).toEqual(['a']);
    expect(filterRuns(tagged, 'nothing')).toEqual([]);
    expect(filterRuns(tagged, ' ')).toHaveLength(2);
  });
});

describe('small things', () => {
  it('suggest names for data that every system takes', () => {
    expect(suggestName('Moby Dick (final).txt', new Set())).toBe('Moby-Dick-final');
    expect(suggestName('wiki.jsonl.gz', new Set(['wiki', 'wiki-2']))).toBe('wiki-3');
    expect(suggestName('books.tar.xz', new Set())).toBe('books');
    expect(suggestName('???.txt', new Set())).toBe('text');
    expect(suggestName('白鯨.txt', new Set())).toBe('白鯨');
  });
  it('draw curves from edge to edge', () => {
    expect(curve([0, 1, -1], { width: 100, height: 20 }, 1)).toBe('M0.0 10.0L50.0 2.0L100.0 18.0');
  });
  it('tell the progress in the title', () => {
    const title = (active: object | null) =>
      windowTitle(active as Parameters<typeof windowTitle>[0], new Formats('en'), (time) => `${time} left`);
    expect(title({ run: 'swift-heron', fraction: 0.42, secondsLeft: 95 })).toBe(
      '42% · 1 min 35 sec left · swift-heron – Hyena Studio',
    );
    expect(title({ run: 'swift-heron', fraction: null, secondsLeft: null })).toBe('swift-heron – Hyena Studio');
    expect(title(null)).toBe('Hyena Studio');
  });
});
