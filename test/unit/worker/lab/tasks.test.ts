import { describe, expect, it } from 'vitest';
import { isFileTask, taskNames, taskSettings, type GeneratedTaskName } from '../../../../main/contract/lab/tasks.ts';
import { derivedSeed } from '../../../../main/contract/logic/random.ts';
import { generators } from '../../../../worker/lab/tasks/index.ts';
import { Random, type Row, type Task } from '../../../../worker/lab/tasks/task.ts';

const rowsOf = <Name extends GeneratedTaskName>(name: Name, given: Record<string, number> = {}, count = 200) => {
  const settings = taskSettings(name, given);
  const task = generators[name] as unknown as Task<Name>;
  const rows = Array.from({ length: count }, (_, index) => task.row(settings, new Random(derivedSeed(7, index))));
  return { settings, rows, texts: task.vocabulary(settings), length: task.length(settings), task };
};
const asked = ({ asked: places }: Row): number[] => [...places.keys()].filter((place) => places[place] === 1);
const words = (texts: string[], { inputs }: Row): string[] => Array.from(inputs, (id) => texts[id]);

describe('every generated task', () => {
  it.each(taskNames.filter((name): name is GeneratedTaskName => !isFileTask(name)))(
    'makes rows of %s that its seed fixes, of one length, within its vocabulary',
    (name) => {
      const { rows, texts, length } = rowsOf(name);
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.every((text) => /^\S+$/.test(text))).toBe(true);
      const again = rowsOf(name).rows;
      for (const [index, row] of rows.entries()) {
        expect(row).toEqual(again[index]);
        expect([row.inputs, row.targets, row.learned, row.asked].map((array) => array.length)).toEqual(
          Array<number>(4).fill(length),
        );
        expect([...row.inputs, ...row.targets].every((id) => id >= 0 && id < texts.length)).toBe(true);
        expect(asked(row).length).toBeGreaterThan(0);
        expect(asked(row).every((place) => row.learned[place] === 1)).toBe(true);
      }
      expect(new Set(rows.map(({ inputs }) => inputs.join())).size).toBeGreaterThan(100);
    },
  );
});

describe('associative recall', () => {
  it('asks for the value that the row gave the key, which has occurred', () => {
    const { rows, texts, length } = rowsOf('recall');
    expect(length).toBe(42);
    expect(texts).toHaveLength(20);
    expect([texts[0], texts[19]]).toEqual(['.', '=>']);
    const plain = texts.filter((text) => /^\d+$/.test(text));
    expect(plain).toEqual([...plain].sort());
    for (const row of rows) {
      const text = words(texts, row);
      const pairs = Array.from({ length: 20 }, (_, pair) => [text[2 * pair], text[2 * pair + 1]] as const);
      expect(pairs.every(([key, value]) => plain.indexOf(key) < 9 && plain.indexOf(value) >= 9)).toBe(true);
      const map = new Map(pairs);
      expect(pairs.every(([key, value]) => map.get(key) === value)).toBe(true);
      expect(text[40]).toBe('=>');
      expect(texts[row.targets[41]]).toBe(map.get(text[41]));
      expect(asked(row)).toEqual([41]);
      expect(row.learned.every((one) => one === 1)).toBe(true);
      expect([...row.targets.subarray(0, 41)]).toEqual([...row.inputs.subarray(1)]);
    }
  });
});

describe('induction heads', () => {
  it('asks for the token that followed the first trigger', () => {
    const { rows, texts } = rowsOf('induction');
    for (const row of rows) {
      const text = words(texts, row);
      expect(text).toHaveLength(31);
      const first = text.indexOf('=>');
      expect(first).toBeLessThan(28);
      expect([text[30], text.filter((word) => word === '=>').length]).toEqual(['=>', 2]);
      expect(texts[row.targets[30]]).toBe(text[first + 1]);
      expect(text).not.toContain('.');
    }
  });
});

