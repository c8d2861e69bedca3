import { describe, expect, it } from 'vitest';
import { allFields } from '../../../../../main/contract/fields.ts';
import { barLine } from '../../../../../main/shells/terminal/bar.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLarge,
  formatNumber,
  formatSeconds,
  wrap,
} from '../../../../../main/shells/terminal/format.ts';
import { printable } from '../../../../../main/shells/terminal/printable.ts';
import { settingsHelp } from '../../../../../main/shells/terminal/settings-help.ts';
import { printTable } from '../../../../../main/shells/terminal/table.ts';
import { recordedOutput } from './recorder.ts';

describe('numbers', () => {
  it.each([
    [formatCount(1_216_548), '1,216,548'],
    [formatLarge(402), '402'],
    [formatLarge(999.97), '1.00 k'],
    [formatLarge(31_250), '31.3 k'],
    [formatLarge(2.7e9, 'FLOP'), '2.70 GFLOP'],
    [formatLarge(-1500), '-1.50 k'],
    [formatBytes(1023), '1023 bytes'],
    [formatBytes(1024), '1.00 KiB'],
    [formatBytes(25_690_112), '24.5 MiB'],
    [formatDuration(7.4), '0:07'],
    [formatDuration(125), '2:05'],
    [formatDuration(3723), '1:02:03'],
    [formatDuration(273_600), '3 d 04:00:00'],
    [formatDuration(-3), '0:00'],
    [formatSeconds(0.0012), '1.20 ms'],
    [formatSeconds(0.25), '250 ms'],
    [formatSeconds(3.44), '3.4 s'],
    [formatNumber(2.34567), '2.3457'],
    [formatNumber(0), '0.0000'],
    [formatNumber(1e-9), '1.00e-9'],
  ])('read %s', (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe('text', () => {
  it('is broken at spaces and keeps its own line ends', () => {
    expect(wrap('one two three\nfour', 9, '  ')).toBe('  one two\n  three\n  four');
    expect(wrap('a-very-long-word and', 6)).toBe('a-very-long-word\nand');
  });

  it('text of a model cannot steer the terminal', () => {
    expect(printable('a\u001b[2Jb\u0007\r\n\tc\u009b1m\u007f')).toBe('a\u241b[2Jb\u2407\n\tc\ufffd1m\u2421');
    expect(printable('été 漢字 🦛')).toBe('été 漢字 🦛');
  });
});

describe('the bar', () => {
  const state = {
    share: 0.25,
    secondsLeft: 90,
    parts: ['step 25/100', 'loss 2.345', 'ppl 10.43', '31.2 k tok/s', 'val 2.400'],
  };

  it('shows all in a wide terminal', () => {
    expect(barLine(state, 120)).toBe(
      '██████░░░░░░░░░░░░░░░░░░  25%  step 25/100  1:30 left  loss 2.345  ppl 10.43  31.2 k tok/s  val 2.400',
    );
  });

  it.each([10, 20, 40, 79, 80, 100])('never is wider than a terminal of %i columns', (width) => {
    expect(barLine(state, width).length).toBeLessThanOrEqual(width);
    expect(barLine({ ...state, share: null, secondsLeft: null }, width).length).toBeLessThanOrEqual(width);
  });

  it('shows loss, perplexity, speed and time left in 80 columns, of a long run too', () => {
    const long = { ...state, parts: ['step 1,025/10,000', ...state.parts.slice(1)] };
    expect(barLine(long, 79)).toBe('██░░░░░  25%  step 1,025/10,000  1:30 left  loss 2.345  ppl 10.43  31.2 k tok/s');
  });

  it('keeps the most important parts where there is little room', () => {
    expect(barLine(state, 50)).toBe('██░░░░░░░  25%  step 25/100  1:30 left  loss 2.345');
    expect(barLine(state, 20)).toBe('████░░░░░░░░░░░  25%');
  });
});

describe('a table', () => {
  const rows = [
    { name: 'one', count: 5 },
    { name: 'another', count: 12_345 },
  ];
  const columns = [
    { title: 'name', value: (row: (typeof rows)[0]) => row.name },
    { title: 'count', value: (row: (typeof rows)[0]) => formatCount(row.count), align: 'right' as const },
  ];

  it('aligns numbers at the right', () => {
    const { output, results } = recordedOutput();
    printTable(output, columns, rows);
    expect(results.text).toBe('name      count\none           5\nanother  12,345\n');
  });

  it('becomes blocks where the terminal is narrow', () => {
    const { output, results } = recordedOutput({ columns: 12 });
    printTable(output, columns, rows);
    expect(results.text).toBe('name   one\ncount  5\n\nname   another\ncount  12,345\n');
  });
});

describe('help of the settings', () => {
  it('lists every key with its default, within the width', () => {
    const help = settingsHelp(60);
    for (const { path, section } of allFields()) if (section !== 'run') expect(help).toContain(`  ${path} = `);
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});