describe('multi-query associative recall', () => {
  it('has the published rows: distinct keys and values, each key asked once at an even place, zeros elsewhere', () => {
    const { rows } = rowsOf('mqar');
    for (const { inputs, targets, learned, asked: measured } of rows) {
      const keys = [0, 2, 4, 6].map((place) => inputs[place]);
      const values = [1, 3, 5, 7].map((place) => inputs[place]);
      expect(keys.every((key) => key >= 1 && key < 4096)).toBe(true);
      expect(values.every((value) => value >= 4096 && value < 8192)).toBe(true);
      expect([new Set(keys).size, new Set(values).size]).toEqual([4, 4]);
      const places = [...learned.keys()].filter((place) => learned[place] === 1);
      expect(measured).toEqual(learned);
      expect(places.every((place) => place >= 8 && place % 2 === 0)).toBe(true);
      expect(places.map((place) => inputs[place]).sort()).toEqual([...keys].sort());
      for (const place of places) expect(targets[place]).toBe(values[keys.indexOf(inputs[place])]);
      const others = [...inputs.keys()].filter((place) => place >= 8 && !places.includes(place));
      expect(others.every((place) => inputs[place] === 0)).toBe(true);
    }
  });

  it('asks near the pairs more often, by the published power law', () => {
    const { rows } = rowsOf('mqar', { pairs: 1 }, 20_000);
    const space = 31;
    const counts = new Array<number>(space).fill(0);
    for (const row of rows) counts[(asked(row)[0] - 2) / 2]++;
    const weights = Array.from({ length: space }, (_, n) => (n + 1) ** (0.01 - 1));
    const sum = weights.reduce((total, one) => total + one, 0);
    for (const n of [0, 1, 5, 30]) {
      const expected = (20_000 * weights[n]) / sum;
      expect(Math.abs(counts[n] - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it('refuses settings that do not fit each other', () => {
    const problem = (given: Record<string, number>) => generators.mqar.problem?.(taskSettings('mqar', given));
    expect(problem({ length: 64, pairs: 17 })).toMatchObject({ key: 'pairs' });
    expect(problem({ length: 63 })).toMatchObject({ key: 'length' });
    expect(problem({ vocabulary: 8, pairs: 4 })).toMatchObject({ key: 'pairs' });
    expect(problem({})).toBeNull();
  });
});

describe('selective copying, majority, counting and arithmetic', () => {
  it('copies what is not blank in its order', () => {
    const { rows, length } = rowsOf('selective-copy');
    expect(length).toBe(256 + 32);
    for (const row of rows) {
      const scattered = [...row.inputs.subarray(0, 272)].filter((id) => id !== 0);
      expect(scattered).toHaveLength(16);
      expect(scattered.every((id) => id >= 1 && id <= 14)).toBe(true);
      expect([...row.inputs.subarray(272)].every((id) => id === 15)).toBe(true);
      expect(asked(row).map((place) => row.targets[place])).toEqual(scattered);
    }
  });

  it('asks for the one most frequent token, and for how often one occurs', () => {
    const most = rowsOf('majority');
    for (const { inputs, targets } of most.rows) {
      const counts = new Map<number, number>();
      for (const id of inputs.subarray(0, 32)) counts.set(id, (counts.get(id) ?? 0) + 1);
      const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
      expect(first[1]).toBeGreaterThan(second[1]);
      expect([inputs[32], targets[32]]).toEqual([0, first[0]]);
    }
    const { rows, texts } = rowsOf('counting');
    for (const { inputs, targets } of rows) {
      const times = inputs.subarray(0, 32).filter((id) => id === inputs[33]).length;
      expect(texts[targets[33]]).toBe(`=${times}`);
    }
  });

  it('adds', () => {
    const { rows } = rowsOf('arithmetic', { digits: 3 });
    for (const row of rows) {
      const [a, b] = [row.inputs.subarray(0, 3).join(''), row.inputs.subarray(3, 6).join('')].map(Number);
      const digits = asked(row).map((place) => row.targets[place]);
      expect(Number(digits.join(''))).toBe(a + b);
      expect(asked(row)).toEqual([5, 6, 7, 8]);
      expect([...row.inputs.subarray(6)]).toEqual(digits.slice(0, 3));
    }
  });
});

/** The value of an expression, read again from its text. */
function evaluate(tokens: string[]): number {
  const token = tokens.shift()!;
  if (/^\d$/.test(token)) return Number(token);
  const values: number[] = [];
  while (tokens[0] !== ']') values.push(evaluate(tokens));
  tokens.shift();
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  if (token === '[MIN') return sorted[0];
  if (token === '[MAX') return sorted.at(-1)!;
  if (token === '[SM') return values.reduce((sum, one) => sum + one, 0) % 10;
  return Math.trunc(sorted.length % 2 === 1 ? sorted[half - 0.5] : (sorted[half - 1] + sorted[half]) / 2);
}

describe('ListOps', () => {
  it('asks for the value of the expression, short and as long as published', () => {
    for (const given of [{} as Record<string, number>, { length: 2000, shortest: 500, depth: 10, operands: 10 }]) {
      const { rows, texts, settings } = rowsOf('listops', given, 100);
      for (const row of rows) {
        const [place] = asked(row);
        const text = words(texts, row);
        expect(text[place]).toBe('=');
        expect(place).toBeGreaterThan(settings.shortest);
        expect(text.slice(place + 1).every((word) => word === '<pad>')).toBe(true);
        const expression = text.slice(0, place);
        expect(Number(texts[row.targets[place]])).toBe(evaluate(expression));
        expect(expression).toEqual([]);
      }
    }
  });
});

describe('needle in a haystack', () => {
  it('hides one key at every depth of every length, and asks for its value at the end', () => {
    const { rows, task, settings } = rowsOf('needle', {}, 2000);
    const slices = task.slices?.(settings) ?? [];
    expect(slices).toHaveLength(20);
    expect(slices).toContain('256 tokens, depth 100%');
    const seen = new Set<number>();
    for (const row of rows) {
      seen.add(row.slice);
      const [end] = asked(row);
      expect(slices[row.slice]).toContain(`${end + 1} tokens`);
      const first = row.inputs.indexOf(row.inputs[end]);
      expect(first).toBeLessThan(end - 1);
      expect(row.inputs[first + 1]).toBe(row.targets[end]);
      expect(row.inputs.subarray(0, end).filter((id) => id === row.inputs[end])).toHaveLength(1);
    }
    expect(seen.size).toBe(20);
  });
});

describe('settings of a task', () => {
  it('are refused by name', () => {
    expect(() => taskSettings('mqar', { lenght: 3 })).toThrow(/has no setting lenght.*length/s);
    expect(() => taskSettings('mqar', { length: 'long' })).toThrow(/length/);
  });
});
